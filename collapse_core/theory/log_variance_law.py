"""The whole law of the variance of a refitted Gaussian: a product of chi-squares.

Each refit multiplies the variance by ``chi2_nu / divisor``, independently. The logarithm is a sum
of equal terms with the characteristic function ``(2/divisor)^{iu} Gamma(nu/2 + iu)/Gamma(nu/2)``,
whose power is turned back into a density by a fast Fourier transform.

Exact up to the grid, four digits or more. Source: the log-chi-square law; inversion as in
Gil-Pelaez 1951, Biometrika 38, 481.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from collapse_core.checks import (
    FloatArray,
    check_generations,
    check_level,
    check_positive,
    check_whole_number,
)
from collapse_core.theory.special_functions import digamma_minus_log, log_variance_of_gamma

__all__ = ["LogVarianceLaw", "log_variance_law"]

GRID = 2**14
MOST_REFITS = 2000


@dataclass(frozen=True, eq=False)
class LogVarianceLaw:
    """Distribution of the logarithm of the variance, the truth's variance being 1.

    Attributes
    ----------
    logarithms, below : ndarray, shape (generations, grid)
        Row t - 1: values of ln s2_t, ascending, and the chance to be at or below them.
    """

    logarithms: FloatArray
    below: FloatArray

    def chance_below(self, variance: float) -> FloatArray:
        """Return P(s2_t <= variance), shape (generations + 1,); ``variance`` is above 0."""
        place = math.log(check_positive("variance", variance))
        rows = zip(self.logarithms, self.below, strict=True)
        later = [float(np.interp(place, x, below)) for x, below in rows]
        return np.array([float(place >= 0.0), *later])

    def quantile(self, level: float) -> FloatArray:
        """Return the quantile of s2_t at a level strictly in (0, 1), shape (generations + 1,)."""
        level = check_level(level)
        rows = zip(self.logarithms, self.below, strict=True)
        later = [math.exp(float(np.interp(level, below, x))) for x, below in rows]
        return np.array([1.0, *later])


def log_variance_law(freedom: int, divisor: int, generations: int) -> LogVarianceLaw:
    """Return the law of the variance at each generation.

    Parameters
    ----------
    freedom : int
        Degrees of freedom nu of a fit: n - 1 in one dimension, d (n - 1) for a round Gaussian in d.
    divisor : int
        By which the squares are divided: n and d n for maximum likelihood.
    generations : int
        From 0 to 2,000.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    """
    from scipy.special import loggamma

    nu = check_whole_number("freedom", freedom, 1, 10**6)
    by = check_whole_number("divisor", divisor, 1, 10**6)
    steps = check_whole_number("generations", check_generations(generations), 0, MOST_REFITS)
    centre = digamma_minus_log(nu / 2) + math.log(nu / by)
    variance = log_variance_of_gamma(nu / 2)
    logarithms, below = np.empty((steps, GRID)), np.empty((steps, GRID))
    for t in range(1, steps + 1):
        # A left tail falls as exp(nu x / 2), which may be slow.
        half = 12.0 * math.sqrt(t * variance) + 80.0 / nu
        step = 2.0 * half / GRID
        u = 2.0 * math.pi * np.fft.fftfreq(GRID, step)
        # Taken about the mean, so that nothing turns fast.
        one = loggamma(nu / 2 + 1j * u) - loggamma(nu / 2) + 1j * u * (math.log(2 / by) - centre)
        density = np.fft.fftshift(np.fft.fft(np.exp(t * one)).real) / (2.0 * half)
        x = (np.arange(GRID) - GRID // 2) * step
        density = np.maximum(density, 0.0)
        chance = np.concatenate([[0.0], np.cumsum(density[1:] + density[:-1]) * step / 2.0])
        logarithms[t - 1], below[t - 1] = x + t * centre, chance / chance[-1]
    return LogVarianceLaw(logarithms, below)
