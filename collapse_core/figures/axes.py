"""A pair of axes of a scene, and the words and colours that are laid on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from collapse_core.figures.drawing import Drawing
from collapse_core.figures.look import transparent

__all__ = ["Axes"]

HEX = re.compile("#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, eq=False)
class Axes:
    """A pair of axes of a scene, to write on.

    Parameters
    ----------
    scene : Drawing
        What it is part of.
    number : int
        Its number, from 1.
    """

    scene: Drawing
    number: int

    @property
    def x(self) -> str:
        """Plotly's name of the horizontal axis."""
        return "x" if self.number == 1 else f"x{self.number}"

    @property
    def y(self) -> str:
        """Plotly's name of the vertical axis."""
        return "y" if self.number == 1 else f"y{self.number}"

    def axis_name(self, letter: str) -> str:
        """Return the layout's name of an axis, "x" or "y"."""
        return f"{letter}axis{'' if self.number == 1 else self.number}"

    def both_axes(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the horizontal and the vertical axis, in Plotly's schema."""
        layout = self.scene.layout
        return layout[self.axis_name("x")], layout[self.axis_name("y")]

    @property
    def axes(self) -> dict[str, str]:
        """Entries of a trace that put it here."""
        return {"xaxis": self.x, "yaxis": self.y}

    def shade(self, first: float, last: float, tint: str, opacity: float, **entries: Any) -> None:
        """Put a colour behind a stretch of the horizontal axis."""
        ends = {"x0": first, "x1": last, "y0": 0, "y1": 1}
        place = {"xref": self.x, "yref": f"{self.y} domain", "layer": "below"}
        colour = transparent(self.scene.colour(tint), opacity)
        shape = {"type": "rect", "fillcolor": colour, "line": {"width": 0}}
        self.scene.layout.setdefault("shapes", []).append(shape | ends | place | entries)

    def note(self, text: str, size: float = 12, tint: str = "muted", **entries: Any) -> None:
        """Write words on the panel: at shares of it, or of its values with ``xref=panel.x``."""
        scale, place = (
            self.scene.look.scale,
            {"xref": f"{self.x} domain", "yref": f"{self.y} domain"},
        )
        font = {"size": size * scale} | ({"color": self._words(tint)} if tint else {})
        words = {"text": text, "showarrow": False, "font": font} | place | entries
        if "yshift" in entries:
            words["yshift"] = scale * entries["yshift"]
        self.scene.layout["annotations"].append(words)

    def corner(self, *entries: tuple[str, str, str], lower: bool = False) -> None:
        """Tell in the upper right corner what is not in the legend: a sign, a colour, a key each.

        For what moves with the clock, and so has no place at which its name could stand. The lower
        right corner is for where something begins in the upper one.
        """
        lines = [
            f'<span style="color:{self._words(tint)}">{sign} {self.scene.word(key)}</span>'
            for sign, tint, key in entries
            if self.scene.tells(key)
        ]
        place: dict[str, Any] = {"x": 0.98, "xanchor": "right", "align": "right"}
        place |= {"y": 0.04, "yanchor": "bottom"} if lower else {"y": 0.96, "yanchor": "top"}
        behind = transparent(self.scene.look.background, 0.75)
        self.note("<br>".join(lines), 11, "", bgcolor=behind, **place)

    def over(self, text: str, y: float = 0.5) -> None:
        """Write words over the panel; ``y`` is their height in it."""
        behind = transparent(self.scene.look.background, 0.8)
        self.note(text, 13, x=0.5, y=y, bgcolor=behind)

    def _words(self, tint: str) -> str:
        """Return the colour of words of a tint: hex colours are made to be read."""
        colour = self.scene.colour(tint)
        return self.scene.look.words(colour) if HEX.fullmatch(colour) else colour
