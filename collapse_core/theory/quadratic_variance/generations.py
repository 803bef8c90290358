"""The averages of every generation, for each policy.

The averages start at the truth and follow a linear recursion, solved where it has a short solution.
"""

from __future__ import annotations

import numpy as np

from collapse_core.checks import FloatArray, check_number, check_switch, check_whole_number
from collapse_core.theory.quadratic_variance.variance_function import (
    Moments,
    QuadraticVariance,
    SubsampledMoments,
    restoring_force,
    scaled,
    unbiased_moments,
    variance_at,
)
from collapse_core.theory.special_functions import compound_growth, compound_sum, generation_times


def replace(
    variance_function: QuadraticVariance, truth_mean: float, sample_size: int, generations: int
) -> Moments:
    """Each model is refitted only to ``sample_size`` points of the model before it. Exact.

    ``E V(m_t) = V* (1 + v2/n)^t`` and ``Var(m_t) = V* ((1 + v2/n)^t - 1) / v2``, or ``V* t/n``
    when v2 = 0. Heavy tails (v2 > 0) overflow to inf in the end.

    Source: the variance function is Morris 1982; the recursion is derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    times = generation_times(generations)
    excess = variance_function.v2 / n
    moments = unbiased_moments(variance_function, truth_mean, compound_sum(excess, times) / n)
    # The power itself keeps its digits where V* + v2 Var would cancel to nothing.
    diversity = scaled(variance_function(truth_mean), compound_growth(excess, times))
    return Moments(moments.mean, moments.variance, diversity)


def anchors(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    count: int,
    *,
    fresh: bool = True,
) -> Moments:
    """``count`` real points are pooled with the synthetic ones in every generation. Exact.

    Fresh anchors are drawn anew each generation: ``Var(m_t) = V* (n+k)/D (1 - q^t)`` with
    ``D = k^2 + 2nk - n v2`` and ``q = 1 - D/(n+k)^2``. Fixed anchors are drawn once and kept; the
    moments are then averaged over that draw, by the exact linear recursion of ``E (m_t - m*)^2``
    and of the covariance of m_t with the anchors' mean. ``count=0`` is :func:`replace`.

    Source: derived for this project; for the Bernoulli family the stationary value is Wright's
    island model (Ewens 2004).
    """
    n, k = check_whole_number("sample_size", sample_size, 1), check_whole_number("count", count, 0)
    fresh = check_switch("fresh", fresh)
    if k == 0:
        return replace(variance_function, truth_mean, n, generations)
    times = generation_times(generations)
    if fresh:
        excess = -float(restoring_force(variance_function.v2, n, k)) / float(n + k) ** 2
        ratio = compound_sum(excess, times) / (n + k)
    else:
        ratio = _fixed_anchor_variance_ratio(variance_function.v2, n, k, times.size)
    return unbiased_moments(variance_function, truth_mean, ratio)


def _fixed_anchor_variance_ratio(v2: float, n: int, k: int, length: int) -> FloatArray:
    """Var(m_t)/V* with k fixed anchors: recursion of the variance s and the covariance c."""
    total = n + k
    a, b = n / total, k / total
    s, c = 0.0, 0.0
    ratios = np.empty(length)
    for t in range(length):
        ratios[t] = s
        s, c = a * a * (s + (1 + v2 * s) / n) + 2 * a * b * c + b / total, a * c + 1 / total
    return ratios


def prior(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    strength: float,
    prior_mean: float,
) -> Moments:
    """Refit with a conjugate prior: ``strength`` imaginary points at ``prior_mean``. Exact.

    ``m' = (n xbar + kappa m0) / (n + kappa)``. The mean moves from the truth to the prior as
    ``a^t``, ``a = n/(n + kappa)``; the variance follows by its exact recursion. ``strength=0`` is
    :func:`replace`.

    Parameters
    ----------
    strength
        Pseudo-observations kappa, any number from 0 (a Beta(al, be) prior has al + be).
    prior_mean
        Mean m0 of the pseudo-observations, inside the family's range (its boundary included).

    Source: conjugate posterior means are linear (Diaconis and Ylvisaker 1979); the recursion is
    derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    kappa = check_number("strength", strength, 0.0)
    variance_at(variance_function, "prior_mean", prior_mean)
    if kappa == 0:
        return replace(variance_function, truth_mean, n, generations)
    variance_at(variance_function, "truth_mean", truth_mean)
    a = n / (n + kappa)
    pull = compound_growth(-kappa / (n + kappa), generation_times(generations))
    mean = prior_mean + (truth_mean - prior_mean) * pull
    at_mean = variance_function(mean)
    variance, spread, v2 = np.empty(mean.size), 0.0, variance_function.v2
    for t, level in enumerate(at_mean.tolist()):
        variance[t] = spread
        spread = a * a * (spread + (level + v2 * spread) / n)
    with np.errstate(over="ignore"):
        diversity = at_mean + v2 * variance if v2 else at_mean
    return Moments(mean, variance, np.maximum(diversity, 0.0))


