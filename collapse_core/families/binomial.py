"""Successes in M trials: the binomial family with known M, V(m) = m (1 - m/M).

A point is a bag of M marbles of two colours and m is the mean number of blue ones. A sample of n
bags is a jar of n M marbles, so the loop is that of two colours with M times as many points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.families.base import Array
from collapse_core.families.quadratic_variance import CountFamily
from collapse_core.params import Param
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["Binomial"]


@dataclass(frozen=True)
class Binomial(CountFamily):
    """Counts 0, 1, ..., M: the successes in M trials.

    Parameters
    ----------
    trials : int
        Number of trials M of one point, 1 to 1000; known, never fitted.
    probability : float
        Chance of a success in the truth, 0 to 1. The mean parameter is M times that.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    trials: int
    probability: float

    params: ClassVar[tuple[Param, ...]] = (
        Param(
            name="trials",
            symbol="M",
            low=1,
            high=1000,
            default=10,
            description="How many trials one point counts the successes of. With 1: two colours.",
            scale="log",
        ),
        Param(
            name="probability",
            symbol="p_0",
            low=0.0,
            high=1.0,
            default=0.1,
            step=0.01,
            description="How often a trial succeeds in the real data.",
        ),
    )
    boundary_name: ClassVar[str] = "binomial"
    in_order: ClassVar[bool] = True
    silent_at_lowest: ClassVar[bool] = True

    @property
    def highest(self) -> float:  # type: ignore[override]
        """Largest mean parameter: every trial succeeds."""
        return float(self.trials)

    @property
    def truth(self) -> Array:
        """Mean number of successes in the truth, shape ()."""
        return np.asarray(self.trials * self.probability, dtype=np.float64)

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(m) = m - m^2/M."""
        return QuadraticVariance(0.0, 1.0, -1.0 / self.trials)

    def variance(self, mean: Array) -> Array:
        """Return m (1 - m/M), 0 where every point is 0 or every point is M."""
        means = np.asarray(mean, dtype=np.float64)
        return np.asarray(means * (1.0 - means / self.trials))

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages: n points of M trials each are n M trials, one binomial number."""
        return rng.binomial(sample_size * self.trials, mean / self.trials) / sample_size

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw counts one by one, shape (replicates, count)."""
        chance = (state / self.trials)[:, None]
        return rng.binomial(self.trials, chance, size=(state.shape[0], count)).astype(np.float64)

    def density(self, mean: float, grid: ArrayLike) -> Array:
        """Return the chance of each count; scipy is loaded here."""
        from scipy.stats import binom

        return np.asarray(
            binom.pmf(np.asarray(grid, dtype=np.float64), self.trials, mean / self.trials)
        )
