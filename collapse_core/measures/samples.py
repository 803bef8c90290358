"""How a sample that a model made differs from a real one: measures, each with its source.

None of them is the truth. The measures by neighbours are in `collapse_core.measures.neighbours`:
coverage sees what is forgotten and not what is invented; precision the reverse. The Frechet
distance sees the first two moments only; the likelihood punishes one missing place more than a
thousand blurred points.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_made, check_numbers, check_whole_number
from collapse_core.measures.frechet import factored, gaussian_distances
from collapse_core.models.principal_axes import centred, check_rows

__all__ = [
    "HELD_SHARE",
    "LEAST_LOG_LIKELIHOOD",
    "Moments",
    "effective_rank",
    "frechet_distance",
    "frechet_of_chance",
    "held_modes",
    "mean_log_likelihood",
    "moments_of",
]

Array = NDArray[np.float64]

HELD_SHARE = 0.1
LEAST_LOG_LIKELIHOOD = -10.0


class Moments(NamedTuple):
    """Mean, shape (d,), and covariance, shape (d, d), of a sample."""

    mean: Array
    covariance: Array


def moments_of(rows: ArrayLike) -> Moments:
    """Return mean and covariance (divisor n) of rows.

    Parameters
    ----------
    rows : array_like, shape (n, d)
        At least one row.

    Raises
    ------
    ValueError
        If they are no such rows of finite numbers.
    """
    rows = check_rows(rows)
    mean, apart = centred(rows)  # equal rows have a covariance of exactly 0
    return Moments(mean, apart.T @ apart / len(rows))


def frechet_distance(one: Moments, other: Moments) -> float:
    """Return the Frechet distance, squared, of the Gaussians with these moments.

    ``|m1 - m2|^2 + tr(S1 + S2 - 2 (S1^{1/2} S2 S1^{1/2})^{1/2})``, by the nuclear norm of
    S1^{1/2} S2^{1/2} (see `collapse_core.measures.frechet`). Exact between Gaussians, where
    it is the squared 2-Wasserstein distance; between other laws it compares two moments only.
    Covariances may be singular.

    Source: Dowson and Landau 1982, Journal of Multivariate Analysis 12, 450; used on features of a
    network as "FID" by Heusel et al. 2017. Here there is no network: the points are the features.

    Raises
    ------
    TypeError
        If one of them is no Moments.
    """
    check_made("one", one, Moments)
    check_made("other", other, Moments)
    parts = factored(one.covariance), factored(other.covariance)
    return float(gaussian_distances(one.mean, parts[0], other.mean, parts[1]))


def frechet_of_chance(law: Moments, first: int, second: int) -> float:
    """Return the average squared distance of two samples of one normal law: what chance makes.

    (1/2)(1/n1 + 1/n2)(2.5 tr S + sum_ij l_i l_j / (l_i + l_j)), with the eigenvalues l of S, to
    first order in 1/n; d(d + 5)/(2n) for an identity and two samples of n.

    Source: derived for this project, and checked by sampling.

    Parameters
    ----------
    law : Moments
        Of the law, or of both samples together.
    first, second : int
        Rows of each sample, at least 1.

    Raises
    ------
    ValueError
        If a number of rows is out of range.
    TypeError
        If ``law`` is no Moments.
    """
    check_made("law", law, Moments)
    first = check_whole_number("first", first, 1)
    second = check_whole_number("second", second, 1)
    values = np.maximum(np.linalg.eigvalsh(law.covariance), 0.0)
    values = values[values > 1e-12 * max(float(values.max()), 1e-300)]
    pairs = values[:, np.newaxis] * values / (values[:, np.newaxis] + values)
    return float(0.5 * (1.0 / first + 1.0 / second) * (2.5 * values.sum() + pairs.sum()))


def effective_rank(covariance: Array) -> float:
    """Return (tr S)^2 / tr S^2: d if all directions are alike, 1 for a line, 0 for a point.

    Raises
    ------
    ValueError
        If it is no square of finite numbers.
    """
    covariance = check_numbers("covariance", covariance)
    if covariance.ndim != 2 or covariance.shape[0] != covariance.shape[1]:
        raise ValueError(
            f"covariance has shape {covariance.shape}: give as many rows as columns, one per value."
        )
    square = float(np.square(covariance).sum())
    return float(np.trace(covariance)) ** 2 / square if square > 0.0 else 0.0


def held_modes(shares: Array, expected: Array) -> int:
    """Return how many modes are still held.

    A mode is held if at least a tenth as many points lie there as do in the real data.

    Parameters
    ----------
    shares, expected : ndarray, shape (modes,)
        Share of the points at each mode: in the sample, and in the real data.
    """
    least = HELD_SHARE * expected * (1.0 - 1e-9)  # exactly a tenth, whatever the rounding
    return int(np.count_nonzero(shares >= least))


def mean_log_likelihood(log_densities: Array) -> float:
    """Return the average log density, each value being counted as -10 to 10.

    Without a floor one real point that the model rules out would make the average minus infinity,
    and without a ceiling a model that is a single point could make it plus infinity.

    Parameters
    ----------
    log_densities : ndarray
        Of a model at real rows; natural logarithms; infinite values are allowed.
    """
    return float(np.clip(log_densities, LEAST_LOG_LIKELIHOOD, -LEAST_LOG_LIKELIHOOD).mean())
