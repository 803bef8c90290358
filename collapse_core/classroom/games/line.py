"""Points on a line; the answer is a place and a spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from collapse_core.classroom.games.game import Features
from collapse_core.classroom.games.spot import SpotGame

__all__ = ["LineGame"]


@dataclass(frozen=True)
class LineGame(SpotGame):
    """Points on a line from 0 to 100.

    The ideal copier is a Gaussian refitted by maximum likelihood. A draw is a number.
    """

    key: ClassVar[str] = "line"
    dimension: ClassVar[int] = 1

    def _place(self, values: Features) -> Any:
        return float(values[0])

    def _coordinates(self, place: Any) -> list[Any]:
        return [place]
