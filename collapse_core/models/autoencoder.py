"""A fitted model with a code in the middle: rows are squeezed into a few numbers and put back."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from numpy.typing import NDArray

from collapse_core.models.base import FittedModel

__all__ = ["FittedAutoencoder"]

Array = NDArray[np.float64]


class FittedAutoencoder(FittedModel):
    """A fitted model whose rows come from a few latent coordinates."""

    @abstractmethod
    def encode(self, rows: Array) -> Array:
        """Return where each row lies in latent space, shape (rows, latent).

        Parameters
        ----------
        rows : ndarray, shape (rows, dimension)
            Rows to encode. Where the model gives a distribution, its mean is returned.
        """

    @abstractmethod
    def code_deviation(self, rows: Array) -> Array:
        """Return how uncertain each row's code is: its standard deviation, shape (rows, latent).

        Parameters
        ----------
        rows : ndarray, shape (rows, dimension)
            Rows to encode.
        """

    @property
    @abstractmethod
    def output_deviation(self) -> float:
        """Standard deviation of the noise that each value of a new row gets."""

    @abstractmethod
    def decode(self, latents: Array) -> Array:
        """Return the row that each latent point stands for, shape (rows, dimension).

        Parameters
        ----------
        latents : ndarray, shape (rows, latent)
            Points in latent space. No noise is added: this is the mean of the rows.
        """
