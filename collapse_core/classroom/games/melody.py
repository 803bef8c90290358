"""A melody of some notes; the answer is the melody that the learner repeats.

The notes of the next melody are drawn, one by one, from those of the answer. So the ideal copier,
who repeats exactly what was heard, is a chain of eight types whose law is known: the tune forgets
heights until it is one tone. Heights are kinds here, though a listener hears distances as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from collapse_core.checks import check_whole_number, shown
from collapse_core.classroom.games.game import MOST_DRAWS, Features, Model
from collapse_core.classroom.games.kinds import ListGame

__all__ = ["HEIGHTS", "MelodyGame"]

HEIGHTS = 8


@dataclass(frozen=True)
class MelodyGame(ListGame):
    """Notes of eight heights, 1 the lowest; in the truth all are alike."""

    key: ClassVar[str] = "melody"
    fields: ClassVar[tuple[str, ...]] = ("heights",)

    @property
    def kinds(self) -> tuple[Any, ...]:
        """The heights, 1 to 8."""
        return tuple(range(1, HEIGHTS + 1))

    @property
    def shares(self) -> Features:
        """All alike."""
        return np.full(HEIGHTS, 1.0 / HEIGHTS)

    @property
    def truth(self) -> Model:
        """The scale."""
        return {"heights": list(self.kinds)}

    def _read(self, answer: dict[str, Any]) -> Model:
        given = answer["heights"]
        if not isinstance(given, list | tuple) or not 1 <= len(given) <= MOST_DRAWS:
            raise ValueError(
                f"heights={shown(given)} is out of range: it must be a list of 1 to {MOST_DRAWS} "
                "whole numbers. Choose at least one note."
            )
        return {"heights": [check_whole_number("heights", note, 1, HEIGHTS) for note in given]}
