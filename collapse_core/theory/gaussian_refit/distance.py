"""How far a refitted Gaussian is from the truth, and from the generation before."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from collapse_core.theory.gaussian_refit.averages import (
    deviation_factor,
    expected_standard_deviation,
    expected_variance,
    variance_excess,
    variance_of_mean,
)


def wasserstein_risk(
    sample_size: int, generations: int, unbiased: bool = False, variance_scale: float = 1.0
) -> NDArray[np.float64]:
    """E W2^2(model t, truth) = ``Var mu_t + E s2_t - 2 E s_t + 1``. Exact.

    Between Gaussians it is the squared Frechet distance, here from the truth to t. Unbiased: ``t/n
    + 2 (1 - c4^t)``, about 3t/(2n) at first, without bound. Maximum likelihood: it tends to 2.

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


def local_frechet_drift(
    sample_size: int, generations: int, unbiased: bool = False, variance_scale: float = 1.0
) -> NDArray[np.float64]:
    """Expected Frechet distance between generations t and t + 1. Exact.

    ``(lambda r)^t (lambda/n + 1 + lambda r - 2c)``. It falls to 0 when the loop is dead: two
    consecutive models that look the same are no sign of health.

    Entry t compares t with t + 1, so the last entry looks one generation ahead.

    Source: derived for this project.
    """
    growth = 1 + variance_excess(sample_size, unbiased, variance_scale)
    factor = deviation_factor(sample_size, unbiased, variance_scale)
    step = variance_scale / sample_size + 1 + growth - 2 * factor
    spread = expected_variance(sample_size, generations, unbiased, variance_scale)
    return spread * max(step, 0.0)
