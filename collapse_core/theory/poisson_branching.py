"""When a loop of Poisson counts has nothing but zeros, whatever it is trained on.

The sum of all counts of a training set is a branching process: each count has a Poisson number of
descendants. Alone it is critical and dies out (Suresh et al., arXiv:2412.17646, Theorem 2). Fresh
real points are immigrants, so it comes back; the same real points for ever are a family that never
dies unless all its counts are 0. The chance of an empty generation follows exactly by composing
generating functions. All formulas here are exact.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number, check_whole_number

__all__ = ["poisson_absence"]


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
    sample_size
        Synthetic points n per generation, from 1.
    truth_mean
        Mean m* of the truth, from 0.
    generations
        Number of fits, from 0.
    synthetic_weight, real_weight
        Weights a and b of the two averages, from 0 to 1. Pooling has ``a = n/(n+k)`` and
        ``b = k/(n+k)``; imaginary points whose average is 0 have ``a = n/(n+kappa)``, ``b = 0``.
    count
        Real points k per generation, from 0.
    fresh
        Whether they are drawn anew each generation.

    Returns
    -------
    Shape ``(generations + 1,)``; entry 0 is 0 unless the truth's mean is 0.

    Source: branching processes with immigration (Athreya and Ney 1972); derived for this project.
    """
    n, k = check_whole_number("sample_size", sample_size, 1), check_whole_number("count", count, 0)
    mean = check_number("truth_mean", truth_mean, 0.0)
    a = check_number("synthetic_weight", synthetic_weight, 0.0, 1.0)
    b = check_number("real_weight", real_weight, 0.0, 1.0)
    chance = np.empty(check_whole_number("generations", generations, 0) + 1)
    chance[0] = float(mean == 0)
    # Points without weight are not there: they need not be 0.
    reach, immigrants = float(a > 0), k * mean if b > 0 else 0.0
    for t in range(1, chance.size):
        chance[t] = math.exp(-n * mean * reach - immigrants)
        if fresh and b > 0 and k > 0:
            immigrants -= k * mean * math.expm1(-b * n * reach / k)
        reach = -math.expm1(-a * reach)
    return chance
