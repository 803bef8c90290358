"""Several exponential families side by side on one clock: the diversity of each, small."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.arrangement import grid
from collapse_core.figures.log_axis import LogAxis, log_axis_for
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import STYLES, Panel
from collapse_core.figures.scene import Scene
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.exponential_families.report import DiversityReport

__all__ = ["exponential_overview_figure"]

Array = NDArray[np.float64]

COLUMNS = 2  # on a phone too
MOST_POINTS = 150
THIN = {key: (tint, 0.8 * width, dash) for key, (tint, width, dash) in STYLES.items()}


def exponential_overview_figure(
    reports: Mapping[str, DiversityReport],
    *,
    names: Mapping[str, str] | None = None,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the diversity of several families, a small panel for each.

    Parameters
    ----------
    reports : mapping of str to DiversityReport
        From the name of a family to what its runs and its law say, all for the same generations.
    names : mapping of str to str, optional
        The titles of the panels, by the name of a family; the names themselves otherwise.
    look : Look
        Colours and sizes.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
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
    words = dict(words or read_lesson("exponential_families").words("figure"))
    words |= {family: (names or {}).get(family, family) for family in reports}
    scene = Scene("exponential_families", look, words, **_layout(len(reports), look))
    drawn = {name: _curves(report, hidden is None) for name, report in reports.items()}
    seen = [values for curves in drawn.values() for values in curves.values()]
    axis = log_axis_for(*seen)
    zero = "nearly_gone" if any(map(axis.hides, seen)) else "gone"
    last = seen[0].size - 1
    small = {"tickfont": {"color": look.muted, "size": 10.2 * look.scale}}
    x, height = (
        {"range": [0, last], "nticks": 4, **small},
        axis.layout(scene.word(zero), scene.lesson.numbers),
    )
    for number, (family, curves) in enumerate(drawn.items()):
        first, lowest = number % COLUMNS == 0, number + COLUMNS >= len(drawn)
        below, across = "generation" if lowest else "", {**x, "showticklabels": lowest}
        upwards = {**small, **height, "showticklabels": first}
        panel = scene.panel(family, below, x=across, y=upwards)
        _draw_curves(panel, axis, zero, curves)
    if hidden is not None:
        scene.panels[min(COLUMNS // 2, len(drawn) - 1)].over(hidden)
    return scene.figure(alt)


def _layout(count: int, look: Look) -> dict[str, Any]:
    """Return the layout of small panels, whose height grows with the type."""
    down = -(-count // COLUMNS)
    grown = look.scale / (0.5 + 0.5 * look.scale)  # a figure itself grows half as much
    places = grid(count, COLUMNS, 0.05, 0.2 / down)
    return {"height": (112 * down + 90) * grown, "margin": {"t": 24}, "places": places}


def _curves(report: DiversityReport, told: bool) -> dict[str, Array]:
    """Return what is drawn, by the keys of its names."""
    curves = {"followed": report.typical, "median": report.median}
    if told:
        curves["mean"] = report.average
        if report.exact is not None:
            curves["exact"] = report.exact
    return curves


def _draw_curves(panel: Panel, axis: LogAxis, zero: str, curves: Mapping[str, Array]) -> None:
    last = curves["followed"].size - 1
    ticks = np.unique(np.linspace(0, last, min(last + 1, MOST_POINTS)).round().astype(int))
    floor = ("collapse", 0.8, "solid")
    panel.line(zero, [axis.floor] * 2, [0, last], style=floor, hover=" ", showlegend=False)
    for key, values in curves.items():
        style = THIN["highlighted" if key == "followed" else key]
        panel.line(key, axis.places(values)[ticks], ticks, style=style)
    panel.hand(axis.places(curves["followed"]), axis.ends)
