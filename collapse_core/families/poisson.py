"""Counts of rare events: the Poisson family, V(m) = m.

Refitting is a critical branching process: the average never changes and every run dies out
(Suresh et al., arXiv:2412.17646).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.families.base import Array
from collapse_core.families.quadratic_variance import CountFamily, point_mass, poisson_numbers
from collapse_core.params import Param
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["Poisson"]


@dataclass(frozen=True)
class Poisson(CountFamily):
    """Counts 0, 1, 2, ... with the Poisson law.

    Parameters
    ----------
    mean : float
        Mean of the truth, 0 (only zeros) to 100.

    Raises
    ------
    ValueError
        If the mean is out of range.
    """

    mean: float

    params: ClassVar[tuple[Param, ...]] = (
        Param(
            name="mean",
            symbol="\\lambda_0",
            low=0.0,
            high=100.0,
            default=1.0,
            step=0.1,
            description="How many events a real point counts on average.",
        ),
    )
    boundary_name: ClassVar[str] = "poisson"
    in_order: ClassVar[bool] = True
    silent_at_lowest: ClassVar[bool] = True

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(m) = m."""
        return QuadraticVariance(0.0, 1.0, 0.0)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages: the sum of n Poisson counts is one Poisson count of mean n m."""
        with np.errstate(over="ignore"):
            return poisson_numbers(mean * sample_size, rng) / sample_size

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw counts one by one, shape (replicates, count)."""
        return poisson_numbers(np.repeat(state[:, None], count, axis=1), rng)

    def density(self, mean: float, grid: ArrayLike) -> Array:
        """Return the chance of each count; scipy is loaded here."""
        if mean == 0:
            return point_mass(0.0, grid, 1.0)
        from scipy.stats import poisson

        return np.asarray(poisson.pmf(np.asarray(grid, dtype=np.float64), mean))
