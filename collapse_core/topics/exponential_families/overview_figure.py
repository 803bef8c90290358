"""Several exponential families side by side on one clock: the diversity of each, small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, cursor, cursor_at, curve
from collapse_core.figures.log_axis import LogAxis, log_axis_for
from collapse_core.figures.look import LIGHT, Look, transparent
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.topics.exponential_families.figure import LABELS
from collapse_core.topics.exponential_families.report import DiversityReport

__all__ = ["exponential_overview_figure"]

Array = NDArray[np.float64]

COLUMNS = 5
MOST_POINTS = 150


def exponential_overview_figure(
    reports: Mapping[str, DiversityReport],
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the diversity of several families, a small panel for each.

    Parameters
    ----------
    reports : mapping of str to DiversityReport
        From the name of a family to what its runs and its law say, all for the same generations.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS`` in `exponential_families`.
    hidden : str, optional
        Words to show while the averages are still to be guessed; they are then left out.
    alt : str
        The picture in one sentence.

    Raises
    ------
    ValueError
        If there is no family.
    """
    if not reports:
        raise ValueError("reports={} is empty: give at least one family.")
    words = {**LABELS, **labels}
    seen = _seen(reports, hidden is not None)
    axis = log_axis_for(*seen)
    if any(map(axis.hides, seen)):
        words["gone"] = words["nearly_gone"]
    traces: list[dict[str, Any]] = []
    hands = []
    for number, report in enumerate(reports.values(), start=1):
        traces += _panel_traces(Panel(number), report, axis, look, words, hidden is not None)
        hands.append(len(traces))
        traces.append(cursor(Panel(number), look.blue, look))
    heights = [axis.places(report.typical) for report in reports.values()]
    frames = [
        Frame(
            str(generation),
            [cursor_at(generation, float(places[generation]), *axis.ends) for places in heights],
            hands,
        )
        for generation in range(heights[0].size)
    ]
    layout = _layout(list(reports), heights[0].size - 1, axis, look, words)
    if hidden is not None:
        layout["annotations"].append(_note(hidden, look))
    return MovingFigure(traces, layout, frames, alt=alt)


def _seen(reports: Mapping[str, DiversityReport], hidden: bool) -> list[Array]:
    curves = []
    for report in reports.values():
        curves += [report.typical, report.median]
        if not hidden:
            curves += [report.average] if report.exact is None else [report.average, report.exact]
    return curves


def _panel_traces(
    panel: Panel,
    report: DiversityReport,
    axis: LogAxis,
    look: Look,
    words: Mapping[str, str],
    hidden: bool,
) -> list[dict[str, Any]]:
    last = report.typical.size - 1
    ticks = np.unique(np.linspace(0, last, min(last + 1, MOST_POINTS)).round().astype(int))
    width = 1.6 * look.scale
    drawn: list[tuple[Array | None, str, str, float, str]] = [
        (report.typical, "followed", look.blue, 1.4 * width, "solid"),
        (report.median, "median", look.muted, 1.2 * width, "dot"),
    ]
    if not hidden:
        drawn += [
            (report.average, "mean", look.muted, width, "solid"),
            (report.exact, "exact", look.text, 1.1 * width, "dash"),
        ]
    ends, floor = np.array([0.0, last]), np.full(2, axis.floor)
    traces = [
        curve(panel, ends, floor, words["gone"], look.collapse, width=width, hover=" ", shown=False)
    ]
    for values, key, colour, line_width, dash in drawn:
        if values is not None:
            traces.append(
                curve(
                    panel,
                    ticks.astype(np.float64),
                    axis.places(values)[ticks],
                    words[key],
                    colour,
                    width=line_width,
                    dash=dash,
                    shown=panel.number == 1,
                )
            )
    return traces


def _layout(
    names: Sequence[str], generations: int, axis: LogAxis, look: Look, words: Mapping[str, str]
) -> dict[str, Any]:
    across = 2 if look.narrow else COLUMNS
    down = -(-len(names) // across)
    layout = empty_layout(look, 0, left=46, bottom=100 if look.narrow else 62, top=24)
    layout["height"] = round(142 * down * (1 if look.narrow else look.scale) + 100 * look.scale)
    gap_x, gap_y = 0.025, 0.3 / down if down > 1 else 0.0
    width, height = (1 + gap_x) / across - gap_x, (1 + gap_y) / down - gap_y
    small = {"tickfont": {"color": look.muted, "size": 10.2 * look.scale}}
    for number, name in enumerate(names, start=1):
        row, column = divmod(number - 1, across)
        left, top = column * (width + gap_x), 1.0 - row * (height + gap_y)
        add_panel(
            layout,
            Panel(number),
            ([left, left + width], [max(0.0, top - height), top]),
            look,
            title=name,
            x={"range": [0, generations], "nticks": 4, **small},
            y={**small, **axis.layout(words["gone"]), "showticklabels": column == 0},
        )
    layout["annotations"].append(_below(words["generation"], look))
    return layout


def _below(text: str, look: Look) -> dict[str, Any]:
    return {
        "text": text,
        "showarrow": False,
        "x": 0.5,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "yanchor": "top",
        "yshift": -18 * look.scale,
        "font": {"size": 12 * look.scale, "color": look.muted},
    }


def _note(text: str, look: Look) -> dict[str, Any]:
    return {
        "text": text,
        "showarrow": False,
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "bgcolor": transparent(look.background, 0.85),
        "font": {"size": 14 * look.scale, "color": look.muted},
    }
