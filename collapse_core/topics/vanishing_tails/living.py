"""Vanishing tails: the models of all runs, kept without their dead categories."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.topics.vanishing_tails.measures import Models

__all__ = ["Living"]

Array = NDArray[np.float64]

MOST_KEPT = 4_000_000  # probabilities kept so as not to run twice: 40 MB


class Living:
    """Keeps all runs without their dead categories, until that would be too much.

    Parameters
    ----------
    truth : ndarray, shape (K,)
        Probabilities of the truth.
    """

    def __init__(self, truth: Array) -> None:
        self._truth = truth
        self._pages: list[tuple[NDArray[np.intp], Array, NDArray[np.int16]]] | None = []
        self._kept = 0

    def keep(self, models: Models) -> None:
        """Keep one more generation."""
        self._kept += models.category.size
        if self._pages is None or self._kept > MOST_KEPT:
            self._pages = None
            return
        places = models.category.astype(np.int16)  # enough for 10,000 categories
        self._pages.append((models.ends, models.probability, places))

    def run(self, number: int, generations: int) -> Array | None:
        """Return the beginning of one run, shape (generations + 1, K), or None if not kept."""
        if self._pages is None:
            return None
        whole = np.zeros((generations + 1, self._truth.size))
        whole[0] = self._truth
        for row, (ends, values, places) in zip(whole[1:], self._pages, strict=False):
            own = slice(ends[number], ends[number + 1])
            row[places[own]] = values[own]
        return whole
