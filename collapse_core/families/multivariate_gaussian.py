"""A Gaussian in many dimensions whose mean is known to be 0: its covariance is fitted.

The sum of x x^T over n points is a Wishart matrix. By Bartlett's decomposition (Muirhead 1982,
theorem 3.2.14) it is L A A^T L^T, where L L^T is the covariance and A is lower triangular with
normal numbers below the diagonal and the roots of chi-square numbers on it. So one generation
multiplies the triangular factor L by A / sqrt(n). Carrying the factor, and not the covariance,
keeps directions whose variance has fallen to 1e-200 of the largest; in the covariance itself they
are rounded away at 1e-16.

With fewer points than dimensions A has only n columns: the model loses dimensions in one step,
which is a result. A fitted mean costs one point: with it, n points act like n - 1 here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from collapse_core.checks import check_array, check_number, check_whole_number, shown
from collapse_core.families.base import Array, Family

__all__ = ["MultivariateGaussian", "packed", "unpacked"]

MOST_DIMENSIONS = 20
LARGEST_FACTOR = 1e150


def packed(covariance: Array) -> Array:
    """Return the lower triangle of symmetric matrices, row by row: (..., d (d + 1) / 2)."""
    rows, columns = np.tril_indices(covariance.shape[-1])
    return covariance[..., rows, columns]


def unpacked(triangle: Array) -> Array:
    """Return symmetric matrices from their lower triangles: the inverse of `packed`."""
    dimension = _dimension(triangle.shape[-1])
    rows, columns = np.tril_indices(dimension)
    full = np.empty((*triangle.shape[:-1], dimension, dimension))
    full[..., rows, columns] = triangle
    full[..., columns, rows] = triangle
    return full


def _dimension(entries: int) -> int:
    return (math.isqrt(8 * entries + 1) - 1) // 2


@dataclass(frozen=True)
class MultivariateGaussian(Family):
    """Points in up to 20 dimensions around a known mean of 0; the covariance is fitted.

    The mean parameter is the lower triangle of the covariance, row by row, of length
    d (d + 1) / 2; `covariance_of` makes a matrix of it. The fit is maximum likelihood, the
    average of x x^T. Only as many directions as points survive a fit.

    Parameters
    ----------
    covariance : tuple of tuple of float
        Covariance of the truth, symmetric, without negative eigenvalues; at most 20 by 20.

    Raises
    ------
    ValueError
        If it is not such a matrix.
    """

    covariance: tuple[tuple[float, ...], ...]

    materialises_points: ClassVar[bool] = True
    lowest: ClassVar[float] = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "covariance", _checked(self.covariance))

    @classmethod
    def isotropic(cls, dimension: int, variance: float = 1.0) -> MultivariateGaussian:
        """Return a truth with the same variance in every direction.

        Raises
        ------
        ValueError
            If the dimension is not 1 to 20, or the variance is negative.
        """
        dimension = check_whole_number("dimension", dimension, 1, MOST_DIMENSIONS)
        variance = check_number("variance", variance, 0.0)
        matrix = (variance * np.eye(dimension)).tolist()
        return cls(tuple(tuple(row) for row in matrix))

    @property
    def coordinates(self) -> int:
        """Numbers that make up one point: the dimension d."""
        return len(self.covariance)

    @property
    def truth(self) -> Array:
        """Lower triangle of the true covariance, shape (d (d + 1) / 2,)."""
        return packed(np.array(self.covariance))

    @property
    def boundary(self) -> str:
        """One sentence: which boundary typical runs fall to."""
        return "One direction after another dies; in the end the last one sinks towards 0 too."

    def contains(self, mean: Array) -> bool:
        """Return whether this is the lower triangle of a covariance of the same dimension."""
        if mean.shape != self.truth.shape or not np.isfinite(mean).all():
            return False
        return _without_negative_eigenvalues(unpacked(mean))

    def state_of(self, mean: Array) -> Array:
        """Return a triangular factor L, shape (..., d, d), with L L^T the covariance."""
        values, vectors = np.linalg.eigh(unpacked(mean))
        root = vectors * np.sqrt(np.maximum(values, 0.0))[..., None, :]
        return _triangular(root)

    def mean_of(self, state: Array) -> Array:
        """Return the lower triangle of L L^T."""
        with np.errstate(under="ignore"):
            return packed(state @ np.swapaxes(state, -1, -2))

    def covariance_of(self, mean: Array) -> Array:
        """Return covariance matrices, shape (..., d, d), from mean parameters."""
        return unpacked(np.asarray(mean))

    def variance(self, mean: Array) -> Array:
        """Return the total variance: the trace of the covariance."""
        diagonal = [i * (i + 3) // 2 for i in range(self.coordinates)]
        return np.asarray(np.asarray(mean)[..., diagonal].sum(axis=-1))

    def effective_rank(self, mean: Array) -> Array:
        """Return (tr S)^2 / tr S^2: d for a ball, 1 for a line, NaN for a single point."""
        matrix = unpacked(np.asarray(mean))
        trace = np.trace(matrix, axis1=-2, axis2=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            scaled = matrix / trace[..., None, None]
            return np.asarray(1.0 / np.square(scaled).sum(axis=(-2, -1)))

    def log_eigenvalues(self, state: Array) -> Array:
        """Return the logarithms of the eigenvalues of the covariance, largest first.

        Parameters
        ----------
        state : ndarray, shape (..., d, d)
            Factors, as `ClosedLoop.states` yields them. From the covariances that
            `ClosedLoop.iterate` yields, eigenvalues below 1e-16 of the largest cannot be known.

        Returns
        -------
        ndarray, shape (..., d)
            -inf for a direction that is lost. Where sets of points are pooled, eigenvalues below
            1e-30 of the largest are rounding errors; without pooling all their digits count.
        """
        norms = np.linalg.norm(state, axis=-2)
        order = np.argsort(-norms, axis=-1)
        graded = np.take_along_axis(state, order[..., None, :], axis=-1)
        # Two rounds of QR grade rows and columns, after which small values keep their digits.
        factor = _triangular(_triangular(np.swapaxes(graded, -1, -2)).swapaxes(-1, -2))
        with np.errstate(divide="ignore"):
            return np.asarray(2.0 * np.log(np.linalg.svd(factor, compute_uv=False)))

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw the factor of an average of x x^T over n points: L A / sqrt(n)."""
        bartlett = _bartlett(mean.shape[0], mean.shape[-1], sample_size, rng)
        with np.errstate(under="ignore"):
            return np.asarray(mean @ bartlett)

    def draw_points(self, state: Array, count: int, rng: np.random.Generator) -> Array:
        """Draw points one by one, shape (replicates, count, d)."""
        noise = rng.standard_normal((state.shape[0], count, state.shape[-1]))
        with np.errstate(under="ignore"):
            return np.asarray(noise @ np.swapaxes(state, -1, -2))

    def average(self, points: Array) -> Array:
        """Return the factor of the average of x x^T over axis 1."""
        return _triangular(np.swapaxes(points, -1, -2) / np.sqrt(points.shape[1]))

    def pool(self, parts: Sequence[tuple[float, Array]]) -> Array:
        """Return the factor of a weighted average of covariances.

        The factors are put side by side and made triangular again by orthogonal rotations, so
        the covariance, in which small directions drown, is never formed.
        """
        total = sum(weight for weight, _ in parts)
        scaled = [np.sqrt(weight / total) * part for weight, part in parts if weight > 0]
        return _triangular(np.concatenate(scaled, axis=-1))

    def sharpen(self, mean: Array, temperature: float) -> Array:
        """Return sqrt(T) L: p(x)^(1/T) is normal with T times the covariance.

        A factor stops growing at 1e150, a variance at 1e300.
        """
        warmer = mean * np.sqrt(temperature)
        return np.asarray(np.clip(warmer, -LARGEST_FACTOR, LARGEST_FACTOR))


