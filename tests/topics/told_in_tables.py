"""What a picture draws, read from what its player gets, and whether its tables say the same."""

import re
from html import unescape
from itertools import pairwise

import numpy as np
from opened import numbers, unpacked

from collapse_core.lessons.lesson import read_lesson


def plain(words):
    return " ".join(unescape(re.sub("<[^>]*>", " ", words)).split())


def standing(figure, tick, name="picture"):
    """Return traces and layout of a figure at a tick, as the player's JavaScript gets them."""
    header = unpacked(figure.picture([], name=name).packed())
    traces, layout = header["traces"], dict(header["layout"])
    if header["frames"]:
        frame = header["frames"][min(tick, len(header["frames"]) - 1)]
        for number, change in zip(frame["traces"], frame["data"], strict=True):
            traces[number] |= change
        layout |= frame.get("layout", {})
    return traces, layout


def title_of(axis, layout):
    """Return the bold words above a panel."""
    for note in layout["annotations"]:
        if note.get("xref") == f"{axis} domain" and note["text"].startswith("<b>"):
            return plain(note["text"])
    return ""


def name_of(trace):
    """Return what a curve is called on hovering, else in the legend."""
    hovered = re.split(r"(?:^|: )(?:10\^)?%{", trace.get("hovertemplate", ""))[0]
    return plain(hovered or trace["name"])


def is_hand(trace):
    return trace["mode"] == "lines+markers" and "name" not in trace


def pieces(trace):
    """Return the curves of a trace: an outline has two, a layer one, and gaps divide a trace."""
    x, y = numbers(trace["x"]), numbers(trace["y"])
    if trace.get("fill") == "toself":
        half = x.size // 2
        upper, lower = y[:half], y[half:][::-1]
        # What is stacked is as large as it is thick.
        ends = [upper - lower] if "fillpattern" in trace else [upper, lower]
        return [(x[:half], end) for end in ends]
    gaps = [-1, *np.flatnonzero(np.isnan(x)).tolist(), x.size]
    return [(x[a + 1 : b], y[a + 1 : b]) for a, b in pairwise(gaps) if b > a + 1]


def marks_a_level(x, y, powers):
    """Return whether a line of two points is no course; lines of eigenvalues are straight."""
    return x.size == 2 and (x[1] - x[0] > 1 or y[0] == y[1]) and not powers


def over_the_clock(figure, topic, tick):
    """Yield panel, name, ticks, values and vertical axis of each curve in a panel with a hand."""
    traces, layout = standing(figure, tick, topic)
    faint = plain(read_lesson(topic).words("figure").get("runs", ""))
    clocked = {trace["xaxis"] for trace in traces if trace.get("mode") and is_hand(trace)}
    for trace in traces:
        named = "lines" in trace.get("mode", "") and trace.get("name") not in (None, faint)
        if not named or trace["xaxis"] not in clocked or trace.get("meta") == "guess":
            continue
        title, axis = title_of(trace["xaxis"], layout), layout[f"yaxis{trace['yaxis'][1:]}"]
        hovered = trace.get("hovertemplate", "")
        axis = axis | {"stacked": "fillpattern" in trace, "powers": ": 10^%{" in hovered}
        axis["ends"] = trace.get("fill") == "toself" and not axis["stacked"]
        for x, y in pieces(trace):
            course = x.size > 1 and (x == np.floor(x)).all() and np.isfinite(y).any()
            if course and not marks_a_level(x, y, axis["powers"]):
                yield title, name_of(trace), x.astype(int), y, axis


def as_drawn(column, axis, drawn):
    """Return the numbers of a column where an axis puts them."""
    values = numbers(column)
    if axis["powers"]:
        with np.errstate(divide="ignore"):
            return np.log10(values)
    if axis.get("type") != "log" or len(axis.get("tickvals", ())) < 2:
        return values
    floor, lowest = axis["tickvals"][:2]
    # The smallest power of ten may have no mark of its own.
    low = min([lowest, *(value for value in drawn if value > floor * 1.0001)])
    return np.where(values < low * (1.0 - 1e-6), floor, np.minimum(values, 1e30))


def says(column, x, y, axis):
    """Return whether a column has the numbers of a curve, each at its tick."""
    if any(isinstance(cell, str) for cell in column) or x.max() >= len(column):
        return False
    seen = np.isfinite(y)
    told = as_drawn(column, axis, y)[x][seen]
    # The ends of stacked layers are drawn with three digits.
    return bool(np.allclose(told, y[seen], rtol=2e-5, atol=2e-3 if axis["stacked"] else 1e-9))


def faults_of_tables(shown, topic, tick, headings=None, table=None):
    """Return each curve of a picture that its table does not tell.

    With ``headings``, of curves by "panel: curve", it must stand under the one that is named there
    or else under its own name; without, any column will do.
    """
    figure = shown.draw()
    table = shown.table(tick, figure) if table is None else table
    columns = {name: list(cells) for name, cells in table.items() if cells is not None}
    clock, *_ = columns.values()
    faults = [] if clock == list(range(len(clock))) else ["the clock"]
    for title, name, x, y, axis in over_the_clock(figure, topic, tick):
        curve = name if title in ("", name) else f"{title}: {name}"
        told = [key for key, cells in list(columns.items())[1:] if says(cells, x, y, axis)]
        wanted = None if headings is None or axis["ends"] else headings.get(curve)
        if wanted is not None:
            told = [key for key in told if key in wanted]
        elif headings is not None:
            told = [key for key in told if key.startswith(title) and name in key]
        if not told:
            faults.append(curve)
    return faults
