"""What a wall knows of the chains of a round, ready to be drawn, told and saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from collapse_core.classroom.games import Game, Model

__all__ = ["Progress"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Progress:
    """The answers of all chains of a round so far.

    Parameters
    ----------
    game : Game
        The game of the round.
    length : int
        Steps of a chain when it is complete.
    models : sequence of sequence of dict
        The accepted answers of each chain, the oldest first; without the truth.
    kinds : sequence of sequence of str
        Who gave each of them: "person", or the kind of simulated learner.
    """

    game: Game
    length: int
    models: Sequence[Sequence[Model]]
    kinds: Sequence[Sequence[str]]

    @cached_property
    def diversity(self) -> Array:
        """What is left of the truth's diversity, shape (chains, length + 1); NaN is to come."""
        return self._along(self.game.diversity)

    @cached_property
    def fixed(self) -> Array:
        """Whether each chain is fixed: 1 or 0, shape (chains, length + 1); NaN is to come."""
        return self._along(lambda model: float(self.game.fixed(model)))

    @cached_property
    def features(self) -> Array:
        """The first feature of each model, shape (chains, length + 1); of a jar its yellow."""
        return self._along(lambda model: float(self.game.features(model)[0]))

    @property
    def answered(self) -> int:
        """How many steps of all chains are answered."""
        return sum(map(len, self.models))

    @property
    def complete(self) -> int:
        """How many steps all chains have answered."""
        return min(map(len, self.models), default=0)

    @property
    def simulated(self) -> NDArray[np.bool_]:
        """Which answers a simulated learner gave, shape (chains, length + 1); not the truth."""
        found = np.zeros((len(self.models), self.length + 1), dtype=bool)
        for number, kinds in enumerate(self.kinds):
            found[number, 1 : len(kinds) + 1] = [kind != "person" for kind in kinds]
        return found

    def mean_diversity(self) -> Array:
        """Return the average over the chains that are there, shape (length + 1,)."""
        return _mean(self.diversity)

    def mean_fixed(self) -> Array:
        """Return the share of fixed chains among those that are there, shape (length + 1,)."""
        return _mean(self.fixed)

    def error(self) -> Array:
        """Return the standard error of the average diversity; NaN for fewer than two chains."""
        counts = np.isfinite(self.diversity).sum(axis=0)
        spread = np.full(self.length + 1, np.nan)
        several = counts > 1
        spread[several] = np.nanstd(self.diversity[:, several], axis=0, ddof=1)
        return np.asarray(spread / np.sqrt(np.maximum(counts, 1)), dtype=np.float64)

    def _along(self, measured: Callable[[Model], float]) -> Array:
        found = np.full((len(self.models), self.length + 1), np.nan)
        for number, models in enumerate(self.models):
            for step, model in enumerate([self.game.truth, *models]):
                found[number, step] = measured(model)
        return found


def _mean(values: Array) -> Array:
    seen = np.isfinite(values)
    counts = seen.sum(axis=0)
    sums = np.where(seen, values, 0.0).sum(axis=0)
    return np.asarray(np.where(counts > 0, sums / np.maximum(counts, 1), np.nan), dtype=np.float64)
