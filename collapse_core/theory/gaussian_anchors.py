"""Where a Gaussian refitted to its own samples and a few real points settles.

The pooled sum of squares splits into the squares within the synthetic points, within the real
points, and between the two groups' means. Averaged, (E mu^2, E s2) therefore obeys a linear
recursion, and the loop settles. Maximum likelihood with fresh anchors gives exactly the
two-colour numbers, E mu^2 + E s2 staying 1. Two surprises: one fixed real point saves nothing
(everything ends on that point), and the "unbiased" divisor overshoots: with one fresh anchor the
average variance ends at twice the truth.

The truth is N(0, 1). Everything here is exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import FloatArray, check_fit_size, check_positive, check_whole_number


@dataclass(frozen=True)
class GaussianMoments:
    """Averages over replicates in the end, arrays of shape ``()``.

    Attributes
    ----------
    variance_of_mean
        E mu^2, the scatter of the fitted mean around the true one (fixed anchors: averaged over
        their draw).
    expected_variance
        E s2, the spread inside a model; 1 for the truth.
    """

    variance_of_mean: NDArray[np.float64]
    expected_variance: NDArray[np.float64]


def _linear_system(
    n: int, k: int, unbiased: bool, scale: float, fresh: bool
) -> tuple[FloatArray, FloatArray]:
    """Restoring matrix R and constant g of ``z' = z - R z + g``, z = (E mu^2, E s2, E mu ybar).

    R is written without cancellation, as its entries are tiny when n is large. ybar is the mean
    of FIXED anchors; fresh ones are independent of mu, and the last entry of z stays 0.
    """
    total = n + k
    a, b = n / total, k / total
    between = n * k / total
    divisor = total - 1 if unbiased else total
    kept = 0.0 if fresh else 1.0
    restoring = np.array(
        [
            [b * (1 + a), -a * a * scale / n, -2 * a * b * kept],
            [
                -between / divisor,
                (divisor - (n - 1) * scale - b * scale) / divisor,
                2 * between / divisor * kept,
            ],
            [0.0, 0.0, b],
        ]
    )
    # k - 1 squares within the real points, and n/N from the scatter of their mean.
    source = np.array([b / total, (k - 1 + a) / divisor, kept / total])
    return restoring, source


def _check_arguments(sample_size: int, count: int, unbiased: bool) -> tuple[int, int]:
    n, k = check_whole_number("sample_size", sample_size, 1), check_whole_number("count", count, 0)
    if k == 0:
        check_fit_size(n, unbiased=unbiased)
    return n, k


def stationary_anchored_moments(
    sample_size: int,
    count: int,
    *,
    fresh: bool = True,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> GaussianMoments:
    """E mu^2 and E s2 in the end, with ``count`` real points in every training set. Exact.

    Arrays of shape ``()``. ``unbiased`` divides by n + k - 1. Maximum likelihood, fresh: ``E mu^2 =
    (n+k)/(k^2 + 2nk + n)`` and ``E s2 = k (k + 2n - 1) / (k^2 + 2nk + n)``. Fixed: ``E s2 =
    (k-1)/(k + 1 - k/N - n^2/(N (2n + k)))``. Moments without bound are inf. The way there is in
    ``gaussian_mixing``.

    Source: derived for this project.
    """
    n, k = _check_arguments(sample_size, count, unbiased)
    scale = check_positive("variance_scale", variance_scale)
    if k == 0:
        return _replacement_limit(n, unbiased, scale)
    restoring, source = _linear_system(n, k, unbiased, scale, fresh)
    if np.min(np.linalg.eigvals(restoring).real) <= 0:  # the largest multiplier is real
        return GaussianMoments(np.array(math.inf), np.array(math.inf))
    mean_square, variance, _ = np.linalg.solve(restoring, source)
    return GaussianMoments(np.array(mean_square), np.array(max(variance, 0.0)))


def _replacement_limit(n: int, unbiased: bool, scale: float) -> GaussianMoments:
    """No anchors: the variance dies, stands still or explodes; the mean sums what it leaves."""
    ratio = scale * (1.0 if unbiased else (n - 1) / n)
    if ratio < 1:
        return GaussianMoments(np.array(scale / n / (1 - ratio)), np.array(0.0))
    return GaussianMoments(np.array(math.inf), np.array(1.0 if ratio == 1 else math.inf))


def fresh_anchor_variance_spread(
    sample_size: int, count: int, *, unbiased: bool = False, variance_scale: float = 1.0
) -> float:
    """Standard deviation of s2 across replicates, in the end, with fresh anchors. Exact.

    From the closed system of (E mu^2, E s2, E mu^4, E mu^2 s2, E s2^2); inf where the fourth
    moments have no bound. With one anchor it is 0.94 at n = 100: as large as s2 itself.

    ``count`` is at least 1: without anchors there is no stationary spread.

    Source: derived for this project.
    """
    n, k = check_whole_number("sample_size", sample_size, 1), check_whole_number("count", count, 1)
    scale = check_positive("variance_scale", variance_scale)
    system = _fourth_moment_system(n, k, unbiased, scale)
    source, matrix = system[:, 0], system[:, 1:]
    if np.max(np.abs(np.linalg.eigvals(matrix))) >= 1:
        return math.inf
    moments = np.linalg.solve(np.eye(5) - matrix, source)
    return math.sqrt(max(moments[4] - moments[1] ** 2, 0.0))


def _fourth_moment_system(n: int, k: int, unbiased: bool, scale: float) -> FloatArray:
    """Rows: next (mu^2, s2, mu^4, mu^2 s2, s2^2). Columns: 1 and the same five now.

    Given (mu, s2), mu' and the gap between the two groups' means are jointly normal, and the
    squares within the groups are independent chi-squares: every row is a polynomial, of degree
    at most two in u = mu^2 and v = s2. A linear one is held as its coefficients of (1, u, v).
    """
    total = n + k
    a, b, between = n / total, k / total, n * k / total
    divisor = total - 1 if unbiased else total
    one, u, v = np.eye(3)
    sampling = scale * v / n
    mean_noise = a * a * sampling + b * b / k * one
    gap_noise = sampling + one / k
    shared = a * sampling - b / k * one
    within = (n - 1) * scale * v + (k - 1) * one
    mean_square, squares = a * a * u + mean_noise, within + between * (u + gap_noise)
    mixed = _joint_square((a, 1.0), mean_noise, gap_noise, shared)
    gap_fourth = _joint_square((1.0, 1.0), gap_noise, gap_noise, gap_noise)
    chi_square_noise = 2 * (n - 1) * scale**2 * _product(v, v) + 2 * (k - 1) * _product(one, one)
    square_of_squares = (
        _product(within, within)
        + chi_square_noise
        + 2 * between * _product(within, u + gap_noise)
        + between**2 * gap_fourth
    )
    return np.array(
        [
            _product(mean_square, one),
            _product(squares, one) / divisor,
            _joint_square((a, a), mean_noise, mean_noise, mean_noise),
            (_product(mean_square, within) + between * mixed) / divisor,
            square_of_squares / divisor**2,
        ]
    )


def _joint_square(
    slopes: tuple[float, float], first: FloatArray, second: FloatArray, shared: FloatArray
) -> FloatArray:
    """E X^2 Y^2 for jointly normal X, Y with means ``slope * mu``: Isserlis' theorem.

    ``first``, ``second`` and ``shared`` are their variances and covariance.
    """
    alpha, beta = slopes
    u = np.array([0.0, 1.0, 0.0])
    return (
        _product(alpha * alpha * u + first, beta * beta * u + second)
        + 2 * _product(shared, shared)
        + 4 * alpha * beta * _product(u, shared)
    )


def _product(left: FloatArray, right: FloatArray) -> FloatArray:
    """Product of two polynomials in (1, u, v), as coefficients of (1, u, v, u^2, uv, v^2)."""
    outer = np.outer(left, right)
    outer = outer + outer.T
    return np.array(
        [outer[0, 0] / 2, outer[0, 1], outer[0, 2], outer[1, 1] / 2, outer[1, 2], outer[2, 2] / 2]
    )
