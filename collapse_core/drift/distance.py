"""The Frechet distance of two means and covariances that a caller gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import check_numbers, shown
from collapse_core.measures.samples import Moments
from collapse_core.measures.samples import frechet_distance as distance_of_moments

__all__ = ["frechet_distance"]

ASYMMETRY = 1e-6  # of the largest entry


def frechet_distance(
    mean1: ArrayLike, covariance1: ArrayLike, mean2: ArrayLike, covariance2: ArrayLike
) -> float:
    """Return the Frechet distance, squared, of two normal laws ("FID" on features).

    |m1 - m2|^2 + tr S1 + tr S2 - 2 |S1^{1/2} S2^{1/2}|, with the nuclear norm: never complex, and
    right for singular covariances. Source: see `collapse_core.measures.frechet`.

    Parameters
    ----------
    mean1, mean2 : array_like, shape (d,)
        Means; single numbers where d = 1.
    covariance1, covariance2 : array_like, shape (d, d)
        Covariances, symmetric and with no negative variance; they may be singular.

    Raises
    ------
    ValueError
        If the shapes do not go together, a number is not finite, or one is no covariance.
    """
    one = _moments(mean1, covariance1, "1")
    other = _moments(mean2, covariance2, "2")
    if one.mean.shape != other.mean.shape:
        raise ValueError(
            f"mean1 has {len(one.mean)} numbers and mean2 {len(other.mean)}: give as many of each."
        )
    return distance_of_moments(one, other)


def _moments(mean: ArrayLike, covariance: ArrayLike, which: str) -> Moments:
    centre = np.atleast_1d(check_numbers(f"mean{which}", mean))
    name = f"covariance{which}"
    square = np.atleast_2d(check_numbers(name, covariance))
    if centre.ndim != 1 or square.shape != (len(centre), len(centre)):
        raise ValueError(
            f"{name} has shape {square.shape} and mean{which} {centre.shape}: give a square array "
            "with a row for each number of the mean."
        )
    most = float(np.abs(square).max())
    if np.abs(square - square.T).max() > ASYMMETRY * most:
        raise ValueError(f"{name} is not symmetric: give a covariance, for example np.cov(rows.T).")
    least = float(np.linalg.eigvalsh(square)[0])
    if least < -ASYMMETRY * most:
        raise ValueError(
            f"{name} has the negative variance {shown(least)} along some direction: give a "
            "covariance, for example np.cov(rows.T)."
        )
    return Moments(centre, 0.5 * (square + square.T))
