"""Normal numbers of which one parameter is known: the mean or the variance is fitted, not both.

With the variance known, V is constant: nothing collapses, the mean just wanders off. With the mean
known to be 0, the statistic is x^2, its mean is the variance s2, and V(s2) = 2 s2^2: the average
diversity grows and every run sinks to 0. At a temperature T the density p(x)^(1/T) is normal
again, with T times the variance.
"""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.families.base import Array
from collapse_core.families.gamma import scaled_gamma
from collapse_core.families.quadratic_variance import (
    QuadraticVarianceFamily,
    normal_grid,
    point_mass,
)
from collapse_core.params import Param
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["NormalMean", "NormalVariance", "normal_density"]


def normal_density(mean: float, variance: float, grid: ArrayLike) -> Array:
    """Return the normal density; inf at the mean and 0 elsewhere without variance."""
    if variance == 0:
        return point_mass(mean, grid, math.inf)
    with np.errstate(over="ignore", under="ignore"):
        square = (np.asarray(grid, dtype=np.float64) - mean) ** 2 / variance
        return np.exp(-0.5 * square) / math.sqrt(2.0 * math.pi * variance)


@dataclass(frozen=True)
class NormalMean(QuadraticVarianceFamily):
    """Normal numbers of known standard deviation; the mean is fitted.

    Parameters
    ----------
    mean : float
        Mean of the truth, -100 to 100.
    sd : float
        Standard deviation, 0 to 100; known, never fitted.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    mean: float
    sd: float

    params: ClassVar[tuple[Param, ...]] = (
        Param(
            name="mean",
            symbol="\\mu_0",
            low=-100.0,
            high=100.0,
            default=0.0,
            step=0.1,
            description="Where the real points lie on average.",
        ),
        Param(
            name="sd",
            symbol="\\sigma",
            low=0.0,
            high=100.0,
            default=1.0,
            step=0.1,
            description="How far points scatter around the mean. The model knows it and keeps it.",
        ),
    )
    boundary_name: ClassVar[str] = "normal with known variance"
    in_order: ClassVar[bool] = True

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(m) = sd^2, whatever the mean."""
        return QuadraticVariance(self.sd**2, 0.0, 0.0)

    def variance(self, mean: Array) -> Array:
        """Return sd^2, the same for every mean."""
        return np.full(np.shape(mean), self.sd**2)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages: one normal number of variance sd^2/n per replicate."""
        return mean + self.sd / math.sqrt(sample_size) * rng.standard_normal(mean.shape)

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw points one by one, shape (replicates, count)."""
        return state[:, None] + self.sd * rng.standard_normal((state.shape[0], count))

    def sharpen(self, mean: Array, temperature: float) -> Array:
        """Return the mean, which a temperature leaves alone; see `tempered`."""
        return mean

    def tempered(self, temperature: float) -> NormalMean:
        """Return the family with T times the variance, from which a sharpened model draws."""
        warmer = copy.copy(self)
        # Not through the checks: the range of the slider is no limit for T times a variance.
        object.__setattr__(warmer, "sd", self.sd * math.sqrt(temperature))
        return warmer

    def linear_temperature(self, temperature: float) -> tuple[float, QuadraticVariance]:
        """Return the factor 1 of the mean, and the variance T sd^2."""
        return 1.0, QuadraticVariance(temperature * self.sd**2, 0.0, 0.0)

    def density(self, mean: float, grid: ArrayLike) -> Array:
        """Return the density of a point."""
        return normal_density(mean, self.sd**2, grid)

    def normal_places(self, mean: Array) -> tuple[Array, Array]:
        """Return the means and the known standard deviation."""
        return mean, np.full(np.shape(mean), self.sd)


@dataclass(frozen=True)
class NormalVariance(QuadraticVarianceFamily):
    """Normal numbers whose mean is known to be 0; the variance is fitted.

    The mean parameter is the variance s2, the average of x^2. `variance` returns that of the
    statistic, V(s2) = 2 s2^2, and not s2 itself.

    Parameters
    ----------
    true_variance : float
        Variance of the truth, 0 (only zeros) to 100.

    Raises
    ------
    ValueError
        If the variance is out of range.
    """

    true_variance: float

    params: ClassVar[tuple[Param, ...]] = (
        Param(
            name="true_variance",
            symbol="\\sigma_0^2",
            low=0.0,
            high=100.0,
            default=1.0,
            step=0.1,
            description="How far real points scatter around 0, squared.",
        ),
    )
    boundary_name: ClassVar[str] = "variance with known mean"
    in_order: ClassVar[bool] = True
    lowest: ClassVar[float] = 0.0

    @property
    def truth(self) -> Array:
        """Variance of the truth, shape ()."""
        return np.asarray(self.true_variance, dtype=np.float64)

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(s2) = 2 s2^2: the variance of x^2."""
        return QuadraticVariance(0.0, 0.0, 2.0)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw averages of x^2: s2 times a chi-square number with n degrees of freedom, over n."""
        return scaled_gamma(mean, 0.5 * sample_size, rng)

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw x one by one, shape (replicates, count)."""
        return np.sqrt(state)[:, None] * rng.standard_normal((state.shape[0], count))

    def average(self, points: Array) -> Array:
        """Return the average of x^2 over axis 1."""
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(np.square(points).mean(axis=1))

    def sharpen(self, mean: Array, temperature: float) -> Array:
        """Return T s2: p(x)^(1/T) is normal with T times the variance."""
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(mean * temperature)

    def linear_temperature(self, temperature: float) -> tuple[float, QuadraticVariance]:
        """Return the factor T of the mean, and the variance 2 T^2 s2^2."""
        return temperature, QuadraticVariance(0.0, 0.0, 2.0 * temperature**2)

    def density(self, mean: float, grid: ArrayLike) -> Array:
        """Return the density of x (not of its square) in a model of variance ``mean``."""
        return normal_density(0.0, mean, grid)

    def normal_places(self, mean: Array) -> tuple[Array, Array]:
        """Return zeros and the roots of the variances."""
        return np.zeros(np.shape(mean)), np.sqrt(mean)

    def support_grid(self, mean: float) -> Array:
        """Return values of x within 4.5 standard deviations of 0."""
        return normal_grid(0.0, mean)
