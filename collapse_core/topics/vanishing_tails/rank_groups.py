"""Many categories by rank, with the tail binned so that a browser receives few numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["RankGroups", "rank_groups"]

Array = NDArray[np.float64]

MOST_SINGLE = 150
SINGLE_AT_THE_TOP = 50
BINS = 60


@dataclass(frozen=True, eq=False)
class RankGroups:
    """Categories ordered by the truth and cut into groups of neighbouring ranks.

    Parameters
    ----------
    order : ndarray of int, shape (kinds,)
        Categories that exist in the truth, the most frequent first.
    starts : ndarray of int, shape (groups,)
        Rank, from 0, at which each group begins.
    """

    order: NDArray[np.intp]
    starts: NDArray[np.intp]

    @property
    def kinds(self) -> int:
        """Number of categories that exist."""
        return int(self.order.size)

    @property
    def count(self) -> int:
        """Number of groups."""
        return int(self.starts.size)

    @property
    def sizes(self) -> Array:
        """Categories in each group."""
        return np.diff(np.append(self.starts, self.kinds)).astype(np.float64)

    def places(self, logarithmic: bool) -> Array:
        """Return where each group is drawn: the middle of its ranks on a logarithmic axis.

        On a linear one the groups stand side by side, so that the binned tail takes less room
        than its ranks would: see `marks`.
        """
        first, last = self.starts + 1.0, self.starts + self.sizes
        return np.sqrt(first * last) if logarithmic else np.arange(1.0, self.count + 1.0)

    def marks(self) -> tuple[list[int], list[str]]:
        """Return the places of some groups on a linear axis, with their ranks."""
        wanted = [rank for rank in (1, 25, 50, 200, 1000, 4000, 10_000) if rank <= self.kinds]
        if self.count == self.kinds:
            step = max(1, -(-self.kinds // 6))
            wanted = sorted({1, *range(step, self.kinds + 1, step)})
        places = [int(np.searchsorted(self.starts, rank - 1, side="right")) for rank in wanted]
        return places, [f"{rank:,}" for rank in wanted]

    def average(self, model: Array) -> Array:
        """Return the average probability of a category in each group, shape (groups,)."""
        return np.asarray(np.add.reduceat(model[self.order], self.starts) / self.sizes)

    def share_missing(self, model: Array, truth: Array) -> Array:
        """Return the share of each group's categories that the model lacks, shape (groups,)."""
        missing = (model[self.order] == 0.0) & (truth[self.order] > 0.0)
        return np.asarray(np.add.reduceat(missing.astype(np.float64), self.starts) / self.sizes)

    def called(self, names: Sequence[str]) -> list[str]:
        """Return a name for each group: of its category, or its ranks."""
        called = []
        for start, size in zip(self.starts.tolist(), self.sizes.tolist(), strict=True):
            if size > 1:
                called.append(f"{start + 1:,} – {start + int(size):,}")
            else:
                called.append(names[self.order[start]] if names else f"{start + 1:,}")
        return called


def rank_groups(truth: Array) -> RankGroups:
    """Return groups: single categories, or, of many, a single top and a binned tail.

    Parameters
    ----------
    truth : ndarray, shape (K,)
        Probabilities.
    """
    order = np.argsort(-truth, kind="stable")
    order = order[truth[order] > 0.0]
    kinds = order.size
    if kinds <= MOST_SINGLE:
        return RankGroups(order, np.arange(kinds))
    tail = np.geomspace(SINGLE_AT_THE_TOP, kinds, BINS + 1)[:-1].round().astype(np.intp)
    return RankGroups(order, np.unique(np.append(np.arange(SINGLE_AT_THE_TOP), tail)))
