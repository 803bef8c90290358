"""When a loop of Poisson counts has nothing but zeros, whatever it is trained on.

The sum of all counts of a training set is a branching process: each count has a Poisson number of
descendants. Alone it is critical and dies out (Suresh et al., arXiv:2412.17646, Theorem 2). Fresh
real points are immigrants, so it comes back; the same real points for ever are a family that never
dies unless all its counts are 0. The chance of an empty generation follows exactly by composing
generating functions.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import (
    check_generations,
    check_number,
    check_positive,
    check_switch,
    check_whole_number,
)
from collapse_core.theory.special_functions import generation_times

__all__ = [
    "extinction_sequence",
    "poisson_absence",
    "poisson_mean_given_alive",
    "poisson_survival_approximation",
]


def extinction_sequence(generations: int) -> NDArray[np.float64]:
    """``g_t`` with ``g_1 = 1`` and ``g_{t+1} = 1 - exp(-g_t)``, about 2/t. Exact.

    A Poisson loop alone is extinct with probability ``exp(-n m* g_t)``, and ``n g_t`` is the number
    of first-generation points' worth of ancestors left. Entry 0 is inf: nothing can have died out
    before the first fit.

    Source: critical Poisson branching process (Athreya and Ney 1972); Suresh et al.,
    arXiv:2412.17646, Theorem 2.
    """
    sequence = np.full(check_generations(generations) + 1, math.inf)
    for t in range(1, sequence.size):
        sequence[t] = -math.expm1(-sequence[t - 1])
    return sequence


def poisson_mean_given_alive(
    sample_size: int, truth_mean: float, generations: int
) -> NDArray[np.float64]:
    """E[m_t | m_t > 0] = ``m* / (1 - exp(-n m* g_t))``, about t/(2n), without real points. Exact.

    The mean over all runs never changes; it is carried by ever fewer, ever larger survivors.

    Source: the extinction law of :func:`extinction_sequence` and E m_t = m*.
    """
    mean = check_positive("truth_mean", truth_mean)
    expected_total = check_whole_number("sample_size", sample_size, 1) * mean
    return mean / -np.expm1(-expected_total * extinction_sequence(generations))


def poisson_survival_approximation(
    sample_size: int, truth_mean: float, generations: int
) -> NDArray[np.float64]:
    """P(alive at t) ~ ``2 n m* / t``, capped at 1: good when t is far above 2 n m*.

    Its slow tail is why the expected time to extinction is infinite.

    Source: Kolmogorov's estimate for critical branching (Athreya and Ney 1972).
    """
    n = check_whole_number("sample_size", sample_size, 1)
    reach = 2 * n * check_number("truth_mean", truth_mean, 0.0)
    times = generation_times(generations)
    return np.minimum(1.0, reach / np.maximum(times, reach)) if reach else np.zeros(times.shape)


def poisson_absence(
    sample_size: int,
    truth_mean: float,
    generations: int,
    *,
    synthetic_weight: float = 1.0,
    count: int = 0,
    real_weight: float = 0.0,
    fresh: bool = True,
) -> NDArray[np.float64]:
    """P(the mean is 0 at generation t) if ``m' = a xbar + b ybar``. Exact.

    With ``h_0 = 1`` and ``h_{i+1} = 1 - exp(-a h_i)`` it is ``exp(-n m* h_{t-1} - c_t)``, where
    c_t counts the real points: ``k m* (1 + sum_{0<i<t} (1 - exp(-b n h_{i-1} / k)))`` for fresh
    ones, and ``k m*`` for fixed ones (which must all be 0).

    Parameters
    ----------
    synthetic_weight, real_weight
        Weights a and b of the two averages, from 0 to 1. Pooling has ``a = n/(n+k)`` and
        ``b = k/(n+k)``; imaginary points whose average is 0 have ``a = n/(n+kappa)``, ``b = 0``.

    Source: branching processes with immigration (Athreya and Ney 1972); derived for this project.
    """
    n, k = check_whole_number("sample_size", sample_size, 1), check_whole_number("count", count, 0)
    mean = check_number("truth_mean", truth_mean, 0.0)
    a = check_number("synthetic_weight", synthetic_weight, 0.0, 1.0)
    b = check_number("real_weight", real_weight, 0.0, 1.0)
    fresh = check_switch("fresh", fresh)
    chance = np.empty(check_generations(generations) + 1)
    chance[0] = float(mean == 0)
    # Points without weight are not there: they need not be 0.
    reach, immigrants = float(a > 0), k * mean if b > 0 else 0.0
    for t in range(1, chance.size):
        chance[t] = math.exp(-n * mean * reach - immigrants)
        if fresh and b > 0 and k > 0:
            immigrants -= k * mean * math.expm1(-b * n * reach / k)
        reach = -math.expm1(-a * reach)
    return chance