def _bartlett(replicates: int, dimension: int, sample_size: int, rng: np.random.Generator) -> Array:
    """Return lower triangular A / sqrt(n) with A A^T a standard Wishart matrix of n points."""
    factor = np.zeros((replicates, dimension, dimension))
    rows, columns = np.tril_indices(dimension, -1)
    factor[:, rows, columns] = rng.standard_normal((replicates, rows.size))
    kept = min(sample_size, dimension)
    freedom = sample_size - np.arange(kept)
    diagonal = np.arange(kept)
    squares = rng.chisquare(freedom, size=(replicates, kept))
    factor[:, diagonal, diagonal] = np.sqrt(squares)
    # Fewer points than dimensions: only the first n columns exist.
    factor[:, :, kept:] = 0.0
    factor /= np.sqrt(sample_size)
    return factor


def _triangular(factor: Array) -> Array:
    """Return lower triangular L, shape (..., d, d), with L L^T = factor factor^T."""
    dimension = factor.shape[-2]
    missing = dimension - factor.shape[-1]
    if missing > 0:
        empty = np.zeros((*factor.shape[:-1], missing))
        factor = np.concatenate([factor, empty], axis=-1)
    with np.errstate(under="ignore"):
        upper = np.asarray(np.linalg.qr(np.swapaxes(factor, -1, -2), mode="r"))
    return np.swapaxes(upper, -1, -2)


def _checked(covariance: Any) -> tuple[tuple[float, ...], ...]:
    """Return the covariance as tuples of floats, or say what is wrong with it."""
    try:
        matrix = check_array("covariance", covariance)
    except ValueError:
        matrix = np.empty(0)
    square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1]
    if not (square and 1 <= matrix.shape[0] <= MOST_DIMENSIONS and np.isfinite(matrix).all()):
        raise ValueError(
            f"covariance={shown(covariance)} is no square matrix of finite numbers with 1 to "
            f"{MOST_DIMENSIONS} rows: give rows of equal length, for example ((1, 0), (0, 2))."
        )
    if np.abs(matrix).max() > 1e12:
        raise ValueError("covariance has an entry beyond 1e12, the largest allowed: rescale it.")
    if not (np.array_equal(matrix, matrix.T) and _without_negative_eigenvalues(matrix)):
        raise ValueError(
            f"covariance={covariance!r} must be symmetric, without negative eigenvalues: "
            "make it so, for example as A A^T."
        )
    return tuple(tuple(row) for row in (matrix + 0.0).tolist())


def _without_negative_eigenvalues(matrix: Array) -> bool:
    values = np.linalg.eigvalsh(matrix)
    return bool(values.min() >= -1e-12 * max(float(np.abs(values).max()), 1e-300))
