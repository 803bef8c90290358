"""A few special functions, computed so that huge samples do not drown in rounding.

The drifts of a refit are tiny differences of large numbers: ``psi(x) - ln x`` is about
``-1/(2x)``. Subtracting two library values loses all its digits at the sample sizes a slider
offers (a billion points cost nothing here), so the asymptotic series is used beyond ``x = 1000``,
where its error is below 1e-20.
"""

from __future__ import annotations

import math

import numpy as np

from collapse_core.checks import FloatArray, check_generations, check_memory

SERIES_FROM = 1000.0


def digamma_minus_log(argument: float) -> float:
    """``psi(x) - ln x`` for ``x > 0``: the drift of the log of a mean of gamma variables.

    Source: asymptotic series of the digamma function (Abramowitz and Stegun 1964, 6.3.18).
    """
    if argument >= SERIES_FROM:
        inverse = 1.0 / argument
        return -inverse / 2 - inverse**2 / 12 + inverse**4 / 120
    from scipy.special import digamma

    return float(digamma(argument)) - math.log(argument)


def log_variance_of_gamma(shape: float) -> float:
    """Variance of ln G for G ~ Gamma(shape): the trigamma function ``psi'(shape)``."""
    from scipy.special import polygamma

    return float(polygamma(1, shape))


def standard_deviation_shrinkage(sample_size: int) -> float:
    """``c4(n)``: the expected standard deviation of n standard normal points, divisor n - 1.

    ``c4(n) = sqrt(2/(n-1)) Gamma(n/2) / Gamma((n-1)/2)``, about ``1 - 1/(4n)``. Needs n >= 2.

    Source: the mean of a chi variable with n - 1 degrees of freedom.
    """
    from scipy.special import poch

    half = (sample_size - 1) / 2
    return float(poch(half, 0.5)) / math.sqrt(half)


def generation_times(generations: int) -> FloatArray:
    """The generations 0, 1, ..., checked, as numbers to calculate with."""
    generations = check_generations(generations)
    check_memory("generations", generations, generations)
    return np.arange(generations + 1, dtype=np.float64)


def compound_growth(excess: float, times: FloatArray) -> FloatArray:
    """``(1 + excess)^t`` for ``excess >= -1``, accurate for tiny excess; inf on overflow."""
    if excess <= -1.0:
        return np.where(times == 0, 1.0, 0.0)
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(times * math.log1p(excess))


def compound_sum(excess: float, times: FloatArray) -> FloatArray:
    """``sum_{i<t} (1 + excess)^i`` for ``excess >= -1``; inf on overflow."""
    if excess == 0.0:
        return times.astype(np.float64)
    if excess <= -1.0:
        return np.where(times == 0, 0.0, 1.0)
    with np.errstate(over="ignore", under="ignore"):
        return np.expm1(times * math.log1p(excess)) / excess
