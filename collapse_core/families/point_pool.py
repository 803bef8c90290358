"""A pool of points kept one by one, for policies that sample what was made earlier.

The average of a pool says how many of its marbles are blue, but not which numbers a pool of
Poisson counts holds. To sample such a pool its points must be kept, and memory is the limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from collapse_core.families.base import Array, Family
from collapse_core.streams import Streams

if TYPE_CHECKING:
    from collapse_core.policies import Recipe

__all__ = ["LARGEST_HYPERGEOMETRIC", "LARGEST_POOL", "PointPool", "check_budget", "fits_budget"]

LARGEST_POOL = 2 * 10**7
LARGEST_HYPERGEOMETRIC = 10**9  # points of a pool that is sampled without being kept


def fits_budget(family: Family, rows: int, recipe: Recipe, generations: int) -> bool:
    """Return whether a recipe that samples a pool can go on for so many generations."""
    if recipe.memory not in ("subsample", "resample"):
        return True
    if family.materialises_points:
        return _numbers_kept(family, rows, recipe, generations) <= LARGEST_POOL
    return recipe.memory == "resample" or recipe.synthetic * generations < LARGEST_HYPERGEOMETRIC


def check_budget(family: Family, rows: int, recipe: Recipe, generations: int) -> None:
    """Check that the pools of all replicates fit into memory.

    Raises
    ------
    ValueError
        If they would hold more than 2 * 10**7 numbers in all.
    """
    needed = _numbers_kept(family, rows, recipe, generations)
    if needed > LARGEST_POOL:
        raise ValueError(
            f"AccumulateSubsample would keep {needed:,} numbers for {type(family).__name__}, and "
            f"at most {LARGEST_POOL:,} are allowed: choose a smaller sample_size, fewer "
            "generations or fewer replicates; or use Accumulate."
        )


def _numbers_kept(family: Family, rows: int, recipe: Recipe, generations: int) -> int:
    return rows * recipe.synthetic * generations * family.coordinates


class PointPool:
    """Points of all replicates, and random samples of them.

    Parameters
    ----------
    streams : Streams
        What the samples are picked with.
    capacity : int
        Points per replicate that the pool will hold in the end.
    replacement : bool
        Whether a point can be picked twice for the same sample.
    """

    def __init__(
        self,
        streams: Streams,
        capacity: int,
        replacement: bool,
    ) -> None:
        self._streams = streams
        self._capacity = capacity
        self._replacement = replacement
        self._points: Array | None = None
        self._size = 0

    def add(self, points: Array) -> None:
        """Add points, shape (replicates, count) or (replicates, count, coordinates)."""
        if self._points is None:
            self._points = np.empty((points.shape[0], self._capacity, *points.shape[2:]))
        size = self._size + points.shape[1]
        self._points[:, self._size : size] = points
        self._size = size

    def sample(self, count: int) -> Array:
        """Return ``count`` points of every replicate's pool, picked at random.

        Raises
        ------
        ValueError
            If more points are asked for, without replacement, than the pool holds.
        """
        if self._points is None or (count > self._size and not self._replacement):
            raise ValueError(
                f"count={count} is out of range: the pool holds {self._size} points. "
                "Choose that many or fewer."
            )
        if self._replacement:
            chosen = self._integers(0, count)
            index = chosen.reshape(*chosen.shape, *(1,) * (self._points.ndim - 2))
            return np.take_along_axis(self._points, index, axis=1)
        if count < self._size:
            self._shuffle_front(count)
        return self._points[:, :count]

    def _shuffle_front(self, count: int) -> None:
        """Bring a uniform sample to the front: the first steps of a Fisher-Yates shuffle.

        The order of a pool means nothing, so its points may be swapped where they are.
        """
        assert self._points is not None
        chosen = self._integers(np.arange(count), count)
        rows = np.arange(chosen.shape[0])
        for place in range(count):
            picked = chosen[:, place]
            kept = self._points[rows, picked]
            self._points[rows, picked] = self._points[:, place]
            self._points[:, place] = kept

    def _integers(self, low: int | NDArray[np.int64], count: int) -> NDArray[np.int64]:
        """Return places in the pool from ``low`` on, each block's from its own stream."""
        picked = [
            stream.integers(low, self._size, size=(rows.stop - rows.start, count))
            for rows, stream in self._streams.for_a_draw()
        ]
        return np.concatenate(picked)
