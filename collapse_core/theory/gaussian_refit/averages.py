"""The average variance of a refitted Gaussian, and how far its mean wanders."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_fit_size, check_number, check_positive, check_whole_number
from collapse_core.theory.special_functions import (
    compound_growth,
    compound_sum,
    generation_times,
    standard_deviation_shrinkage,
)


def variance_excess(sample_size: int, unbiased: bool, variance_scale: float) -> float:
    """E s2_{t+1}/s2_t - 1, without cancellation."""
    n, divisor = check_fit_size(sample_size, unbiased=unbiased)
    scale = check_positive("variance_scale", variance_scale)
    return (scale - 1) - scale * (divisor - (n - 1)) / divisor


def deviation_factor(sample_size: int, unbiased: bool, variance_scale: float) -> float:
    """c = E s_{t+1}/s_t."""
    n, divisor = check_fit_size(sample_size, unbiased=unbiased)
    scale = check_positive("variance_scale", variance_scale)
    if n == 1:
        return 0.0
    return standard_deviation_shrinkage(n) * math.sqrt(scale * (n - 1) / divisor)


def expected_variance(
    sample_size: int, generations: int, unbiased: bool = False, variance_scale: float = 1.0
) -> NDArray[np.float64]:
    """E s2_t = ``(lambda r)^t``, ``r = 1 - 1/n`` (maximum likelihood) or 1 (unbiased). Exact.

    Lambda is ``variance_scale``. One point under maximum likelihood has variance 0 at once.

    Source: Shumailov et al., Nature 2024 (unbiased); moments of chi-square variables.
    """
    excess = variance_excess(sample_size, unbiased, variance_scale)
    return compound_growth(excess, generation_times(generations))


def expected_squared_variance(
    sample_size: int, generations: int, unbiased: bool = False, variance_scale: float = 1.0
) -> NDArray[np.float64]:
    """E s2_t^2 = ``(lambda^2 (n-1)(n+1)/divisor^2)^t``. Exact.

    Unbiased it grows: simulated averages miss it, as rare runs carry it.

    Source: moments of chi-square variables.
    """
    n, divisor = check_fit_size(sample_size, unbiased=unbiased)
    scale = check_positive("variance_scale", variance_scale)
    one_fit = -1 / n**2 if not unbiased else 2 / divisor
    return compound_growth((scale**2 - 1) + scale**2 * one_fit, generation_times(generations))


def expected_standard_deviation(
    sample_size: int, generations: int, unbiased: bool = False, variance_scale: float = 1.0
) -> NDArray[np.float64]:
    """E s_t = ``c^t``, ``c = c4(n) sqrt(lambda (n-1)/divisor)``. Exact.

    Source: mean of a chi variable; Bertrand et al. 2024 state ``E s_t = c4^t``.
    """
    factor = deviation_factor(sample_size, unbiased, variance_scale)
    return compound_growth(factor - 1.0, generation_times(generations))


def variance_of_mean(
    sample_size: int, generations: int, unbiased: bool = False, variance_scale: float = 1.0
) -> NDArray[np.float64]:
    """Var mu_t: ``t/n`` (unbiased), ``1 - (1 - 1/n)^t`` (maximum likelihood). Exact.

    In general ``(lambda/n) sum_{i<t} (lambda r)^i``.

    Source: Shumailov et al., Nature 2024; derived for this project where lambda != 1.
    """
    excess = variance_excess(sample_size, unbiased, variance_scale)
    return variance_scale / sample_size * compound_sum(excess, generation_times(generations))


def accumulate_variance(
    sample_size: int, generations: int, unbiased: bool = False
) -> NDArray[np.float64]:
    """E s2_t when each model is fitted to all points ever drawn. Exact.

    Maximum likelihood: ``prod_{s=1}^t (1 - 1/(n s^2))``, the Bernoulli law. Unbiased:
    ``prod_{s=2}^t (1 - 1/(s (s n - 1)))``. Both have a limit: :func:`accumulate_variance_limit`.

    Source: derived for this project; compare Gerstgrasser et al. 2024.
    """
    n, _ = check_fit_size(sample_size, unbiased=unbiased)
    steps = generation_times(generations)[1:]
    if unbiased:
        factors = 1 - (steps > 1) / (steps * (steps * n - 1))
    else:
        factors = 1 - 1 / (n * steps**2)
    return np.concatenate([[1.0], np.cumprod(factors)])


def accumulate_variance_limit(sample_size: int, unbiased: bool = False) -> float:
    """The share of the true variance that accumulating keeps for ever. Exact.

    Maximum likelihood: ``sin(z)/z``, ``z = pi/sqrt(n)``. Unbiased: ``Gamma(2 - 1/n) /
    (Gamma(2 - p) Gamma(2 - q))`` with p, q the roots of ``x^2 - x/n - 1/n``.

    Source: Euler's products for the sine and gamma functions; derived for this project.
    """
    n, _ = check_fit_size(sample_size, unbiased=unbiased)
    if not unbiased:
        return 0.0 if n == 1 else float(np.sinc(1 / math.sqrt(n)))
    half, root = 1 / (2 * n), math.sqrt(1 / (4 * n * n) + 1 / n)
    log_limit = math.lgamma(2 - 1 / n) - math.lgamma(2 - half - root) - math.lgamma(2 - half + root)
    return math.exp(log_limit)


def kernel_variance(sample_size: int, generations: int, bandwidth: float) -> NDArray[np.float64]:
    """Expected variance (divisor n) of the points of a kernel density estimate in the loop. Exact.

    Each generation resamples n points and adds noise of variance h^2:
    ``v_{t+1} = (1 - 1/n)(v_t + h^2)``, which tends to ``h^2 (n - 1)``. Smoothing turns the failure
    round: not a point but a blur.

    Parameters
    ----------
    bandwidth
        Standard deviation h of the kernel, from 0 (a bootstrap, which collapses).

    Source: derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    limit = check_number("bandwidth", bandwidth, 0.0) ** 2 * (n - 1)
    return limit + (1 - limit) * compound_growth(-1 / n, generation_times(generations))
