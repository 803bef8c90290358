"""A Gaussian whose mean and variance are both fitted: the model of most proofs of collapse.

The state is (mu, s2). A sample enters through its average and its mean square about that average;
given n points these are a normal and a chi-square number (Shumailov et al., Nature 2024). Sets of
points are merged through their distances from each other, never through squares about 0, so a
variance of 1e-200 keeps all its digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import check_switch
from collapse_core.families.base import Array, Family
from collapse_core.families.normal import normal_density
from collapse_core.families.quadratic_variance import normal_grid
from collapse_core.params import Param
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["Gaussian"]


@dataclass(frozen=True)
class Gaussian(Family):
    """Normal numbers; mean and variance are fitted. The state is (mu, s2), shape (replicates, 2).

    Parameters
    ----------
    mean : float
        Mean of the truth, -100 to 100.
    sd : float
        Standard deviation of the truth, 0 to 100.
    unbiased : bool
        Divide the squares by N - 1 (True) or by the number N of points (False, maximum
        likelihood). N counts the points of a training set, imaginary points of a prior excluded.
        A training set of one point has variance 0 under maximum likelihood, which is collapse at
        once; it has no unbiased variance, and the loop then raises `ValueError` when it runs.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    mean: float
    sd: float
    unbiased: bool = False

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
            symbol="\\sigma_0",
            low=0.0,
            high=100.0,
            default=1.0,
            step=0.1,
            description="How far the real points scatter around their mean.",
        ),
    )
    materialises_points: ClassVar[bool] = True
    boundary_name: ClassVar[str] = "gaussian"
    in_order: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "unbiased", check_switch("unbiased", self.unbiased))

    @property
    def truth(self) -> Array:
        """Mean and variance of the truth, shape (2,)."""
        return np.array([self.mean, self.sd**2])

    @property
    def variance_function(self) -> QuadraticVariance | None:
        """V(m) = s2* - (m - mu*)^2 for maximum likelihood: its variance plays V, and v2 = -1.

        It has two means and no such function of its own, but its averages obey
        E s2 + Var mu = s2*, as those of this V do. Exact; derived for this project.
        """
        if self.unbiased:
            return None
        return QuadraticVariance(self.sd**2 - self.mean**2, 2.0 * self.mean, -1.0)

    def normal_places(self, mean: Array) -> tuple[Array, Array]:
        """Return mu and the root of s2."""
        return mean[..., 0], np.sqrt(mean[..., 1])

    def contains(self, mean: Array) -> bool:
        """Return whether this is a finite mean and a variance of 0 or more."""
        return mean.shape == (2,) and bool(np.isfinite(mean).all() and mean[1] >= 0)

    def variance(self, mean: Array) -> Array:
        """Return the second entry of the state: the fitted variance s2."""
        return np.asarray(mean)[..., 1]

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw the average and the mean square about it (divisor n) of n points.

        A variance beyond all numbers stays inf, and its mean stays where it was.
        """
        center, spread = mean[:, 0], mean[:, 1]
        noise = rng.standard_normal(center.shape)
        drawn = np.empty_like(mean)
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            moved = center + np.sqrt(spread / sample_size) * noise
            drawn[:, 0] = np.where(np.isfinite(moved), moved, center)
            if sample_size == 1:
                drawn[:, 1] = 0.0
            else:
                drawn[:, 1] = spread * (rng.chisquare(sample_size - 1, center.shape) / sample_size)
        return drawn

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw points one by one, shape (replicates, count)."""
        noise = rng.standard_normal((state.shape[0], count))
        largest = np.minimum(state[:, 1:], np.finfo(float).max)
        return state[:, :1] + np.sqrt(largest) * noise

    def average(self, points: Array) -> Array:
        """Return the average of points and their mean square about it."""
        # About the first point, so that equal points have exactly their own average.
        first = points[:, :1]
        center = first + (points - first).mean(axis=1, keepdims=True)
        with np.errstate(over="ignore", under="ignore"):
            spread = np.square(points - center).mean(axis=1)
        return np.column_stack([center[:, 0], spread])

    def pool(self, parts: Sequence[tuple[float, Array]]) -> Array:
        """Return mean and mean square of sets put together, merged one after the other.

        Source: Chan, Golub and LeVeque 1983, The American Statistician 37, 242.
        """
        weighty = [(weight, part) for weight, part in parts if weight > 0]
        total, merged = weighty[0]
        center, spread = merged[:, 0], merged[:, 1]
        with np.errstate(over="ignore", under="ignore"):
            for weight, part in weighty[1:]:
                total += weight
                share = weight / total
                gap = part[:, 0] - center
                center = center + share * gap
                between = share * (1.0 - share) * (gap * gap)
                spread = (1.0 - share) * spread + share * part[:, 1] + between
        return np.column_stack([center, spread])

    def fit(self, average: Array, points: float) -> Array:
        """Return (mu, s2): the mean square itself, or N/(N - 1) times it if unbiased.

        Raises
        ------
        ValueError
            If an unbiased variance is asked of a single point.
        """
        if not self.unbiased:
            return average
        if points < 2:
            raise ValueError(
                f"unbiased=True divides by the number of points minus 1, and a training set here "
                f"has {points:g}: it must have at least 2. Choose a sample_size of 2 or more, real "
                "points, or unbiased=False."
            )
        with np.errstate(over="ignore"):
            return np.asarray(average * np.array([1.0, points / (points - 1)]))

    def sharpen(self, mean: Array, temperature: float) -> Array:
        """Return (mu, T s2): p(x)^(1/T) is normal with T times the variance."""
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(mean * np.array([1.0, temperature]))

    def density(self, mean: ArrayLike, grid: ArrayLike) -> Array:
        """Return the density of a point of the model (mu, s2) on a grid.

        A model without variance has density inf at its mean and 0 elsewhere.
        """
        center, spread = np.asarray(mean, dtype=np.float64)
        return normal_density(float(center), float(spread), grid)

    def support_grid(self, mean: ArrayLike) -> Array:
        """Return values within 4.5 standard deviations of the mean of the model (mu, s2)."""
        center, spread = np.asarray(mean, dtype=np.float64)
        return normal_grid(float(center), float(spread))
