"""Mean, variance and diversity of the share of blue: closed forms, exact for every sample size.

The next share is linear in the count, and the variance of a count is quadratic in the share, so the
first two moments obey a linear recursion of their own.  It has a closed form with real anchors,
fresh or fixed, with a prior, and when all data is kept.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from collapse_core.checks import FloatArray, check_switch
from collapse_core.theory.two_colours.parameters import check_pull, check_start

__all__ = [
    "AccumulatedShare",
    "ShareMoments",
    "accumulate_share",
    "share_moments",
]


class ShareMoments(NamedTuple):
    """Moments of the share of blue, each of shape (generations + 1,)."""

    mean: FloatArray
    variance: FloatArray
    diversity: FloatArray


class AccumulatedShare(NamedTuple):
    """Moments of the share when all data is kept, each of shape (generations + 1,)."""

    mean: FloatArray
    variance: FloatArray
    diversity: FloatArray
    lost: FloatArray


def _one_minus_power(log_base: float, generations: int) -> FloatArray:
    """1 - base^t for t = 0 ... generations, without cancellation; log_base may be -inf."""
    result = np.zeros(generations + 1)
    result[1:] = -np.expm1(np.arange(1.0, generations + 1) * log_base)
    return result


def _log_one_minus(value: float) -> float:
    return -math.inf if value >= 1.0 else math.log1p(-value)


def _variance_towards(
    sample_size: int,
    strength: float,
    target_diversity: float,
    slope: float,
    squared_offset: float,
    generations: int,
) -> FloatArray:
    """Variance of m' = a x + b m0 started away from m0, with a = n / (n + strength), b = 1 - a.

    The diversity of the mean is target_diversity + slope a^t - squared_offset a^(2t), which drives
    v' = a^2 (1 - 1/n) v + (a^2 / n) * that; the solution below is a sum of stable differences.
    """
    b = strength / (sample_size + strength)
    a = sample_size / (sample_size + strength)
    log_a, log_drift = math.log1p(-b), _log_one_minus(1.0 / sample_size)
    input_rate = a * a / sample_size
    fade = np.exp(np.arange(generations + 1) * log_a)
    to_target = _one_minus_power(2.0 * log_a + log_drift, generations)
    from_slope = fade * _one_minus_power(log_a + log_drift, generations)
    from_offset = fade**2 * _one_minus_power(log_drift, generations)
    variance: FloatArray = (
        target_diversity * input_rate / (b * (1.0 + a) + input_rate) * to_target
        + slope * input_rate / (a * (b + a / sample_size)) * from_slope
        - squared_offset * from_offset
    )
    return variance


def _fixed_anchor_moments(
    sample_size: int, share: float, generations: int, anchors: int
) -> ShareMoments:
    """Moments with fixed anchors, averaged over the draw of the anchors."""
    truth = share * (1.0 - share)
    spread = truth / anchors  # variance of the anchors' own share
    log_a = -math.log1p(anchors / sample_size)
    within = _variance_towards(
        sample_size, anchors, truth - spread, 2.0 * spread, spread, generations
    )
    variance = within + spread * _one_minus_power(log_a, generations) ** 2
    return ShareMoments(np.full(generations + 1, share), variance, truth - variance)


def share_moments(
    sample_size: int,
    share: float,
    generations: int,
    *,
    anchors: int = 0,
    fresh: bool = True,
    prior_strength: float = 0.0,
    prior_mean: float = 0.5,
) -> ShareMoments:
    """Mean, variance and diversity of the share of blue: closed forms, exact at temperature 1.

    Parameters
    ----------
    sample_size : int
        Synthetic points per generation, n, at least 1 (no upper limit).
    share : float
        Share of blue in the truth, p0, in [0, 1].
    generations : int
        Number of refits, at least 0.
    anchors : int
        Real points in every training set, k, at least 0.
    fresh : bool
        Whether the anchors are drawn anew each generation or once for ever.
    prior_strength, prior_mean : float
        Imaginary points of a prior (at least 0) and the share of blue among them.

    Returns
    -------
    ShareMoments
        ``mean``, ``variance`` (between runs; with fixed anchors also between their draws) and
        ``diversity``, the mean of p (1 - p), each of shape (generations + 1,).

    Raises
    ------
    ValueError
        If a parameter is out of range, or anchors and a prior are asked for together.

    Notes
    -----
    Exact.  Without real points the diversity is p0 (1 - p0) (1 - 1/n)^t (Ewens 2004); the fresh
    anchors' long run is Wright's balance of migration and drift; the transients, the fixed anchors
    and the prior are derived for this project from Var(X) = m (1 - m) (Morris 1982).
    """
    sample_size, generations = check_start(sample_size, share, generations)
    anchors = check_pull(anchors, prior_strength, prior_mean)
    fresh = check_switch("fresh", fresh)
    if prior_strength > 0.0:
        offset, target = share - prior_mean, prior_mean * (1.0 - prior_mean)
        slope = (1.0 - 2.0 * prior_mean) * offset
        fade = np.exp(-math.log1p(prior_strength / sample_size) * np.arange(generations + 1))
        mean = prior_mean + offset * fade
        variance = _variance_towards(
            sample_size, prior_strength, target, slope, offset**2, generations
        )
        return ShareMoments(mean, variance, mean * (1.0 - mean) - variance)
    if anchors > 0 and not fresh:
        return _fixed_anchor_moments(sample_size, share, generations, anchors)
    return _fresh_anchor_moments(sample_size, share, generations, anchors)


def _fresh_anchor_moments(
    sample_size: int, share: float, generations: int, anchors: int
) -> ShareMoments:
    """Moments with fresh anchors; none of them is plain replacement."""
    n, k, truth = float(sample_size), float(anchors), share * (1.0 - share)
    long_run = truth * (n + k) / (k * k + 2.0 * n * k + n)
    log_rate = -2.0 * math.log1p(k / n) + _log_one_minus(1.0 / n)
    variance = long_run * _one_minus_power(log_rate, generations)
    return ShareMoments(np.full(generations + 1, share), variance, truth - variance)


def accumulate_share(sample_size: int, share: float, generations: int) -> AccumulatedShare:
    """Moments of the share when every generation trains on all data so far.

    Parameters
    ----------
    sample_size : int
        New points per generation, n, at least 1.
    share : float
        Share of blue in the truth, p0, in [0, 1].
    generations : int
        Number of refits, at least 0.

    Returns
    -------
    AccumulatedShare
        ``mean``, ``variance``, ``diversity`` and ``lost``, each of shape (generations + 1,).

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Exact.  The diversity is p0 (1 - p0) times the product over s = 1..t of 1 - 1/(n s^2), which
    stays above a positive floor for n > 1.  Blue is lost only if the very first sample misses it,
    with chance (1 - p0)^n: once in the pool it never leaves.  (All blue: p0^n.)
    Derived for this project; compare Dey and Donoho, arXiv:2410.22812.
    """
    sample_size, generations = check_start(sample_size, share, generations)
    truth = share * (1.0 - share)
    steps = np.arange(1.0, generations + 1)
    with np.errstate(divide="ignore"):  # n = 1: the first generation has one colour
        logs = np.concatenate(([0.0], np.cumsum(np.log1p(-1.0 / (sample_size * steps**2)))))
    lost = np.full(generations + 1, math.exp(sample_size * _log_one_minus(share)))
    lost[0] = float(share == 0.0)
    variance = -truth * np.expm1(logs)
    return AccumulatedShare(np.full(generations + 1, share), variance, truth * np.exp(logs), lost)
