"""Models of K categories without the dead ones, which are most of them after a few generations.

The counts of a sample are multinomial, and NumPy draws them category by category. A dead one takes
no random number, but it takes time: a thousand categories of which twenty are left cost nearly as
much as a thousand. Here the living ones stand side by side, and the draws are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.families.base import Array

__all__ = ["MOSTLY_ALIVE", "Counts", "LivingCategories", "multinomial"]

MOSTLY_ALIVE = 0.7  # share of the categories beyond which the last one is K, dead or alive

Counts = NDArray[np.int64]
Places = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class LivingCategories:
    """The models of several runs: row after row, end to end.

    Parameters
    ----------
    probability : ndarray, shape (living,)
        Probabilities above 0, in the order of the categories in each run.
    category : ndarray of int, shape (living,)
        Whose they are.
    ends : ndarray of int, shape (replicates + 1,)
        Run i has the entries from ``ends[i]`` to ``ends[i + 1]``.
    categories : int
        Number K of categories, the dead ones included.
    """

    probability: Array
    category: Places
    ends: Places
    categories: int

    @classmethod
    def of(cls, mean: Array) -> LivingCategories:
        """Return the models, shape (replicates, K), without their dead categories."""
        replicates, categories = mean.shape
        places = np.flatnonzero(mean != 0.0)
        ends = np.searchsorted(places, categories * np.arange(replicates + 1))
        category = places - np.repeat(categories * np.arange(replicates), np.diff(ends))
        return cls(mean.ravel()[places], category, ends, categories)

    @classmethod
    def joined(cls, parts: Sequence[LivingCategories]) -> LivingCategories:
        """Return the runs of several blocks as one."""
        if len(parts) == 1:
            return parts[0]
        before = np.cumsum([0, *(part.ends[-1] for part in parts)])
        ends = [part.ends[1:] + start for part, start in zip(parts, before[:-1], strict=True)]
        return cls(
            np.concatenate([part.probability for part in parts]),
            np.concatenate([part.category for part in parts]),
            np.concatenate([before[:1], *ends]),
            parts[0].categories,
        )

    @property
    def replicates(self) -> int:
        """Number of runs."""
        return self.ends.size - 1

    @property
    def alive(self) -> Places:
        """How many categories each run has left, shape (replicates,)."""
        return np.diff(self.ends)

    def first(self, replicates: int) -> LivingCategories:
        """Return the first runs, as views."""
        last = self.ends[replicates]
        kept = self.probability[:last], self.category[:last], self.ends[: replicates + 1]
        return LivingCategories(*kept, self.categories)

    def full(self) -> Array:
        """Return the models with their dead categories, shape (replicates, K)."""
        mean = np.zeros((self.replicates, self.categories))
        starts = self.categories * np.arange(self.replicates)
        mean.ravel()[self.category + np.repeat(starts, self.alive)] = self.probability
        return mean

    def total(self, values: Array) -> Array:
        """Return the sum over each model's living categories; every model has at least one."""
        return np.asarray(np.add.reduceat(values, self.ends[:-1]))

    def most_likely(self) -> Places:
        """Return each model's most likely category; of ones level with each other the first."""
        largest = np.maximum.reduceat(self.probability, self.ends[:-1])
        places = np.flatnonzero(self.probability == np.repeat(largest, self.alive))
        first = places[np.searchsorted(places, self.ends[:-1])]
        return np.asarray(self.category[first], dtype=np.intp)

    def drawn(self, points: int, rng: np.random.Generator) -> LivingCategories:
        """Draw the frequencies among ``points`` points of each model.

        These are the numbers that the full models would draw, with all columns that are dead in
        every run left out once more than three tenths of them are.
        """
        alive, last = self.alive, self._last_column()
        # NumPy draws no number for the last column. So a run ends there only if it has that one.
        short = self.category[self.ends[1:] - 1] != last
        width = int((alive + short).max())
        starts = width * np.arange(1, self.replicates + 1) - short - self.ends[1:]
        places = np.arange(self.category.size) + np.repeat(starts, alive)
        packed = np.zeros((self.replicates, width))
        packed.ravel()[places] = self.probability
        category = np.empty(packed.size, dtype=np.intp)
        category[places] = self.category
        counts = multinomial(packed, points, rng).ravel()
        drawn = np.flatnonzero(counts != 0)
        ends = np.searchsorted(drawn, width * np.arange(self.replicates + 1))
        return LivingCategories(counts[drawn] / points, category[drawn], ends, self.categories)

    def _last_column(self) -> int:
        seen = np.bincount(self.category, minlength=self.categories)
        mostly = np.count_nonzero(seen) > MOSTLY_ALIVE * self.categories
        return self.categories - 1 if mostly else int(np.flatnonzero(seen)[-1])


def multinomial(mean: Array, points: int, rng: np.random.Generator) -> Counts:
    """Draw multinomial counts, shape (replicates, K), never for a category of probability 0."""
    counts = rng.multinomial(points, mean)
    # NumPy gives the last category what is left over, and rounding may leave a point to a dead
    # one (about once in 1e16 points): it goes to the most likely category.
    revived = np.flatnonzero((mean[:, -1] == 0.0) & (counts[:, -1] > 0))
    for row in revived:
        counts[row, mean[row].argmax()] += counts[row, -1]
        counts[row, -1] = 0
    return counts
