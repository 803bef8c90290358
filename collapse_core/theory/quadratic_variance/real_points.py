"""What real points are worth: how many it takes, how much they should weigh, how fast they work.

They are drawn anew in every generation. Sizes and counts may be arrays that broadcast, and counts
need not be whole where no rule says so.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import FloatArray, check_number, check_numbers
from collapse_core.theory.quadratic_variance.variance_function import (
    QuadraticVariance,
    restoring_force,
    variance_at,
)


def best_real_weight(
    variance_function: QuadraticVariance, sample_size: ArrayLike, count: ArrayLike
) -> FloatArray:
    """The weight of ``count`` fresh real points that leaves the least variance. Exact.

    ``1 - w`` is the smaller root of ``c x^2 - (1 + c + rho) x + 1``, ``c = 1 + v2/n``,
    ``rho = k/n``. For v2 = 0 and as many real points as synthetic ones it is 1/phi = 0.618, the
    golden ratio; for few real points about ``sqrt(rho)``, far above their fair share. The
    variance is then ``V* w/k``. With no real points the weight is 0.

    Source: He, Xu and Cheng, arXiv:2502.18049; v2 != 0 is derived for this project.
    """
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    k = check_numbers("count", count, 0, whole=True)
    c, rho = 1 + variance_function.v2 / n, k / n
    linear = 1 + c + rho
    # (linear^2 - 4c), written as a sum of non-negative terms: no cancellation.
    root = np.sqrt((1 - c) ** 2 + rho * (2 + 2 * c + rho))
    weight = 1 - 2 / (linear + root)
    return np.asarray(np.where(k > 0, weight, 0.0))


def anchors_needed(fraction: float, v2: float = -1.0) -> float:
    """Fresh anchors per generation that hold the mean diversity at ``fraction`` of the truth's.

    The limit of many synthetic points, ``fraction = 2k/(2k - v2)``, solved for k:
    ``k = -v2 f / (2 (1 - f))``. For the Bernoulli family half the diversity costs half a point
    per generation, 90 % costs 4.5, 99 % costs 49.5.

    Parameters
    ----------
    fraction
        Diversity in the end relative to the truth: from 0 to 1 if v2 < 0 (1 costs inf), above 1
        if v2 > 0 (there the mean diversity grows, and anchors hold it down), 1 if v2 = 0.
    v2
        The family's quadratic coefficient, from -1.

    Source: derived for this project; Wright's F_ST = 1/(1 + 2k) for v2 = -1.
    """
    v2, fraction = check_number("v2", v2, -1.0), check_number("fraction", fraction, 0.0)
    reachable = fraction <= 1 if v2 < 0 else (fraction > 1 if v2 > 0 else fraction == 1)
    if not reachable:
        allowed = "from 0 to 1" if v2 < 0 else ("above 1" if v2 > 0 else "exactly 1")
        raise ValueError(
            f"fraction={fraction} is out of range: for v2={v2} it must be {allowed}, as the mean "
            f"diversity of this family can end nowhere else. Choose a fraction {allowed}."
        )
    if v2 == 0:
        return 0.0
    return math.inf if fraction == 1 else -v2 * fraction / (2 * (1 - fraction))


def effective_sample_size(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: ArrayLike,
    count: ArrayLike,
) -> FloatArray:
    """Real points that would give the accuracy of the loop with fresh anchors. Exact.

    ``V*/Var = D/(n + k)``; with a share alpha of N points real, about ``N alpha (2 - alpha)``:
    10 % real data are worth 19 %. It is 0 where the variance has no bound.

    Source: derived for this project.
    """
    variance_at(variance_function, "truth_mean", truth_mean)
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    k = check_numbers("count", count, 0, whole=False)
    force = restoring_force(variance_function.v2, n, k)
    return np.asarray(np.maximum(force, 0.0) / (n + k))


def half_life(
    variance_function: QuadraticVariance, sample_size: ArrayLike, count: ArrayLike = 0
) -> FloatArray:
    """Generations in which the variance covers half of its remaining way. Exact.

    ``ln 2 / -ln q`` with ``q = (1 + v2/n) (n/(n+k))^2``, for pure replacement (``count=0``) and
    fresh anchors; about ``n ln 2 / (2k - v2)``. It is 0 if the first fit already ends the story
    and inf if the variance never settles.

    Source: derived for this project.
    """
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    k = check_numbers("count", count, 0, whole=False)
    force = restoring_force(variance_function.v2, n, k)
    with np.errstate(divide="ignore", over="ignore"):
        rate = -np.log1p(-np.clip(force / (n + k) ** 2, 0.0, 1.0))
        return np.asarray(np.log(2.0) / rate)
