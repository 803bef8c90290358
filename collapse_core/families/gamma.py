"""Positive quantities of known shape: the gamma family, V(m) = m^2/shape.

Waiting times, incomes, energies. A refit multiplies the mean by an average of gamma numbers, so
its logarithm is a random walk with a downward drift: the average diversity of a closed loop grows
while every run sinks towards 0. Shape 1 is the exponential family. A mean below 5e-324, which a
loop of single points meets after some 1300 generations, is stored as 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.families.base import Array
from collapse_core.families.quadratic_variance import QuadraticVarianceFamily, point_mass
from collapse_core.params import Param
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["Exponential", "Gamma", "gamma_density", "scaled_gamma"]

MEAN = Param(
    name="mean",
    symbol="m_0",
    low=0.0,
    high=100.0,
    default=1.0,
    step=0.1,
    description="How large a real point is on average.",
)


def scaled_gamma(state: Array, shape: float, rng: np.random.Generator) -> Array:
    """Draw gamma numbers of this shape, of mean ``state``: 0 stays 0, and inf stays inf."""
    numbers = rng.standard_gamma(shape, size=state.shape)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        numbers *= state / shape
    if state.max(initial=0.0) == np.inf:
        numbers[state == np.inf] = np.inf
    return numbers


def gamma_density(mean: float, shape: float, grid: ArrayLike) -> Array:
    """Return the density of a gamma number of this mean and shape; scipy is loaded here."""
    if mean == 0:
        return point_mass(0.0, grid, np.inf)
    from scipy.stats import gamma

    return np.asarray(gamma.pdf(np.asarray(grid, dtype=np.float64), shape, scale=mean / shape))


@dataclass(frozen=True)
class Gamma(QuadraticVarianceFamily):
    """Positive numbers with the gamma law of known shape.

    Parameters
    ----------
    shape : float
        Shape, 0.1 to 100; known, never fitted. The larger, the narrower.
    mean : float
        Mean of the truth, 0 (only zeros) to 100.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    shape: float
    mean: float

    params: ClassVar[tuple[Param, ...]] = (
        Param(
            name="shape",
            symbol="\\alpha",
            low=0.1,
            high=100.0,
            default=3.0,
            description="How even the points are: the variance is the squared mean over the shape.",
            scale="log",
        ),
        MEAN,
    )
    boundary_name: ClassVar[str] = "gamma"
    in_order: ClassVar[bool] = True
    lowest: ClassVar[float] = 0.0

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(m) = m^2/shape."""
        return QuadraticVariance(0.0, 0.0, 1.0 / self.shape)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages: that of n gamma numbers is a gamma number of n times the shape."""
        return scaled_gamma(mean, sample_size * self.shape, rng)

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw points one by one, shape (replicates, count)."""
        return scaled_gamma(np.repeat(state[:, None], count, axis=1), self.shape, rng)

    def density(self, mean: float, grid: ArrayLike) -> Array:
        """Return the density of a point; scipy is loaded here."""
        return gamma_density(mean, self.shape, grid)


@dataclass(frozen=True)
class Exponential(QuadraticVarianceFamily):
    """Positive numbers with the exponential law, V(m) = m^2.

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
    boundary_name: ClassVar[str] = "exponential"
    in_order: ClassVar[bool] = True
    lowest: ClassVar[float] = 0.0

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(m) = m^2."""
        return QuadraticVariance(0.0, 0.0, 1.0)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages: that of n exponential numbers is a gamma number of shape n."""
        return scaled_gamma(mean, float(sample_size), rng)

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw points one by one, shape (replicates, count)."""
        return scaled_gamma(np.repeat(state[:, None], count, axis=1), 1.0, rng)

    def sharpen(self, mean: Array, temperature: float) -> Array:
        """Return T m: p(x)^(1/T) is exponential with T times the mean."""
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(mean * temperature)

    def linear_temperature(self, temperature: float) -> tuple[float, QuadraticVariance]:
        """Return the factor T of the mean, and the variance T^2 m^2."""
        return temperature, QuadraticVariance(0.0, 0.0, temperature**2)

    def density(self, mean: float, grid: ArrayLike) -> Array:
        """Return the density of a point; scipy is loaded here."""
        return gamma_density(mean, 1.0, grid)
