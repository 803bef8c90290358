"""What a sample teaches when a share of it is wrong, or when its rare kinds were cut away."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import (
    check_number,
    check_numbers,
    check_positive,
    check_share,
    check_whole_number,
)

__all__ = ["indifferent_size", "missing_mass", "polluted_error", "zipf_shares"]

Array = NDArray[np.float64]


def polluted_error(size: ArrayLike, share: float, bias: float, variance: float = 1.0) -> Array:
    """Return the mean squared error of an average of which a random share of the points is biased.

    ``p^2 b^2 + p (1 - p) b^2 / n + sigma^2 / n``: beyond some size more points do not help.

    Parameters
    ----------
    size : array_like
        n, number of points, 1 or more.
    share : float
        p, chance that a point is a biased one, 0 to 1.
    bias : float
        b, by how much the mean of those is off.
    variance : float
        sigma^2 of all points, above 0.

    Returns
    -------
    ndarray
        Of the shape of ``size``.

    Source: bias and variance of an average; as strong collapse, Dohmatob et al., arXiv:2410.04840.
    """
    n = check_numbers("size", size, 1.0)
    share, bias = check_share("share", share), check_number("bias", bias)
    variance = check_positive("variance", variance)
    with np.errstate(over="ignore"):
        spread = share * (1.0 - share) * bias**2 + variance
        return np.asarray((share * bias) ** 2 + spread / n)


def indifferent_size(share: float, bias: float, variance: float = 1.0) -> float:
    """Return the size n* = sigma^2 / (p b)^2 from which on bias outweighs chance.

    Parameters
    ----------
    share, bias, variance
        As for `polluted_error`; infinite where nothing is biased.
    """
    moved = check_share("share", share) * check_number("bias", bias)
    variance = check_positive("variance", variance)
    with np.errstate(divide="ignore", over="ignore", under="ignore"):
        return float(variance / np.float64(moved) ** 2)


def zipf_shares(kinds: int, exponent: float) -> Array:
    """Return the shares of kinds whose frequencies fall as rank^-exponent, shape (kinds,).

    Parameters
    ----------
    kinds : int
        How many, 1 to 10**6.
    exponent : float
        Above 0.
    """
    ranks = np.arange(1.0, check_whole_number("kinds", kinds, 1, 10**6) + 1.0)
    weights = ranks ** -check_positive("exponent", exponent)
    return np.asarray(weights / weights.sum())


def missing_mass(shares: Array, sizes: ArrayLike, kept: int | None = None) -> Array:
    """Return the expected share of what a sample has never shown.

    A learner that knows what it has seen errs on the rest: sum p (1 - q)^T, where q is what the
    sample is drawn from.

    Parameters
    ----------
    shares : ndarray, shape (kinds,)
        p, the truth, from the most frequent kind on.
    sizes : array_like
        T, sizes of the sample, 0 or more.
    kept : int, optional
        Ranks that the source of the sample still has; what lies beyond is never seen.

    Returns
    -------
    ndarray
        Of the shape of ``sizes``.

    Raises
    ------
    ValueError
        If a number is out of range, or the shares do not add up to 1.

    Source: Hutter 2021, arXiv:2102.04074; with a cut, Dohmatob et al., arXiv:2402.07043.
    """
    truth = np.ravel(check_numbers("shares", shares, 0.0))
    if abs(float(truth.sum()) - 1.0) > 1e-6:
        raise ValueError(f"shares add up to {truth.sum():.6g}, not to 1. Divide them by their sum.")
    kept = truth.size if kept is None else check_whole_number("kept", kept, 1, truth.size)
    source = truth[:kept] / truth[:kept].sum()
    never = float(truth[kept:].sum())
    asked = np.atleast_1d(check_numbers("sizes", sizes, 0.0))
    with np.errstate(divide="ignore"):
        logs = np.log1p(-np.minimum(source, 1.0))
    found = [never + float(truth[:kept] @ np.exp(size * logs)) if size else 1.0 for size in asked]
    return np.asarray(found).reshape(np.shape(sizes))
