"""The typical run of a refitted Gaussian: the logarithm of its variance is a random walk."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import FloatArray, check_fit_size, check_positive, check_whole_number
from collapse_core.theory.special_functions import (
    digamma_minus_log,
    generation_times,
    log_variance_of_gamma,
)


def log_variance_drift(
    sample_size: int, unbiased: bool = False, variance_scale: float = 1.0
) -> float:
    """E ln(s2_{t+1}/s2_t) = ``psi((n-1)/2) + ln 2 - ln divisor + ln lambda``. Exact.

    About ``-1/(n-1)`` (unbiased) or ``-2/n`` (maximum likelihood); -inf for one point.

    Source: log moments of chi-square variables.
    """
    n, divisor = check_fit_size(sample_size, unbiased=unbiased)
    scale = check_positive("variance_scale", variance_scale)
    if n == 1:
        return -math.inf
    shrink = 0.0 if unbiased else math.log1p(-1 / divisor)
    return digamma_minus_log((n - 1) / 2) + shrink + math.log(scale)


def log_variance_spread(sample_size: int) -> float:
    """Var ln(s2_{t+1}/s2_t) = ``psi'((n-1)/2)``, about 2/(n-1). Exact.

    The same for both divisors and every ``variance_scale``; needs two points.

    Source: log moments of chi-square variables.
    """
    return log_variance_of_gamma((check_whole_number("sample_size", sample_size, 2) - 1) / 2)


def expected_log_variance(
    sample_size: int, generations: int, unbiased: bool = False, variance_scale: float = 1.0
) -> NDArray[np.float64]:
    """E ln s2_t = ``t`` times :func:`log_variance_drift`. Exact; -inf after one-point fits."""
    drift = log_variance_drift(sample_size, unbiased, variance_scale)
    times = generation_times(generations)
    if drift == -math.inf:
        return np.where(times == 0, 0.0, -math.inf)
    return times * drift


def variance_of_log_variance(sample_size: int, generations: int) -> NDArray[np.float64]:
    """Var ln s2_t = ``t`` times :func:`log_variance_spread`. Exact."""
    return generation_times(generations) * log_variance_spread(sample_size)


def median_variance_approximation(
    sample_size: int, generations: int, unbiased: bool = False, variance_scale: float = 1.0
) -> NDArray[np.float64]:
    """Median of s2_t, approximately ``exp(E ln s2_t)``: ln s2_t is nearly symmetric.

    Slightly too low, at every t from 1 and by a factor of about ``1 + 1/(3(n-1))``, because the
    steps of ln s2_t are skewed: 0.3 % at n = 100, 4 % at n = 10, more below.

    Source: central limit theorem for ln s2_t; derived for this project.
    """
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(expected_log_variance(sample_size, generations, unbiased, variance_scale))


def median_half_life_approximation(
    sample_size: int, unbiased: bool = False, variance_scale: float = 1.0
) -> float:
    """Generations in which the median variance halves, ``ln 2 / -drift``; inf if it does not.

    About 0.69 (n-1) unbiased and half of that for maximum likelihood; 0 for one point. Source as
    in :func:`median_variance_approximation`.
    """
    drift = log_variance_drift(sample_size, unbiased, variance_scale)
    return math.log(2) / -drift if drift < 0 else math.inf


def median_neutral_temperature(sample_size: int, unbiased: bool = False) -> float:
    """The ``variance_scale`` at which the median variance stands still: ``exp(-drift)``.

    It saves nothing: at that temperature the average variance explodes. Exact for E ln s2_t (the
    median follows to the accuracy of :func:`median_variance_approximation`). Needs two points.

    Source: derived for this project.
    """
    check_whole_number("sample_size", sample_size, 2)
    return math.exp(-log_variance_drift(sample_size, unbiased))


def collapse_probability_normal_approximation(
    sample_size: int,
    generations: int,
    threshold: float,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """P(s2_t < threshold) if ln s2_t were normal: ``Phi((ln eps - t drift)/sqrt(t psi'))``.

    ``threshold`` is eps, a share of the true variance, above 0.

    Source: central limit theorem for ln s2_t; derived for this project.
    """
    level = math.log(check_positive("threshold", threshold))
    center = expected_log_variance(sample_size, generations, unbiased, variance_scale)
    start = float(level > 0)  # the truth's own variance is 1
    if sample_size == 1:
        return np.where(center == 0, start, 1.0)
    from scipy.special import ndtr

    spread = np.sqrt(variance_of_log_variance(sample_size, generations)[1:])
    later: FloatArray = ndtr((level - center[1:]) / spread)
    return np.concatenate([[start], later])
