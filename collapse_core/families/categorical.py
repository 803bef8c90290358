"""K categories: the words of a language, the items of a catalogue, the names in a class.

The statistic of a point says which category it belongs to; the mean parameter is the vector of
probabilities. Refitting is the Wright-Fisher model with K types (Ewens 2004, ch. 3), and two
categories are `Bernoulli`. A category that gets no point has probability exactly 0 from then on.

The counts of a sample are multinomial. NumPy draws them as a chain of binomials, here over the
living categories alone; measured, it beats drawing points one by one and splitting counts down a
binary tree. Only a few points from a truth that all runs share are drawn singly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_array, shown
from collapse_core.families.base import Array, Family
from collapse_core.families.living_categories import (
    MOSTLY_ALIVE,
    Counts,
    LivingCategories,
    multinomial,
)
from collapse_core.families.point_pool import LARGEST_HYPERGEOMETRIC
from collapse_core.streams import BLOCK_SIZE

__all__ = ["MOST_CATEGORIES", "Categorical", "sharpened_shares"]

MOST_CATEGORIES = 10_000
LARGEST_BLOCK = 200_000  # numbers in the state of one block of replicates
FEW_DEAD = 5000  # dead categories of all runs that cost less than to leave them out


@dataclass(frozen=True)
class Categorical(Family):
    """Points of K categories.

    In a `Trajectory`, ``mean`` has the shape (replicates, generations + 1, K); ``absorbed`` says
    that one category is left, whichever it is; ``lost`` and ``taken_over`` speak of the first
    category alone. `survivors` counts the categories that are left. Where K is large,
    `experiments.tails_runs.run_tails` keeps the answers without keeping every vector.

    Parameters
    ----------
    probabilities : tuple of float
        One number of at least 0 per category, 1 to 10,000 of them, with the sum 1 within 1e-9.
        They are divided by their sum; zeros are categories that never were.

    Raises
    ------
    ValueError
        If they are not such numbers.
    """

    probabilities: tuple[float, ...]

    lowest: ClassVar[float] = 0.0
    highest: ClassVar[float] = 1.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "probabilities", _checked(self.probabilities))

    @property
    def categories(self) -> int:
        """Number K of categories, those of probability 0 included."""
        return len(self.probabilities)

    @property
    def replicate_block(self) -> int:
        """Replicates that share a random stream: 200, or fewer where K is above 1000."""
        return max(1, min(BLOCK_SIZE, LARGEST_BLOCK // self.categories))

    @property
    def limited(self) -> bool:
        """Whether sampling or fitting does more to a model than chance does."""
        return False

    @cached_property
    def _truth(self) -> Array:
        truth = np.array(self.probabilities)
        truth.setflags(write=False)
        return truth

    @property
    def truth(self) -> Array:
        """Probabilities of the truth, shape (K,), read-only."""
        return self._truth

    def contains(self, mean: Array) -> bool:
        """Return whether these are probabilities of the same number of categories."""
        if mean.shape != self.truth.shape or not np.isfinite(mean).all():
            return False
        return bool(mean.min() >= 0.0 and abs(mean.sum() - 1.0) <= 1e-9)

    def variance(self, mean: Array) -> Array:
        """Return Gini's diversity 1 - sum p^2: the chance that two points differ.

        It is the sum of the variances p (1 - p) of all categories (Morris 1982), computed as
        such: exactly 0 for a model with one category left. Shape (..., K) to shape (...,).
        """
        return np.asarray(np.einsum("...i,...i->...", mean, 1.0 - mean))

    def survivors(self, mean: Array) -> NDArray[np.int64]:
        """Return how many categories are alive, shape (..., K) to shape (...,)."""
        return np.asarray(np.count_nonzero(mean, axis=-1), dtype=np.int64)

    def entropy(self, mean: Array) -> Array:
        """Return Shannon's entropy -sum p ln p in nats, shape (..., K) to shape (...,)."""
        logs = np.log(mean, out=np.zeros_like(mean), where=mean > 0.0)
        return np.asarray(np.maximum(-np.einsum("...i,...i->...", mean, logs), 0.0))

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw frequencies among ``sample_size`` points: one multinomial vector per replicate."""
        if 2 * sample_size < mean.shape[1] and _all_rows_equal(mean):
            return _singly(mean[0], mean.shape[0], sample_size, rng) / sample_size
        living = np.count_nonzero(mean)
        if mean.size - living > FEW_DEAD + living:
            return LivingCategories.of(mean).drawn(sample_size, rng).full()
        alive = np.asarray(mean.any(axis=0))
        if np.count_nonzero(alive) > MOSTLY_ALIVE * alive.size:
            return multinomial(mean, sample_size, rng) / sample_size
        drawn = np.zeros(mean.shape)
        drawn[:, alive] = multinomial(mean[:, alive], sample_size, rng) / sample_size
        return drawn

    def sharpen(self, mean: Array, temperature: float) -> Array:
        """Return p^(1/T) / sum p^(1/T): below T = 1 it favours the common categories."""
        return sharpened_shares(mean, temperature)

    def subsample(
        self,
        pooled: Array,
        pool_size: int,
        sample_size: int,
        replacement: bool,
        rng: np.random.Generator,
    ) -> Array:
        """Draw frequencies in a sample of the pool; the pool's own frequencies determine them.

        Raises
        ------
        ValueError
            If a pool of 10**9 points or more is sampled without replacement.
        """
        if replacement:
            return self.draw_average(pooled, sample_size, rng)
        if pool_size >= LARGEST_HYPERGEOMETRIC:
            raise ValueError(
                f"a pool of {pool_size:,} points is too large to sample without replacement: "
                "choose fewer points, fewer generations, or replacement=True."
            )
        counts = np.rint(pooled * pool_size).astype(np.int64)
        return _hypergeometric(counts, sample_size, rng) / sample_size


def sharpened_shares(shares: Array, temperature: float) -> Array:
    """Return shares^(1/T) over their sum along the last axis, same shape; dead ones stay dead.

    Parameters
    ----------
    shares : ndarray, shape (..., K)
        Probabilities.
    temperature : float
        Above 0; below 1 it favours the common categories.
    """
    # Divided by the largest first, so that at low temperatures not everything becomes 0.
    with np.errstate(under="ignore"):
        powers = shares / shares.max(axis=-1, keepdims=True)
        alive = powers > 0.0
        powers[alive] = powers[alive] ** (1.0 / temperature)  # nearly all may be dead
        powers /= powers.sum(axis=-1, keepdims=True)
        return np.asarray(powers)


def _all_rows_equal(mean: Array) -> bool:
    if mean.strides[0] == 0:
        return True
    return bool(np.array_equal(mean[0], mean[-1]) and (mean == mean[0]).all())


def _singly(probabilities: Array, replicates: int, points: int, rng: np.random.Generator) -> Counts:
    """Draw counts point by point from one model, shape (replicates, K): quick for few points."""
    categories = probabilities.size
    ladder = np.cumsum(probabilities)
    ladder /= ladder[-1]
    drawn = np.searchsorted(ladder, rng.random((replicates, points)), side="right")
    drawn += categories * np.arange(replicates)[:, np.newaxis]
    counts = np.bincount(drawn.ravel(), minlength=replicates * categories)
    return counts.reshape(replicates, categories)


def _hypergeometric(pool: Counts, points: int, rng: np.random.Generator) -> Counts:
    """Draw ``points`` of each row's pool without replacement, shape (replicates, K).

    The categories are halved again and again, and the points of each part are divided by one
    hypergeometric number: exact, and about log2 K calls for all rows together.
    """
    levels = [pool]
    while levels[-1].shape[1] > 1:
        if levels[-1].shape[1] % 2:
            levels[-1] = np.pad(levels[-1], ((0, 0), (0, 1)))
        levels.append(levels[-1][:, 0::2] + levels[-1][:, 1::2])
    drawn: Counts = np.full((pool.shape[0], 1), points, dtype=np.int64)
    for level in reversed(levels[:-1]):
        left, right = level[:, 0::2], level[:, 1::2]
        parents = drawn[:, : left.shape[1]]
        halves = np.empty(level.shape, dtype=np.int64)
        halves[:, 0::2] = rng.hypergeometric(left, right, parents)
        halves[:, 1::2] = parents - halves[:, 0::2]
        drawn = halves
    return drawn[:, : pool.shape[1]]


def _checked(probabilities: Any) -> tuple[float, ...]:
    """Return the probabilities as floats with the sum 1, or say what is wrong with them."""
    try:
        values = check_array("probabilities", probabilities)
    except ValueError:
        values = np.empty(0)
    if values.ndim != 1 or not 1 <= values.size <= MOST_CATEGORIES:
        raise ValueError(
            f"probabilities={shown(probabilities)} is out of range: it must be one row of 1 "
            f"to {MOST_CATEGORIES:,} numbers. Give one probability per category."
        )
    # A sum of larger numbers could be beyond all numbers.
    bad = np.flatnonzero(~((values >= 0.0) & (values <= 2.0)))
    if bad.size:
        raise ValueError(
            f"probabilities[{bad[0]}]={values[bad[0]]:g} is out of range: it must be a number from "
            "0 to 1. Replace it."
        )
    total = float(values.sum())
    if abs(total - 1.0) > 1e-9:
        raise ValueError(
            f"probabilities has the sum {total:.12g}, out of range: the sum must be 1 within 1e-9. "
            "Divide each by the sum."
        )
    return tuple(_divided(values, total).tolist())


def _divided(values: Array, total: float) -> Array:
    """Divide by the sum, unless that is 1 but for rounding: dividing twice changes nothing."""
    return values if abs(total - 1.0) <= 4e-16 * values.size**0.5 + 4e-16 else values / total
