"""The Frechet distance of normal laws, of one pair or of many at once, never complex.

|m1 - m2|^2 + tr S1 + tr S2 - 2 |F1' F2|, where S = F F' and | | is the nuclear norm, the sum of
singular values: the same for every such F, the square root of S among them. Nothing is multiplied
out before its root is taken, so singular covariances keep their digits.

Source: Dowson and Landau 1982, Journal of Multivariate Analysis 12, 450; the nuclear norm is that
of the fidelity of two states, Uhlmann 1976, Reports on Mathematical Physics 9, 273.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Factored", "factored", "gaussian_distances"]

Array = NDArray[np.float64]


class Factored(NamedTuple):
    """Covariances taken apart: a factor F with S = F F', and the eigenvalues, none below 0."""

    factor: Array
    values: Array


def factored(covariances: Array) -> Factored:
    """Return factors, shape (..., d, d), and eigenvalues, shape (..., d), of covariances."""
    values, vectors = np.linalg.eigh(covariances)
    values = np.maximum(values, 0.0)
    return Factored(vectors * np.sqrt(values)[..., np.newaxis, :], values)


def gaussian_distances(mean1: Array, one: Factored, mean2: Array, other: Factored) -> Array:
    """Return the squared distances of normal laws, shape (...).

    Parameters
    ----------
    mean1, mean2 : ndarray, shape (..., d)
        Their means.
    one, other : Factored
        Their covariances, taken apart.
    """
    across = np.swapaxes(one.factor, -1, -2) @ other.factor
    overlap = np.linalg.svd(across, compute_uv=False).sum(axis=-1)
    apart = np.square(mean1 - mean2).sum(axis=-1)
    traces = one.values.sum(axis=-1) + other.values.sum(axis=-1)
    return np.asarray(np.maximum(apart + traces - 2.0 * overlap, 0.0))
