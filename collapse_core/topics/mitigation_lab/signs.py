"""How each remedy is told from the others: a colour, a symbol and a dash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from collapse_core.topics.mitigation_lab.report import LabReport

__all__ = ["Sign", "signs_of"]


@dataclass(frozen=True)
class Sign:
    """A colour of `Look`, a symbol of Plotly, the letter that looks like it, and a dash."""

    tint: str
    symbol: str
    letter: str
    dash: str


CONTROL = Sign("muted", "x", "✕", "dot")
REMEDIES = (
    Sign("blue", "circle", "●", "solid"),
    Sign("collapse", "square", "■", "dash"),
    Sign("violet", "diamond", "◆", "longdash"),
    Sign("olive", "triangle-up", "▲", "dashdot"),
)


def signs_of(report: LabReport) -> Mapping[str, Sign]:
    """Return the sign of each course, by name: in the order of the lab, the control's the same."""
    signs = zip(report.courses, REMEDIES, strict=False)
    return {report.control.name: CONTROL} | {course.name: sign for course, sign in signs}
