"""What the loop needs to know of an exponential family.

Fitting an exponential family by maximum likelihood means setting its mean parameter to the average
of the sufficient statistic over the training set (Barndorff-Nielsen 1978, ch. 9). So the loop never
needs the points themselves, only that average, and the average of n points can be drawn directly:
for two colours it is one binomial number. One generation costs the same for n = 10 and n = 10**9,
and all replicates move as one array.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_array, shown
from collapse_core.params import Param
from collapse_core.streams import BLOCK_SIZE
from collapse_core.theory.extinction import BOUNDARIES
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["Array", "Family"]

Array = NDArray[np.float64]


class Family(ABC):
    """An exponential family, as the closed loop sees it.

    A subclass needs `truth`, `variance` and `draw_average`; the rest has defaults, which say what
    cannot be done without more.

    Subclasses are frozen dataclasses whose fields are the parameters of the truth. A *state* is
    the mean parameter of the current model in every replicate: shape (replicates,) for a family
    with one statistic, (replicates, dimension) for one with several.

    Attributes
    ----------
    params : tuple of Param
        One specification per field, in the order of the fields.
    lowest, highest : float
        Ends of the space of mean parameters (of the first statistic).
    materialises_points : bool
        True where the average of a pool does not determine the law of a sample from it, so that
        `AccumulateSubsample` has to keep the points themselves; see
        `collapse_core.families.point_pool`.
    in_order : bool
        True where `draw_average`, `draw_points` and `subsample` make the same few calls for random
        numbers whatever the states, each of which fills an array run after run. The numbers of a
        run then do not depend on the runs after it; see `collapse_core.streams`.
    silent_at_lowest : bool
        True where a model at its lowest mean takes no random number, as a binomial number of
        chance 0 does in NumPy.
    boundary_name : str
        Key of its entry in `collapse_core.theory.extinction.BOUNDARIES`, if it has one.
    """

    params: ClassVar[tuple[Param, ...]] = ()
    lowest: ClassVar[float] = -np.inf
    highest: ClassVar[float] = np.inf
    materialises_points: ClassVar[bool] = False
    in_order: ClassVar[bool] = False
    silent_at_lowest: ClassVar[bool] = False
    boundary_name: ClassVar[str] = ""

    @property
    def boundary(self) -> str:
        """One sentence: which boundary typical runs fall to, if that is known."""
        known = BOUNDARIES.get(self.boundary_name)
        return "Where typical runs end is not known." if known is None else known.fate

    @property
    def variance_function(self) -> QuadraticVariance | None:
        """V(m) = v0 + v1 m + v2 m^2 that the averages of the loop follow, if there is one."""
        return None

    @property
    def coordinates(self) -> int:
        """Numbers that make up one point."""
        return 1

    @property
    def replicate_block(self) -> int:
        """Replicates that share a random stream; see `collapse_core.streams`."""
        return BLOCK_SIZE

    def __post_init__(self) -> None:
        for param in self.params:
            object.__setattr__(self, param.name, param.check(getattr(self, param.name)))

    @property
    @abstractmethod
    def truth(self) -> Array:
        """Mean parameter of the truth: shape () or (dimension,)."""

    @abstractmethod
    def variance(self, mean: Array) -> Array:
        """Return the variance function V at mean parameters: the diversity inside a model.

        Parameters
        ----------
        mean : ndarray, shape (...,) or (..., dimension)
            Mean parameters.

        Returns
        -------
        ndarray, shape (...,)
            Variance of one point, 0 exactly where the model makes only one kind of point.
        """

    @abstractmethod
    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw the average sufficient statistic of ``sample_size`` points of each model.

        Parameters
        ----------
        mean : ndarray, shape (replicates,) or (replicates, dimension)
            One model per replicate.
        sample_size : int
            Number of points, at least 1.
        rng : numpy.random.Generator
            Source of randomness.

        Returns
        -------
        ndarray, same shape as ``mean``
        """

    def contains(self, mean: Array) -> bool:
        """Return whether a mean parameter belongs to the family, its boundary included.

        Parameters
        ----------
        mean : ndarray, shape () or (dimension,)
            For example the mean of a prior.
        """
        first = float(mean if mean.ndim == 0 else mean[0])
        return mean.shape == self.truth.shape and self.lowest <= first <= self.highest

    def check_mean(self, mean: float | tuple[float, ...]) -> Array:
        """Return a mean parameter given from outside, such as a prior's, as an array.

        Raises
        ------
        ValueError
            If it is not a mean parameter of the family.
        """
        checked = check_array("mean", mean)
        if checked.shape != self.truth.shape or not self.contains(checked):
            raise ValueError(
                f"mean={shown(mean)} is no mean parameter of {type(self).__name__}: choose one of "
                f"shape {self.truth.shape} from {self.lowest:g} to {self.highest:g}."
            )
        return checked

    def state_of(self, mean: Array) -> Array:
        """Return the state that stands for a mean parameter: here the mean parameter itself.

        A family overrides this where another form of the same model keeps more digits.
        """
        return mean

    def mean_of(self, state: Array) -> Array:
        """Return the mean parameters of states: the inverse of `state_of`."""
        return state

    def pool(self, parts: Sequence[tuple[float, Array]]) -> Array:
        """Return the average statistic of several sets of points put together.

        Parameters
        ----------
        parts : sequence of (weight, average statistic)
            How many points each set has (a prior's may be fractional) and their average.
        """
        # A set without weight is not there, even if its average is beyond all numbers.
        (weight, first), *others = kept = [part for part in parts if part[0] > 0]
        total = np.asarray(first * weight)
        for part_weight, part in others:
            total += part * part_weight
            weight += part_weight
        total /= weight
        return self._at_ends(total, [part for _, part in kept])

    def _at_ends(self, pooled: Array, parts: Sequence[Array]) -> Array:
        """Return a pool at an end of the means if all its sets are there, and inside otherwise.

        That is a question of what the sets hold, not of how their sum is rounded. (Numbers of 0
        or more have the sum 0 only if all are 0.)
        """
        for end in {self.lowest, self.highest} - {0.0, -np.inf, np.inf}:
            reach = 1e-12 * abs(end)
            near = pooled >= end - reach if end == self.highest else pooled <= end + reach
            if near.any():
                there = np.logical_and.reduce([part == end for part in parts])
                inside = np.nextafter(end, self.lowest if end == self.highest else self.highest)
                low, high = (self.lowest, inside) if end == self.highest else (inside, self.highest)
                pooled = np.where(near, np.where(there, end, np.clip(pooled, low, high)), pooled)
        return pooled

    def fit(self, average: Array, points: float) -> Array:
        """Return the mean parameter fitted to an average over that many points.

        The maximum-likelihood fit is the average itself.
        """
        return average

    def sharpen(self, mean: Array, temperature: float) -> Array:
        """Return the mean parameter of the model sampled at a temperature.

        Raises
        ------
        ValueError
            If the family has no temperature.
        """
        raise ValueError(
            f"temperature={temperature!r} is not known for {type(self).__name__}: "
            "set it to 1, or use a family of categories."
        )

    def sampled_from(self, state: Array, temperature: float) -> Array:
        """Return the state that synthetic points are drawn from: the model, sharpened.

        A family overrides this where sampling does more to a model than a temperature does. The
        truth passes through here once, as the model of generation 0, so the first data set is
        sharpened; the real points that a policy adds are not.
        """
        return state if temperature == 1.0 else self.sharpen(state, temperature)

    def tempered(self, temperature: float) -> Family:
        """Return the family whose points a sharpened model draws: here the family itself.

        It differs where a temperature changes more of a model than its mean parameter.
        """
        return self

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw points one by one: shape (replicates, count) or (replicates, count, coordinates).

        Raises
        ------
        ValueError
            If the family does not say how; it then has its own `subsample`.
        """
        raise ValueError(f"{type(self).__name__} draws averages only: use another policy.")

    def density(self, mean: Any, grid: ArrayLike) -> Array:
        """Return the density, or the chance for a count, of one point at each grid value.

        A model without diversity makes one value only: its density is inf there and 0 elsewhere
        (for a count its chance is 1 there).

        Raises
        ------
        ValueError
            If the family does not say; it then cannot be drawn.
        """
        raise ValueError(f"{type(self).__name__} has no density: give it one to draw its models.")

    def normal_places(self, mean: Array) -> tuple[Array, Array] | None:
        """Return centers and standard deviations of models, where points are normal numbers."""
        return None

    def average(self, points: Array) -> Array:
        """Return the average statistic of points, as a state: the average over axis 1."""
        return np.asarray(points.mean(axis=1))

    def subsample(
        self,
        pooled: Array,
        pool_size: int,
        sample_size: int,
        replacement: bool,
        rng: np.random.Generator,
    ) -> Array:
        """Draw the average of a sample from a pool of points that has this average.

        Raises
        ------
        ValueError
            If the average of a pool does not determine the law of a sample from it.
        """
        raise ValueError(
            f"AccumulateSubsample is not known for {type(self).__name__}: "
            "use Accumulate, or a family of categories."
        )
