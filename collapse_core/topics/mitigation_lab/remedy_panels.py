"""A row of small panels with shared axes: the control, and each remedy with the control in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene
from collapse_core.topics.mitigation_lab.course import Course
from collapse_core.topics.mitigation_lab.report import LabReport
from collapse_core.topics.mitigation_lab.signs import Sign, signs_of

__all__ = ["NAMES_ABOVE", "draw_remedies"]

DRAWN = 12  # runs in each panel
GAP = 0.025
# Pixels: names are wider than panels, so where there are many every second one stands higher.
LINE, FEW = 14, 3
NAMES_ABOVE = 2 * LINE


def draw_remedies(
    scene: Scene,
    report: LabReport,
    height: Mapping[str, Any],
    guess: GuessPlace | None,
    hidden: str | None,
) -> None:
    """Add the row.

    Parameters
    ----------
    scene : Scene
        What it is added to.
    report : LabReport
        The remedies.
    height : mapping
        The vertical axis, in Plotly's schema.
    guess : GuessPlace, optional
        Where the reader's guess on the first remedy is made.
    hidden : str, optional
        Given while the answer is to be guessed: then only the control is drawn.
    """
    shown, signs, row = (report.control, *report.courses), signs_of(report), None
    wide = (1.0 - GAP * (len(shown) - 1)) / len(shown)
    for place, course in enumerate(shown):
        left = place * (wide + GAP)
        panel = scene.panel(
            "",
            "generation" if place == len(shown) // 2 else "",
            x=_time(report.experiment.last, place),
            y={**height} if place == 0 else {**height, "showticklabels": False},
            leads=True,
            width=1.7,
            button="remedies",
            within=row,
            across=(left, min(left + wide, 1.0)),
            hidden=hidden and " " if place else None,
            hover="%{y:.3f}" if report.measure == "distance" else "%{y:.1%}",
        )
        row = row or panel
        sign = signs[course.name]
        higher = LINE * (place % 2) * (len(shown) > FEW)
        _head(panel, f"{sign.letter} {scene.word(course.name)}", 11, sign.tint, higher)
        _draw_course(panel, report, course, sign, height["range"])
        if place == 1:
            panel.guess(guess, "blue")
    _head(scene.panels[0], scene.word(report.measure), 12.6, "", NAMES_ABOVE)


def _head(panel: Panel, text: str, size: float, tint: str, higher: float) -> None:
    """Write words over a panel, some pixels higher than its edge."""
    place = {"x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "yshift": higher}
    panel.note(f"<b>{text}</b>", size, tint, **place)


def _time(last: int, place: int) -> dict[str, Any]:
    """Return the axis of the generations: its first number would touch the last one beside it."""
    return {"range": [0, last], "tickvals": [last] if place else [0, last]}


def _draw_course(
    panel: Panel, report: LabReport, course: Course, sign: Sign, ends: Sequence[float]
) -> None:
    """Draw some runs, their mean, what is exact, the truth, and the control's mean."""
    measure, last = report.measure, report.experiment.last

    def seen(values: Any) -> Any:
        return np.minimum(values, ends[1])

    panel.runs(seen(course.values[measure][:DRAWN]))
    truth = 0.0 if measure == "distance" else 1.0
    panel.line("truth", [truth] * 2, [0, last], hover=None)
    mean, exact = seen(course.average(measure)), course.exact[measure]
    if course is not report.control:
        panel.line("control", seen(report.control.average(measure)), style=("muted", 0.9, "dot"))
    panel.line("mean", mean, style=(sign.tint, 1.2, "solid"))
    panel.known(None if exact is None else seen(exact), True)
    panel.hand(mean, (ends[0], ends[1]), sign.tint)
