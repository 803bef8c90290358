"""Overdispersed counts: the negative binomial family of known size r, V(m) = m + m^2/r.

A Poisson count whose expectation is itself a gamma number. The average diversity of a closed loop
grows, and every run dies out. Size 1 is the geometric family.
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

__all__ = ["Geometric", "NegativeBinomial"]

MEAN = Param(
    name="mean",
    symbol="m_0",
    low=0.0,
    high=100.0,
    default=1.0,
    step=0.1,
    description="How large a real count is on average.",
)


def _gamma_poisson(state: Array, size: float, rng: np.random.Generator) -> Array:
    """Draw negative binomial numbers of this size, of mean ``size * state``."""
    expected = rng.standard_gamma(size, size=state.shape)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        expected *= state
    if state.max(initial=0.0) == np.inf:
        expected[state == np.inf] = np.inf
    return poisson_numbers(expected, rng)


def _chance(size: float, mean: float, grid: ArrayLike) -> Array:
    if mean == 0:
        return point_mass(0.0, grid, 1.0)
    from scipy.stats import nbinom

    return np.asarray(nbinom.pmf(np.asarray(grid, dtype=np.float64), size, size / (size + mean)))


@dataclass(frozen=True)
class NegativeBinomial(CountFamily):
    """Counts 0, 1, 2, ... more scattered than Poisson ones.

    Parameters
    ----------
    r : float
        Size, 0.1 to 100; known, never fitted. Small: rare large counts. Large: nearly Poisson.
    mean : float
        Mean of the truth, 0 (only zeros) to 100.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    r: float
    mean: float

    params: ClassVar[tuple[Param, ...]] = (
        Param(
            name="r",
            symbol="r",
            low=0.1,
            high=100.0,
            default=4.0,
            description="How even the counts are: small, rare large ones; large, nearly Poisson.",
            scale="log",
        ),
        MEAN,
    )
    boundary_name: ClassVar[str] = "negative binomial"
    in_order: ClassVar[bool] = True

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(m) = m + m^2/r."""
        return QuadraticVariance(0.0, 1.0, 1.0 / self.r)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages: the sum of n counts of size r is one count of size n r."""
        return _gamma_poisson(mean / self.r, sample_size * self.r, rng) / sample_size

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw counts one by one, shape (replicates, count)."""
        return _gamma_poisson(np.repeat(state[:, None] / self.r, count, axis=1), self.r, rng)

    def density(self, mean: float, grid: ArrayLike) -> Array:
        """Return the chance of each count; scipy is loaded here."""
        return _chance(self.r, mean, grid)


@dataclass(frozen=True)
class Geometric(CountFamily):
    """Failures before the first success: 0, 1, 2, ..., V(m) = m + m^2.

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

    params: ClassVar[tuple[Param, ...]] = (MEAN,)
    boundary_name: ClassVar[str] = "geometric"
    in_order: ClassVar[bool] = True

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(m) = m + m^2."""
        return QuadraticVariance(0.0, 1.0, 1.0)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages: the sum of n geometric counts is negative binomial of size n."""
        return _gamma_poisson(mean, float(sample_size), rng) / sample_size

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw counts one by one, shape (replicates, count)."""
        return _gamma_poisson(np.repeat(state[:, None], count, axis=1), 1.0, rng)

    def sharpen(self, mean: Array, temperature: float) -> Array:
        """Return the mean at a temperature: p(x)^(1/T) is geometric with ratio q^(1/T).

        The ratio of neighbouring chances is q = m / (1 + m), so m_T = 1 / (q^(-1/T) - 1).
        """
        with np.errstate(divide="ignore", over="ignore"):
            # ln(1/q) = ln(1 + 1/m), kept accurate for large m.
            return np.asarray(1.0 / np.expm1(np.log1p(1.0 / mean) / temperature))

    def density(self, mean: float, grid: ArrayLike) -> Array:
        """Return the chance of each count; scipy is loaded here."""
        return _chance(1.0, mean, grid)
