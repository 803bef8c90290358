"""What the families with one statistic and a quadratic variance function share.

Normal, Poisson, binomial, gamma, negative binomial: for each the variance of a point is
V(m) = v0 + v1 m + v2 m^2 (Morris 1982), and v2 alone decides whether the average diversity of a
closed loop shrinks, stays or grows. Their averages are drawn directly; sums beyond 10**15 are
drawn from the normal law that a Poisson number then follows to within rounding.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.families.base import Array, Family
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["CountFamily", "QuadraticVarianceFamily", "normal_grid", "poisson_numbers"]

LARGEST_POISSON = 1e15
SMALLEST = 5e-324
MOST_COUNTS = 2000
GRID_POINTS = 401


class QuadraticVarianceFamily(Family):
    """A family with one statistic, whose variance is a quadratic of its mean.

    A subclass needs `variance_function` and `draw_average`; `draw_points` lets it sample a pool,
    and `density` lets it be drawn.
    """

    mean: float
    materialises_points: ClassVar[bool] = True

    @property
    def truth(self) -> Array:
        """Mean of the truth, shape (): the field ``mean``, unless a family says otherwise."""
        return np.asarray(self.mean, dtype=np.float64)

    @property
    @abstractmethod
    def variance_function(self) -> QuadraticVariance:
        """Coefficients of V(m) = v0 + v1 m + v2 m^2 (Morris 1982)."""

    def variance(self, mean: Array) -> Array:
        """Return V(m); inf where it overflows, and 0 only where V(m) is 0 and not just tiny."""
        means = np.asarray(mean, dtype=np.float64)
        v = self.variance_function
        with np.errstate(over="ignore", under="ignore"):
            value = np.full(means.shape, v.v0)
            if v.v1:
                value += v.v1 * means
            if v.v2:
                value += v.v2 * (means * means)
        return value if v.v0 else np.where(means > 0, np.maximum(value, SMALLEST), 0.0)

    def pool(self, parts: Sequence[tuple[float, Array]]) -> Array:
        """Return the average of sets put together; beyond all numbers it is inf."""
        with np.errstate(over="ignore", under="ignore"):
            return super().pool(parts)

    def average(self, points: Array) -> Array:
        """Return the average of points over axis 1; an average beyond all numbers is inf."""
        with np.errstate(over="ignore"):
            return np.asarray(points.mean(axis=1))

    def support_grid(self, mean: float) -> Array:
        """Return ascending values that cover nearly all points of a model, for `density`."""
        variance = float(self.variance(np.asarray(mean)))
        if self.lowest == 0.0:
            return positive_grid(mean, float(np.sqrt(variance)))
        return normal_grid(mean, variance)

    def chance_of_lowest(self, points: int) -> float:
        """Return the chance that all of so many real points have the lowest value."""
        return float(float(self.truth) == self.lowest)

    def linear_temperature(self, temperature: float) -> tuple[float, QuadraticVariance] | None:
        """Return how a temperature acts on a point, if its effect on the mean is a factor.

        Returns
        -------
        (factor, variance) or None
            The mean of a sharpened point is ``factor * m`` and its variance ``variance(m)``,
            where m is the fitted mean. None if a temperature acts in another way, or not at all.
        """
        return None


class CountFamily(QuadraticVarianceFamily):
    """A quadratic-variance family whose points are the counts 0, 1, 2, ..."""

    lowest: ClassVar[float] = 0.0

    def support_grid(self, mean: float) -> Array:
        """Return the counts from 0 to far beyond the mean, at most about 2000 of them."""
        if np.isfinite(self.highest):
            return thinned_counts(int(self.highest))
        spread = float(np.sqrt(self.variance(np.asarray(mean))))
        return thinned_counts(int(np.ceil(mean + 8.0 * spread)) + 5)

    def chance_of_lowest(self, points: int) -> float:
        """Return the chance that all of so many real points are 0."""
        return float(self.density(float(self.truth), [0.0])[0]) ** points


def thinned_counts(last: int) -> Array:
    """Return counts from 0 to ``last``, evenly thinned where there are too many to draw."""
    step = max(1, -(-last // MOST_COUNTS))
    return np.arange(0, last + 1, step, dtype=np.float64)


def poisson_numbers(expected: Array, rng: np.random.Generator) -> Array:
    """Draw Poisson numbers of any expectation, 0 to inf, as floats.

    Beyond 10**15, where floats are about as coarse as whole numbers, from the normal law with the
    same mean and variance: its skewness is then below 4e-8.
    """
    if expected.max(initial=0.0) <= LARGEST_POISSON:
        return rng.poisson(expected).astype(np.float64)
    small = np.minimum(expected, LARGEST_POISSON)
    numbers = rng.poisson(small).astype(np.float64)
    noise = rng.standard_normal(expected.shape)
    large = (expected > LARGEST_POISSON) & np.isfinite(expected)
    numbers[large] = expected[large] + np.sqrt(expected[large]) * noise[large]
    return np.where(np.isinf(expected), np.inf, numbers)


def normal_grid(mean: float, variance: float) -> Array:
    """Return values within 4.5 standard deviations of the mean (within 1 without variance)."""
    reach = 4.5 * float(np.sqrt(variance)) or 1.0
    return np.linspace(mean - reach, mean + reach, GRID_POINTS)


def positive_grid(mean: float, spread: float) -> Array:
    """Return positive values from close to 0 to far beyond the mean (1 for a mean of 0)."""
    top = mean + 8.0 * spread
    top = top if 0.0 < top < np.inf else 1.0
    return np.linspace(top / (8 * GRID_POINTS), top, GRID_POINTS)


def point_mass(value: float, grid: ArrayLike, height: float) -> Array:
    """Return ``height`` where the grid has the value, and 0 elsewhere."""
    return np.where(np.asarray(grid, dtype=np.float64) == value, height, 0.0)
