"""Three sources of error, each with its own switch, for a model of K categories.

A generation can lose its tail in three ways (Shumailov et al., Nature 2024, who call them
statistical, functional and approximation error): the sample is finite and misses rare categories;
the sampler favours what is common; the model is too simple to hold what is rare. Finite sampling
is always at work in `Categorical`, and a temperature is a number of the loop. The others are here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collapse_core.checks import check_number, check_switch, check_whole_number
from collapse_core.families.base import Array
from collapse_core.families.categorical import Categorical

__all__ = ["LimitedCategorical"]

LARGEST_COUNT = 10**12
SMALLEST_TOP_P = 1e-9  # far above the rounding of a sum of probabilities


@dataclass(frozen=True)
class LimitedCategorical(Categorical):
    """Categories with a sampler that cuts the tail, or a model that cannot hold it.

    With all switches at their defaults it is `Categorical`, number for number.

    Parameters
    ----------
    probabilities : tuple of float
        As for `Categorical`.
    top_p : float
        1e-9 to 1. The model is sampled only from its most likely categories, as few as it
        takes to reach this total; 1 for all. The first data set is cut too, but no real point that
        a policy adds. (Nucleus sampling: Holtzman et al. 2020.)
    minimum_count : int
        A category seen fewer times in a training set is dropped by the fit and the rest divided by
        their sum; 1 for none. If all were dropped, the most likely one stays. With a prior the
        count is the share times the number of real and synthetic points.
    infinite_data : bool
        True: each training set has the model's own probabilities, as an infinite sample would,
        so that the other two errors are seen alone. ``minimum_count`` then is compared with the
        count expected in ``sample_size`` points. Nothing is random: one replicate is enough.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    """

    top_p: float = 1.0
    minimum_count: int = 1
    infinite_data: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        top_p = check_number("top_p", self.top_p, 0.0, 1.0)
        if top_p < SMALLEST_TOP_P:
            raise ValueError(
                f"top_p={top_p!r} is out of range: it must be above 0, from {SMALLEST_TOP_P:g} to "
                "1. Choose for example 0.9, or 1 for no cut."
            )
        count = check_whole_number("minimum_count", self.minimum_count, 1, LARGEST_COUNT)
        object.__setattr__(self, "top_p", top_p)
        object.__setattr__(self, "minimum_count", count)
        infinite_data = check_switch("infinite_data", self.infinite_data)
        object.__setattr__(self, "infinite_data", infinite_data)

    @property
    def replicate_block(self) -> int:
        """As for `Categorical`; 1 where nothing is random."""
        return 1 if self.infinite_data else super().replicate_block

    @property
    def limited(self) -> bool:
        """Whether any switch differs from its default, so that no exact law is known."""
        return self.top_p < 1.0 or self.minimum_count > 1 or self.infinite_data

    def sampled_from(self, state: Array, temperature: float) -> Array:
        """Return what points are drawn from: the model sharpened, then cut to its top."""
        sharpened = super().sampled_from(state, temperature)
        return sharpened if self.top_p == 1.0 else _most_likely(sharpened, self.top_p)

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw frequencies among ``sample_size`` points; with infinite data, the model's own."""
        return mean if self.infinite_data else super().draw_average(mean, sample_size, rng)

    def subsample(
        self,
        pooled: Array,
        pool_size: int,
        sample_size: int,
        replacement: bool,
        rng: np.random.Generator,
    ) -> Array:
        """Draw frequencies in a sample of the pool; with infinite data, the pool's own."""
        if self.infinite_data:
            return pooled
        return super().subsample(pooled, pool_size, sample_size, replacement, rng)

    def fit(self, average: Array, points: float) -> Array:
        """Return the frequencies without the categories that were seen too seldom."""
        if self.minimum_count == 1:
            return average
        # An average of whole counts may fall short of count / points by rounding.
        seldom = average * points < self.minimum_count * (1.0 - 1e-9)
        if not seldom.any():
            return average
        kept = np.where(seldom, 0.0, average)
        empty = ~kept.any(axis=-1)
        if empty.any():
            rows = np.flatnonzero(empty)
            kept[rows, average[rows].argmax(axis=-1)] = 1.0
        return np.asarray(kept / kept.sum(axis=-1, keepdims=True))


def _most_likely(mean: Array, top_p: float) -> Array:
    """Return the models cut to their most likely categories, with the sum 1 again.

    Of categories level with each other those that come first in order are kept.
    """
    alive = np.flatnonzero(mean.any(axis=0))
    model = mean[:, alive]
    order = np.argsort(-model, axis=1, kind="stable")
    ordered = np.take_along_axis(model, order, axis=1)
    before = np.cumsum(ordered, axis=1) - ordered
    before[:, 0] = 0.0  # the most likely one stays, whatever rounding says
    ordered[before >= top_p - 1e-12] = 0.0
    ordered /= ordered.sum(axis=1, keepdims=True)
    np.put_along_axis(model, order, ordered, axis=1)
    cut = np.zeros(mean.shape)
    cut[:, alive] = model
    return cut
