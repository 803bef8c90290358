"""What a judge does to a model, before chance enters: shares of categories, and a normal law."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_generations, check_number, check_positive

__all__ = ["judged_course", "judged_normal", "judged_shares"]

Array = NDArray[np.float64]


def judged_shares(
    shares: Array, truth: Array, accept_right: float, accept_wrong: float, taste: Array
) -> Array:
    """Return the shares of the categories among accepted points.

    Of the points of a category as many are right as the truth makes: ``min(q, p*)`` of the share
    q. With ``a = phi min(q, p*) + psi max(q - p*, 0)`` the accepted shares are ``a w / sum a w``.
    Exact; derived for this project.

    Parameters
    ----------
    shares : ndarray, shape (..., K)
        The models.
    truth : ndarray, shape (K,)
        The truth.
    accept_right, accept_wrong : float
        Chances phi and psi that a right, and that a wrong, point is accepted.
    taste : ndarray, shape (K,)
        Factors w by which the judge's taste changes these chances.

    Returns
    -------
    ndarray, shape (..., K)
        A model of which nothing is accepted stays as it is.
    """
    right = np.minimum(shares, truth)
    kept = (accept_right * right + accept_wrong * (shares - right)) * taste
    total = kept.sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(total > 0.0, kept / total, shares))


def judged_normal(
    mean: Array, variance: Array, centre: float, bias: float, unit: float = 1.0
) -> tuple[Array, Array]:
    """Return mean and variance of accepted points of a normal model under taste alone.

    A point x is accepted in proportion to exp(-(x - c)^2 / (2 tau^2)) with tau^2 = unit / bias, so
    precisions add: ``1/s'^2 = 1/s^2 + 1/tau^2`` and ``m'/s'^2 = m/s^2 + c/tau^2``. Exact.

    Parameters
    ----------
    mean, variance : ndarray, shape (...,)
        Of the models; a variance may be 0.
    centre : float
        Place c that the judge likes best.
    bias : float
        Strength of the taste, 0 or more.
    unit : float
        Variance in which distances are measured, above 0.

    Source: a normal likelihood times a normal prior; as a loop, Yi et al., arXiv:2510.16657.
    """
    m, s = mean, variance
    bias, unit = check_number("bias", bias, 0.0), check_positive("unit", unit)
    centre = check_number("centre", centre)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        weight = bias * s / (unit + bias * s)  # of the judge's centre, 0 to 1
        weight = np.where(np.isfinite(s), weight, float(bias > 0))
        spread = np.where(
            np.isfinite(s) | (bias == 0), s * (1.0 - weight), unit / max(bias, 1e-300)
        )
    return np.asarray(m + weight * (centre - m)), np.asarray(spread)


def judged_course(
    mean: float, variance: float, centre: float, bias: float, generations: int, unit: float = 1.0
) -> tuple[Array, Array]:
    """Return mean and variance of a normal loop with a judge and unlimited samples.

    ``1/s_t^2 = 1/s_0^2 + t/tau^2`` and ``m_t/s_t^2 = m_0/s_0^2 + t c/tau^2`` with tau^2 = unit /
    bias: the loop ends at the judge's centre, and the spread dies as 1/t. Exact for unlimited
    samples, an approximation for n points.

    Parameters
    ----------
    mean, variance : float
        Of the truth; the variance is 0 or more.
    centre, bias, unit
        As for `judged_normal`.
    generations : int
        Number of fits.

    Returns
    -------
    means, variances : ndarray, shape (generations + 1,)

    Source: Yi et al., arXiv:2510.16657.
    """
    mean, centre = check_number("mean", mean), check_number("centre", centre)
    variance, unit = check_number("variance", variance, 0.0), check_positive("unit", unit)
    bias = check_number("bias", bias, 0.0)
    # t rounds at one strength are one round at t times the strength.
    rounds = np.arange(check_generations(generations) + 1.0)
    weight = rounds * bias * variance / (unit + rounds * bias * variance)
    return mean + weight * (centre - mean), variance * (1.0 - weight)
