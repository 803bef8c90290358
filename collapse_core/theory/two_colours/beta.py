"""Beta distributions with the right mean and variance, in place of laws too large to compute."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import (
    FloatArray,
    check_array,
    check_level,
    check_number,
    check_share,
    check_together,
    check_whole_number,
)
from collapse_core.theory.two_colours.moments import share_moments
from collapse_core.theory.two_colours.parameters import check_start

__all__ = [
    "absent_beta_approximation",
    "quantile_beta_approximation",
]

_SMALLEST_SHAPE = 1e-300


def quantile_beta_approximation(mean: ArrayLike, variance: ArrayLike, level: float) -> FloatArray:
    """Quantile of the Beta distribution with a given mean and variance.

    Parameters
    ----------
    mean, variance : array_like, broadcast together
        Mean in [0, 1] and variance of the share, at least 0.
    level : float
        Level of the quantile, strictly between 0 and 1.

    Returns
    -------
    NDArray
        Where the variance is 0, the mean; where it is all it can be, mean (1 - mean), the share is
        0 or 1 and the quantile is one of them.  Values within 1e-12 of 0 or 1 become 0 or 1.

    Raises
    ------
    ValueError
        If the level, a mean or a variance is out of range.

    Notes
    -----
    An approximation: the chance of exactly 0 or 1 is smeared over nearby shares.
    Source: the long-run law of the diffusion with migration is a Beta (Wright 1931).
    """
    from scipy.special import betaincinv

    check_level(level)
    centre, spread = check_array("mean", mean), check_array("variance", variance)
    check_together(mean=centre, variance=spread)
    centre, spread = np.broadcast_arrays(centre, spread)
    _check_moments(centre, spread)
    quantile = np.where(level > 1.0 - centre, 1.0, 0.0)
    quantile[spread == 0.0] = centre[spread == 0.0]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        concentration = centre * (1.0 - centre) / spread - 1.0
    inside = (spread > 0.0) & (concentration > 1e-9)
    nu, m = concentration[inside], centre[inside]
    found = betaincinv(m * nu, (1.0 - m) * nu, level)
    found = np.where(np.isnan(found), quantile[inside], found)
    found = np.where(found < 1e-12, 0.0, np.where(found > 1.0 - 1e-12, 1.0, found))
    quantile[inside] = found
    return quantile


def _check_moments(mean: FloatArray, variance: FloatArray) -> None:
    for value in mean[~((mean >= 0.0) & (mean <= 1.0))].flat:
        check_share("mean", float(value))
    for value in variance[~(variance >= 0.0)].flat:
        check_number("variance", float(value), 0.0)


def absent_beta_approximation(
    sample_size: int, share: float, generations: int, anchors: int
) -> FloatArray:
    """Chance that a generation's training set holds no blue, with fresh anchors.

    The number of blue points in the training set is taken to be beta-binomial with its exact mean
    and variance.

    Parameters
    ----------
    sample_size : int
        Synthetic points per generation, n, at least 1.
    share : float
        Share of blue in the truth, in [0, 1].
    generations : int
        Last generation, at least 0.
    anchors : int
        Fresh real points per generation, at least 1.

    Returns
    -------
    NDArray (generations + 1,)

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    An approximation (generation 1 is exact), derived for this project.  In the long run it is off
    by 0.01 for n = 100, p0 = 0.1 and one anchor, and by less with more anchors; on the way there
    the law has two humps that a Beta cannot follow, and it is off by up to 0.25 for a rare
    colour: ``absent_branching_approximation`` is better there.
    """
    from scipy.special import betaln

    sample_size, generations = check_start(sample_size, share, generations)
    anchors = check_whole_number("anchors", anchors, 1)
    if share in (0.0, 1.0):
        return np.full(generations + 1, 1.0 - share)
    absent = np.zeros(generations + 1)
    points = sample_size + anchors
    absent[1:2] = math.exp(points * math.log1p(-share))
    variance = share_moments(sample_size, share, generations, anchors=anchors).variance[2:]
    pair_alike = (variance / (share * (1.0 - share)) * points - 1.0) / (points - 1.0)
    seen = pair_alike > 0.0  # 0 when n = 1 or one generation: independent points
    absent[2:] = absent[1:2]
    nu = 1.0 / pair_alike[seen] - 1.0
    alpha, beta = share * nu, (1.0 - share) * nu
    # Both logarithms overflow where alpha is hardly a number: such a colour is surely absent.
    alpha = np.maximum(alpha, _SMALLEST_SHAPE)
    log_absent = betaln(alpha, beta + points) - betaln(alpha, beta)
    absent[2:][seen] = np.exp(np.minimum(log_absent, 0.0))  # rounding may leave it above 0
    return absent
