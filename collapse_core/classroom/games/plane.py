"""Points in the plane; the answer is a place and one spread for both directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from collapse_core.checks import shown
from collapse_core.classroom.games.game import Features
from collapse_core.classroom.games.spot import SpotGame

__all__ = ["PlaneGame"]


@dataclass(frozen=True)
class PlaneGame(SpotGame):
    """Points in a square from 0 to 100 on each side.

    The ideal copier is a round Gaussian refitted by maximum likelihood. A draw is two numbers.
    """

    key: ClassVar[str] = "plane"
    dimension: ClassVar[int] = 2

    def _place(self, values: Features) -> Any:
        return [float(value) for value in values]

    def _coordinates(self, place: Any) -> list[Any]:
        if not isinstance(place, list | tuple) or len(place) != 2:
            raise ValueError(
                f"place={shown(place)} is out of range: it must be a list of two numbers. "
                "Choose for example [50, 50]."
            )
        return list(place)
