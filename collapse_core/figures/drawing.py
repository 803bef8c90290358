"""What the panels of a scene share while it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collapse_core.figures.curves import Curve, Standing
from collapse_core.figures.look import Look
from collapse_core.lessons.lesson import Lesson

__all__ = ["Changes", "Drawing"]

Changes = Sequence[dict[str, Any]]


@dataclass(eq=False)
class Drawing:
    """What all panels of a scene share: colours, words, and the traces drawn so far."""

    look: Look
    lesson: Lesson
    table: str
    gaps: Mapping[str, object]
    layout: dict[str, Any]
    traces: list[dict[str, Any]] = field(default_factory=list)
    changes: dict[int, Changes] = field(default_factory=dict)
    twins: list[int] = field(default_factory=list)
    asked: dict[str, Any] | None = None
    courses: list[tuple[str, Curve]] = field(default_factory=list)
    stood: list[tuple[str, Standing]] = field(default_factory=list)
    clocked: set[str] = field(default_factory=set)

    def word(self, key: str, **gaps: object) -> str:
        """Return the words of a key, filled in; a `LessonError` says which are missing."""
        return self.lesson.say(self.table, key, **self.gaps, **gaps)

    def tells(self, key: str) -> bool:
        """Return whether what has this key is to be drawn: it may be left untold."""
        return f"{self.table}.{key}" not in self.lesson.untold

    def colour(self, name: str) -> str:
        """Return a colour of the look by its name; any other stands for itself."""
        return str(getattr(self.look, name, name))

    def add(self, trace: dict[str, Any], changes: Changes | None = None) -> None:
        """Add any trace of Plotly, with what changes in it at each tick; a name is told once."""
        told = {
            other["name"]
            for other in self.traces
            if other.get("name") and other.get("showlegend", True)
        }
        if trace.get("name") in told and trace.get("showlegend", True):
            trace |= {"showlegend": False}
            self.twins.append(len(self.traces))
        if changes is not None:
            self.changes[len(self.traces)] = changes
        self.traces.append(trace)

    def curves(self) -> list[Curve]:
        """Return the curves of all panels that have the clock's hand."""
        return [curve for axis, curve in self.courses if axis in self.clocked]

    def standing(self) -> list[Standing]:
        """Return what is drawn in the panels that have no hand."""
        return [drawn for axis, drawn in self.stood if axis not in self.clocked and drawn.panel]

    def unseen(self, axes: Mapping[str, str]) -> None:
        """Add a trace that nobody sees: Plotly draws no axes, and nothing on them, without any."""
        nothing = {"type": "scatter", "mode": "markers", "x": [None], "y": [None]}
        self.add(nothing | {"hoverinfo": "skip", "showlegend": False} | dict(axes))