def accumulate(
    variance_function: QuadraticVariance, truth_mean: float, sample_size: int, generations: int
) -> Moments:
    """Each model is fitted to all points ever drawn, ``sample_size`` more per generation. Exact.

    ``E V(m_t) = V* prod_{s<=t} (1 + v2/(n s^2))``, which has a limit for every family: see
    :func:`accumulate_limit`. To leading order the loss stops at pi^2/6 times that of the first
    fit.

    Source: derived for this project; the factor pi^2/6 is in Gerstgrasser et al. 2024 and Dey and
    Donoho, arXiv:2410.22812.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    steps = 1.0 / (n * generation_times(generations)[1:] ** 2)
    with np.errstate(over="ignore"):
        diversity = np.concatenate([[1.0], np.cumprod(1.0 + variance_function.v2 * steps)])
        ratio = np.concatenate([[0.0], np.cumsum(diversity[:-1] * steps)])
    moments = unbiased_moments(variance_function, truth_mean, ratio)
    diversity = scaled(variance_function(truth_mean), diversity)
    return Moments(moments.mean, moments.variance, diversity)


def accumulate_subsample(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    *,
    replacement: bool,
) -> SubsampledMoments:
    """Everything is kept, but each model is fitted to ``sample_size`` points of the pool. Exact.

    Before fit t the pool holds t n points (the first n are real draws of the truth); fit t uses n
    of them, drawn with or without replacement, and its n new points join the pool. Exact for
    every v2 by the linear recursion of two moments of the pool: the square of its mean's error
    and the mean square of its points.

    Source: derived for this project.
    """
    n, v2 = check_whole_number("sample_size", sample_size, 1), variance_function.v2
    replacement = check_switch("replacement", replacement)
    length = generation_times(generations).size
    model, pool = np.zeros(length), np.zeros(length)
    error, square = 1.0 / n, 1.0  # of the pool's mean, and of its points, in units of V*
    for t in range(1, length):
        size = t * n
        thinning = 1.0 if replacement else (size - n) / max(size - 1, 1)
        fitted = error + (square - error) / n * thinning
        pool[t], model[t] = error, fitted
        new_error = fitted + (1 + v2 * fitted) / n
        error = (t * t * error + 2 * t * error + new_error) / (t + 1) ** 2
        square = (t * square + 1 + v2 * fitted + fitted) / (t + 1)
    models = unbiased_moments(variance_function, truth_mean, model)
    pooled = unbiased_moments(variance_function, truth_mean, pool)
    return SubsampledMoments(models.mean, models.variance, models.diversity, pooled.diversity)


def weighted(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    count: int,
    real_weight: float,
) -> Moments:
    """``count`` fresh real points weigh ``real_weight``, however few they are. Exact.

    ``m' = w ybar + (1 - w) xbar``. Pooling is ``w = k/(n + k)``; ``w = 0`` is :func:`replace`.

    The weight w is from 0 to 1; above 0 it needs a real point.

    Source: He, Xu and Cheng, arXiv:2502.18049; the extension to v2 != 0 is derived for this
    project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    w = check_number("real_weight", real_weight, 0.0, 1.0)
    k = check_whole_number("count", count, 1 if w > 0 else 0)
    if w == 0:
        return replace(variance_function, truth_mean, n, generations)
    excess = (1 - w) ** 2 * variance_function.v2 / n - w * (2 - w)
    ratio = compound_sum(excess, generation_times(generations)) * ((1 - w) ** 2 / n + w * w / k)
    return unbiased_moments(variance_function, truth_mean, ratio)
