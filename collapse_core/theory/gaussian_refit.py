"""A Gaussian refitted to its own samples, mean and variance both unknown.

Each refit multiplies the variance by chi2_{n-1}/divisor. Divide by n (maximum likelihood) and the
average variance dies as ``(1 - 1/n)^t``, exactly like the diversity of a two-colour jar. Divide by
n - 1 (unbiased) and the average stands still, yet the typical run dies all the same: the logarithm
of the variance is a random walk with a downward drift of about -1/(n-1), and the average is kept
up by ever rarer, ever larger exceptions. Meanwhile the mean wanders. For maximum likelihood the
two add up, ``Var mu_t + E s2_t = 1`` exactly: spread inside becomes error outside.

The truth is N(0, 1); multiply variances by the true variance for another one. Generation 0 is the
truth. Arrays have shape ``(generations + 1,)``. ``variance_scale`` multiplies the variance before
sampling: below 1 it is a temperature or a preference for typical samples, above 1 it adds noise.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import (
    FloatArray,
    check_fit_size,
    check_number,
    check_positive,
    check_whole_number,
)
from collapse_core.theory.special_functions import (
    compound_growth,
    compound_sum,
    digamma_minus_log,
    generation_times,
    log_variance_of_gamma,
    standard_deviation_shrinkage,
)


def _variance_excess(sample_size: int, unbiased: bool, variance_scale: float) -> float:
    """E s2_{t+1}/s2_t - 1, without cancellation."""
    n, divisor = check_fit_size(sample_size, unbiased=unbiased)
    scale = check_positive("variance_scale", variance_scale)
    return (scale - 1) - scale * (divisor - (n - 1)) / divisor


def _deviation_factor(sample_size: int, unbiased: bool, variance_scale: float) -> float:
    """c = E s_{t+1}/s_t."""
    n, divisor = check_fit_size(sample_size, unbiased=unbiased)
    scale = check_positive("variance_scale", variance_scale)
    if n == 1:
        return 0.0
    return standard_deviation_shrinkage(n) * math.sqrt(scale * (n - 1) / divisor)


def expected_variance(
    sample_size: int,
    generations: int,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """E s2_t = ``(lambda r)^t``, ``r = 1 - 1/n`` (maximum likelihood) or 1 (unbiased). Exact.

    Parameters
    ----------
    sample_size
        Points per generation: a whole number from 1, from 2 if ``unbiased``. One point under
        maximum likelihood has variance 0 at once.
    generations
        Number of fits, from 0.
    unbiased
        Divisor n - 1 (True) or n (False).
    variance_scale
        Factor lambda on the variance before sampling, above 0.

    Returns
    -------
    Shape ``(generations + 1,)``; inf on overflow.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: Shumailov et al., Nature 2024 (unbiased); moments of chi-square variables.
    """
    excess = _variance_excess(sample_size, unbiased, variance_scale)
    return compound_growth(excess, generation_times(generations))


def expected_squared_variance(
    sample_size: int,
    generations: int,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """E s2_t^2 = ``(lambda^2 (n-1)(n+1)/divisor^2)^t``. Exact.

    Unbiased it grows: simulated averages miss it, as rare runs carry it.

    Parameters, return value and errors as in :func:`expected_variance`.

    Source: moments of chi-square variables.
    """
    n, divisor = check_fit_size(sample_size, unbiased=unbiased)
    scale = check_positive("variance_scale", variance_scale)
    one_fit = -1 / n**2 if not unbiased else 2 / divisor
    return compound_growth((scale**2 - 1) + scale**2 * one_fit, generation_times(generations))


def expected_standard_deviation(
    sample_size: int,
    generations: int,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """E s_t = ``c^t``, ``c = c4(n) sqrt(lambda (n-1)/divisor)``. Exact.

    Parameters, return value and errors as in :func:`expected_variance`.

    Source: mean of a chi variable; Bertrand et al. 2024 state ``E s_t = c4^t``.
    """
    factor = _deviation_factor(sample_size, unbiased, variance_scale)
    return compound_growth(factor - 1.0, generation_times(generations))


def log_variance_drift(
    sample_size: int, unbiased: bool = False, variance_scale: float = 1.0
) -> float:
    """E ln(s2_{t+1}/s2_t) = ``psi((n-1)/2) + ln 2 - ln divisor + ln lambda``. Exact.

    About ``-1/(n-1)`` (unbiased) or ``-2/n`` (maximum likelihood); -inf for one point.

    Parameters and errors as in :func:`expected_variance`.

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

    The same for both divisors and every ``variance_scale``.

    Parameters
    ----------
    sample_size
        Points per generation, a whole number from 2.

    Raises
    ------
    ValueError
        If it is not.

    Source: log moments of chi-square variables.
    """
    return log_variance_of_gamma((check_whole_number("sample_size", sample_size, 2) - 1) / 2)


def expected_log_variance(
    sample_size: int,
    generations: int,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """E ln s2_t = ``t`` times :func:`log_variance_drift`. Exact; -inf after one-point fits.

    Parameters, return value, errors and source as in :func:`log_variance_drift`.
    """
    drift = log_variance_drift(sample_size, unbiased, variance_scale)
    times = generation_times(generations)
    if drift == -math.inf:
        return np.where(times == 0, 0.0, -math.inf)
    return times * drift


def variance_of_log_variance(sample_size: int, generations: int) -> NDArray[np.float64]:
    """Var ln s2_t = ``t`` times :func:`log_variance_spread`. Exact.

    Parameters, errors and source as there; shape ``(generations + 1,)``.
    """
    return generation_times(generations) * log_variance_spread(sample_size)


def median_variance_approximation(
    sample_size: int,
    generations: int,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """Median of s2_t, approximately ``exp(E ln s2_t)``: ln s2_t is nearly symmetric.

    Slightly too low, at every t from 1 and by a factor of about ``1 + 1/(3(n-1))``, because the
    steps of ln s2_t are skewed: 0.3 % at n = 100, 4 % at n = 10, more below.

    Parameters, return value and errors as in :func:`expected_variance`.

    Source: central limit theorem for ln s2_t; derived for this project.
    """
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(expected_log_variance(sample_size, generations, unbiased, variance_scale))


def median_half_life_approximation(
    sample_size: int, unbiased: bool = False, variance_scale: float = 1.0
) -> float:
    """Generations in which the median variance halves, ``ln 2 / -drift``; inf if it does not.

    About 0.69 (n-1) unbiased and half of that for maximum likelihood; 0 for one point.

    Parameters and errors as in :func:`expected_variance`; source as in
    :func:`median_variance_approximation`.
    """
    drift = log_variance_drift(sample_size, unbiased, variance_scale)
    return math.log(2) / -drift if drift < 0 else math.inf


def collapse_probability_normal_approximation(
    sample_size: int,
    generations: int,
    threshold: float,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """P(s2_t < threshold) if ln s2_t were normal: ``Phi((ln eps - t drift)/sqrt(t psi'))``.

    Parameters
    ----------
    sample_size, generations, unbiased, variance_scale
        As in :func:`expected_variance`.
    threshold
        eps, a share of the true variance, above 0.

    Raises
    ------
    ValueError
        If a parameter is out of range.

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


def variance_of_mean(
    sample_size: int,
    generations: int,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """Var mu_t: ``t/n`` (unbiased), ``1 - (1 - 1/n)^t`` (maximum likelihood). Exact.

    In general ``(lambda/n) sum_{i<t} (lambda r)^i``.

    Parameters, return value and errors as in :func:`expected_variance`.

    Source: Shumailov et al., Nature 2024; derived for this project where lambda != 1.
    """
    excess = _variance_excess(sample_size, unbiased, variance_scale)
    return variance_scale / sample_size * compound_sum(excess, generation_times(generations))


def wasserstein_risk(
    sample_size: int,
    generations: int,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """E W2^2(model t, truth) = ``Var mu_t + E s2_t - 2 E s_t + 1``. Exact.

    Unbiased: ``t/n + 2 (1 - c4^t)``, about 3t/(2n) at first, without bound. Maximum likelihood:
    it tends to 2.

    Parameters, return value and errors as in :func:`expected_variance`.

    Source: Shumailov et al., Nature 2024, Theorem 3.1 (the limit); the closed form is derived
    for this project.
    """
    options = (sample_size, generations, unbiased, variance_scale)
    spread = expected_variance(*options)
    outside = variance_of_mean(*options)
    finite = np.isfinite(spread) & np.isfinite(outside)
    deviation = np.where(finite, expected_standard_deviation(*options), 0.0)
    with np.errstate(over="ignore"):
        risk = np.where(finite, outside + spread - 2 * deviation + 1, math.inf)
    return np.asarray(np.maximum(risk, 0.0))


def cumulative_frechet_drift(
    sample_size: int,
    generations: int,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """Expected Frechet distance between the truth and generation t. Exact.

    Between Gaussians the Frechet distance is W2^2: this is :func:`wasserstein_risk`, with its
    parameters, errors and source.
    """
    return wasserstein_risk(sample_size, generations, unbiased, variance_scale)


def local_frechet_drift(
    sample_size: int,
    generations: int,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> NDArray[np.float64]:
    """Expected Frechet distance between generations t and t + 1. Exact.

    ``(lambda r)^t (lambda/n + 1 + lambda r - 2c)``. It falls to 0 when the loop is dead: two
    consecutive models that look the same are no sign of health.

    Parameters, errors as in :func:`expected_variance`. Shape ``(generations + 1,)``: entry t
    compares t with t + 1, so the last entry looks one generation ahead.

    Source: derived for this project.
    """
    growth = 1 + _variance_excess(sample_size, unbiased, variance_scale)
    factor = _deviation_factor(sample_size, unbiased, variance_scale)
    step = variance_scale / sample_size + 1 + growth - 2 * factor
    spread = expected_variance(sample_size, generations, unbiased, variance_scale)
    return spread * max(step, 0.0)


def median_neutral_temperature(sample_size: int, unbiased: bool = False) -> float:
    """The ``variance_scale`` at which the median variance stands still: ``exp(-drift)``.

    It saves nothing: at that temperature the average variance explodes. Exact for E ln s2_t (the
    median follows to the accuracy of :func:`median_variance_approximation`).

    Parameters
    ----------
    sample_size
        Points per generation, a whole number from 2.
    unbiased
        Divisor n - 1 (True) or n (False).

    Raises
    ------
    ValueError
        If it is out of range.

    Source: derived for this project.
    """
    check_whole_number("sample_size", sample_size, 2)
    return math.exp(-log_variance_drift(sample_size, unbiased))


def accumulate_variance(
    sample_size: int, generations: int, unbiased: bool = False
) -> NDArray[np.float64]:
    """E s2_t when each model is fitted to all points ever drawn. Exact.

    Maximum likelihood: ``prod_{s=1}^t (1 - 1/(n s^2))``, the Bernoulli law. Unbiased:
    ``prod_{s=2}^t (1 - 1/(s (s n - 1)))``. Both have a limit: :func:`accumulate_variance_limit`.

    Parameters, return value and errors as in :func:`expected_variance`.

    Source: derived for this project; compare Gerstgrasser et al. 2024.
    """
    n, _ = check_fit_size(sample_size, unbiased=unbiased)
    steps = generation_times(generations)[1:]
    if unbiased:
        factors = 1 - (steps > 1) / (steps * (steps * n - 1))
    else:
        factors = 1 - 1 / (n * steps**2)
    return np.concatenate([[1.0], np.cumprod(factors)])


def accumulate_variance_of_mean(
    sample_size: int, generations: int, unbiased: bool = False
) -> NDArray[np.float64]:
    """Var mu_t when each model is fitted to all points ever drawn. Exact.

    ``sum_{s<=t} E s2_{s-1} / (n s^2)``; for maximum likelihood ``1 - E s2_t``.

    Parameters, errors and source as in :func:`accumulate_variance`.
    """
    spread = accumulate_variance(sample_size, generations, unbiased)[:-1]
    steps = generation_times(generations)[1:]
    return np.concatenate([[0.0], np.cumsum(spread / (sample_size * steps**2))])


def accumulate_variance_limit(sample_size: int, unbiased: bool = False) -> float:
    """The share of the true variance that accumulating keeps for ever. Exact.

    Maximum likelihood: ``sin(z)/z``, ``z = pi/sqrt(n)``. Unbiased: ``Gamma(2 - 1/n) /
    (Gamma(2 - p) Gamma(2 - q))`` with p, q the roots of ``x^2 - x/n - 1/n``.

    Parameters and errors as in :func:`accumulate_variance`.

    Source: Euler's products for the sine and gamma functions; derived for this project.
    """
    n, _ = check_fit_size(sample_size, unbiased=unbiased)
    if not unbiased:
        return 0.0 if n == 1 else float(np.sinc(1 / math.sqrt(n)))
    half, root = 1 / (2 * n), math.sqrt(1 / (4 * n * n) + 1 / n)
    log_limit = math.lgamma(2 - 1 / n) - math.lgamma(2 - half - root) - math.lgamma(2 - half + root)
    return math.exp(log_limit)


def kernel_variance(sample_size: int, generations: int, bandwidth: float) -> NDArray[np.float64]:
    """Expected variance of the points when the model is a kernel density estimate. Exact.

    Each generation resamples n points and adds noise of variance h^2:
    ``v_{t+1} = (1 - 1/n)(v_t + h^2)``, which tends to ``h^2 (n - 1)``. Smoothing turns the failure
    round: not a point but a blur.

    Parameters
    ----------
    sample_size
        Points per generation, a whole number from 1.
    generations
        Number of generations, from 0.
    bandwidth
        Standard deviation h of the kernel, from 0 (a bootstrap, which collapses).

    Returns
    -------
    Shape ``(generations + 1,)``: the expected variance (divisor n) of the points of a
    generation; entry 0 is the truth's 1.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    limit = check_number("bandwidth", bandwidth, 0.0) ** 2 * (n - 1)
    return limit + (1 - limit) * compound_growth(-1 / n, generation_times(generations))
