"""What items are about: what every content can do.

Each model is a row of numbers, and each content knows how to draw what a whole crawl adds up to at
once (a binomial, a multinomial, a normal and a chi-square), never item by item. Of all three the
variance of an item is a quadratic of the mean with leading coefficient -1, and so the expected
diversity in units of the truth's is the same for all: see `theory.mixed_generations`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

__all__ = ["Content", "Counts", "Draws"]

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
Draws = np.random.Generator


class Content(ABC):
    """What items are about. Models are arrays (..., parameters).

    Attributes
    ----------
    truth : ndarray, shape (parameters,)
        What humans write.
    group : float
        Share in the truth of the group that is followed.
    """

    truth: Array
    group: float

    @abstractmethod
    def published(self, models: Array, temperature: float) -> Array:
        """Return what models publish at a temperature, the same shape."""

    @abstractmethod
    def drawn(self, rng: Draws, human: Counts, made: Counts, parts: Array, models: Array) -> Array:
        """Return what crawls add up to, shape (runs, totals).

        Parameters
        ----------
        human, made : ndarray, shape (runs,)
            Human and synthetic items in each.
        parts : ndarray, shape (generations,)
            Shares of the generations among the synthetic items; all 0 where there are none.
        models : ndarray, shape (runs, generations, parameters)
            What they publish.
        """

    @abstractmethod
    def fitted(self, totals: Array, size: int) -> Array:
        """Return the models that are fitted to totals of so many items, shape (runs, parameters).

        By maximum likelihood.
        """

    @abstractmethod
    def diversity(self, models: Array) -> Array:
        """Return the variance of an item over that of the truth, shape (...)."""

    @abstractmethod
    def group_share(self, models: Array) -> Array:
        """Return which share of its items a model gives to the group, shape (...)."""

    @abstractmethod
    def mean(self, models: Array) -> Array:
        """Return the expected statistic, linear in mixtures, shape (..., coordinates)."""

    def error(self, models: Array, others: Array) -> Array:
        """Return the squared distance of expected statistics in units of V*, shape (...)."""
        apart = self.mean(models) - others
        return np.asarray((apart**2).sum(axis=-1) / self._scale)

    @property
    def group_variance(self) -> float:
        """Variance of "belongs to the group" in the truth."""
        return self.group * (1.0 - self.group)

    @property
    def exact_group(self) -> bool:
        """Whether the group's share is linear in mixtures, so that its law is known."""
        return True

    @property
    @abstractmethod
    def _scale(self) -> float:
        """The truth's variance V*."""
