"""Several exponential families side by side on one clock: the diversity of each, small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.experiments.exponential_families_report import DiversityReport
from collapse_core.figures.curves import Panel, cursor, cursor_at, curve
from collapse_core.figures.exponential_families import LABELS
from collapse_core.figures.log_axis import LogAxis, log_axis_for
from collapse_core.figures.look import LIGHT, Look, transparent
from collapse_core.figures.moving import Frame, MovingFigure

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
    font = 12 * look.scale
    across = 2 if look.narrow else COLUMNS
    down = -(-len(names) // across)
    layout: dict[str, Any] = {
        "height": round(142 * down * (1 if look.narrow else look.scale)) + round(100 * look.scale),
        "margin": {
            "l": 46 * look.scale,
            "r": 10,
            "t": 24 * look.scale,
            "b": (100 if look.narrow else 62) * look.scale,
        },
        "font": {"size": font, "color": look.text},
        "plot_bgcolor": "rgba(0,0,0,0)",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "x",
        "dragmode": False,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": font * 0.95, "color": look.text},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "annotations": [],
    }
    gap_x, gap_y = 0.025, 0.3 / down if down > 1 else 0.0
    width, height = (1 + gap_x) / across - gap_x, (1 + gap_y) / down - gap_y
    common = {
        "fixedrange": True,
        "zeroline": False,
        "automargin": False,
        "gridcolor": look.faint(0.12),
        "tickfont": {"color": look.muted, "size": font * 0.85},
    }
    vertical = axis.layout(words["gone"])
    for number, name in enumerate(names, start=1):
        panel = Panel(number)
        row, column = divmod(number - 1, across)
        left, top = column * (width + gap_x), 1.0 - row * (height + gap_y)
        layout[f"xaxis{panel.suffix}"] = {
            **common,
            "domain": [left, left + width],
            "anchor": f"y{panel.suffix}",
            "range": [0, generations],
            "nticks": 4,
        }
        layout[f"yaxis{panel.suffix}"] = {
            **common,
            **vertical,
            "domain": [max(0.0, top - height), top],
            "anchor": f"x{panel.suffix}",
            "showticklabels": column == 0,
        }
        layout["annotations"].append(_title(name, left, top, font))
    layout["annotations"].append(_below(words["generation"], look))
    return layout


def _title(text: str, x: float, y: float, font: float) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>",
        "showarrow": False,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"size": font * 0.95},
    }


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
