"""Kinds of which one is rare; the answer is the height of a bar for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from collapse_core.checks import check_share, shown
from collapse_core.classroom.games.game import Draws, Features, Model
from collapse_core.classroom.games.kinds import KindsGame

__all__ = ["BARS", "BarsGame"]

BARS = (0.4, 0.25, 0.18, 0.12, 0.05)


@dataclass(frozen=True)
class BarsGame(KindsGame):
    """Five kinds, 0 to 4, the last one rare.

    A draw is the number of a kind. The ideal copier's bars are the shares that it has seen.
    """

    key: ClassVar[str] = "bars"
    fields: ClassVar[tuple[str, ...]] = ("shares",)

    @property
    def kinds(self) -> tuple[Any, ...]:
        """Their numbers."""
        return tuple(range(len(BARS)))

    @property
    def shares(self) -> Features:
        """From common to rare: .4, .25, .18, .12 and .05."""
        return np.array(BARS)

    @property
    def truth(self) -> Model:
        """The bars at the start."""
        return {"shares": list(BARS)}

    def _read(self, answer: dict[str, Any]) -> Model:
        given = answer["shares"]
        if not isinstance(given, list | tuple) or len(given) != len(BARS):
            raise ValueError(
                f"shares={shown(given)} is out of range: it must be a list of {len(BARS)} numbers "
                "from 0 to 1. Give one for each kind."
            )
        heights = np.array([check_share("shares", each) for each in given])
        if not heights.sum() > 1e-6:
            raise ValueError(
                f"shares={shown(given)} is out of range: one of them must be above 0. Raise a bar."
            )
        # What sums to 1 already stays to the last digit, so that reading twice changes nothing.
        total = 1.0 if abs(heights.sum() - 1.0) < 1e-9 else heights.sum()
        return {"shares": [float(height / total) for height in heights]}

    def _drawn(self, model: Model, count: int, rng: np.random.Generator) -> Draws:
        ends = np.cumsum(model["shares"])
        places = np.searchsorted(ends, rng.random(count) * ends[-1], side="right")
        return [int(place) for place in places]

    def fit(self, draws: Draws) -> Model:
        """Return the shares of the draws.

        Raises
        ------
        ValueError
            If a draw is no kind, or there is none.
        """
        known = isinstance(draws, list) and all(
            type(draw) is int and draw in self.kinds for draw in draws
        )
        if not known or not draws:
            raise ValueError(
                f"draws={shown(draws)} is out of range: it must be a list of numbers from 0 to "
                f"{len(BARS) - 1}. Make it with draw()."
            )
        return {"shares": [draws.count(kind) / len(draws) for kind in self.kinds]}

    def drawn_shares(self, model: Model) -> Features:
        """Return the bars, sum 1."""
        return np.array(model["shares"], dtype=np.float64)

    def described(self, draws: Draws) -> dict[str, Any]:
        """Return how many draws there are, and of each kind: ``kind_0`` to ``kind_4``."""
        counts = {f"kind_{kind}": draws.count(kind) for kind in self.kinds}
        return {"count": len(draws), **counts}

    def recalled(
        self, features: Features, count: int, noise: float, rng: np.random.Generator
    ) -> Model:
        """Return shares from a Dirichlet law around those remembered.

        Each has a variance of noise^2 p (1 - p).
        """
        shares, kept = features / features.sum(), features > 0.0
        if noise > 0.0 and kept.sum() > 1:
            concentration = max(1.0 / min(noise, 0.99) ** 2 - 1.0, 1e-3)
            shares = np.zeros(len(features))
            shares[kept] = rng.dirichlet(concentration * features[kept] / features.sum())
        return self._read({"shares": [float(min(share, 1.0)) for share in shares]})

    def guessed(self, count: int, rng: np.random.Generator) -> Model:
        """Return any shares."""
        return self._read({"shares": rng.dirichlet(np.ones(len(BARS))).tolist()})
