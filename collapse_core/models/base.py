"""What a model has to offer to stand in the loop: fit rows, make new rows, judge rows.

A *row* is one training example along the first axis of an array: a point, an image, a sentence.
The fast families know their model through a few averages; the models here see every row.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.sources import Rows

__all__ = ["FittedModel", "Model", "Report", "Rows", "no_report"]

Array = NDArray[np.float64]
Report = Callable[[float], None]


def no_report(share: float) -> None:
    """Hear how much of the work is done, 0 to 1, and do nothing."""


class FittedModel(ABC):
    """A model after its fit. It never changes, and it holds no random numbers of its own."""

    @abstractmethod
    def sample(self, count: int, rng: np.random.Generator) -> Rows:
        """Return rows that the model makes.

        Parameters
        ----------
        count : int
            How many points (how many words, for a language model), at least 1.
        rng : numpy.random.Generator
            Where the random numbers come from: the same state gives the same rows.
        """

    @abstractmethod
    def log_density(self, rows: Rows) -> Array:
        """Return the natural logarithm of the model's density at each row, shape (rows,).

        It is minus infinity where the model says that a row is impossible; a class says so if its
        value is an estimate or a bound.
        """


class Model(ABC):
    """A kind of model with its settings: a frozen dataclass of numbers and short texts.

    Its ``repr`` names every setting, because results are kept by it.
    """

    @abstractmethod
    def fit(self, rows: Rows, rng: np.random.Generator, report: Report = no_report) -> FittedModel:
        """Return the model fitted to rows.

        Parameters
        ----------
        rows : ndarray
            One training example per row, at least one. Degenerate rows (all equal, fewer than the
            model has parts) are no error: collapse is a result.
        rng : numpy.random.Generator
            Random numbers for starts and batches.
        report : callable
            Is told from time to time how much of the fit is done, 0 to 1. It may raise to stop the
            fit.

        Raises
        ------
        ValueError
            If there is no row, or a value is not finite.
        """
