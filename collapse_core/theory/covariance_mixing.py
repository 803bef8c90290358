"""The average covariance of a loop, and how far runs scatter around it, in any dimension.

A covariance fitted to n points of a Gaussian with known mean is a Wishart matrix: unbiased, with
second moments that are linear in tr S^2 and (tr S)^2 (Muirhead 1982). So the average covariance
and its total variance, the sum of the variances of all its entries, follow by recursion for any
true covariance and whatever real or imaginary points are pooled. The average never collapses; the
typical run does, one direction after another.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import FloatArray, check_generations, check_positive, check_whole_number

__all__ = ["CovarianceMoments", "accumulated_covariance_moments", "mixed_covariance_moments"]


@dataclass(frozen=True)
class CovarianceMoments:
    """Averages over replicates.

    Attributes
    ----------
    mean
        E S_t, shape ``(generations + 1, d, d)``.
    total_variance
        E of the squared Frobenius distance of S_t from its mean, shape ``(generations + 1,)``.
    """

    mean: NDArray[np.float64]
    total_variance: NDArray[np.float64]


def mixed_covariance_moments(
    truth: FloatArray,
    sample_size: int,
    generations: int,
    *,
    synthetic_weight: float = 1.0,
    other: FloatArray | None = None,
    other_points: float = math.inf,
    kept: bool = False,
    variance_scale: float = 1.0,
) -> CovarianceMoments:
    """Moments when ``S' = a S_x + (1 - a) S_y``. Exact recursion.

    Parameters
    ----------
    truth
        True covariance, shape ``(d, d)``.
    synthetic_weight
        Weight a of the synthetic points.
    other
        Expectation of S_y, shape ``(d, d)``; by default the truth.
    other_points
        Real points k behind S_y; inf for the imaginary points of a prior, which have no noise.
    kept
        Whether S_y is drawn once and kept.

    Source: moments of the Wishart law (Muirhead 1982); derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    scale = check_positive("variance_scale", variance_scale)
    others = truth if other is None else other
    a, b = synthetic_weight, 1.0 - synthetic_weight
    pull = a * scale
    noise = _wishart_noise(others, np.zeros(2), other_points)
    mean, spread, shared = np.array(truth, dtype=np.float64), np.zeros(2), np.zeros(2)
    means, spreads = [mean], [0.0]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(check_generations(generations)):
            sampled = pull**2 * (spread + _wishart_noise(mean, spread, n)) if a else np.zeros(2)
            spread = sampled + b * b * noise + 2 * pull * b * shared
            if kept:
                shared = pull * shared + b * noise
            mean = pull * mean + b * others
            means.append(mean)
            spreads.append(float(spread[0]))
    return _moments(means, spreads)


def accumulated_covariance_moments(
    truth: FloatArray, sample_size: int, generations: int, variance_scale: float = 1.0
) -> CovarianceMoments:
    """Moments when each model is fitted to all points ever drawn. Exact recursion.

    Parameters and source as in :func:`mixed_covariance_moments`.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    scale = check_positive("variance_scale", variance_scale)
    mean, spread = np.array(truth, dtype=np.float64), np.zeros(2)
    means, spreads = [mean], [0.0]
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(check_generations(generations)):
            step = (t + scale) / (t + 1)
            noise = scale**2 * _wishart_noise(mean, spread, n) / (t + 1) ** 2
            mean, spread = step * mean, step * step * spread + noise
            means.append(mean)
            spreads.append(float(spread[0]))
    return _moments(means, spreads)


def _wishart_noise(mean: FloatArray, spread: FloatArray, points: float) -> FloatArray:
    """Total variance, and variance of the trace, of a covariance fitted to so many points.

    ``spread`` holds the same two variances of the random covariance that the points come from.
    """
    square = np.sum(mean * mean) + spread[0]
    trace_square = np.square(np.trace(mean)) + spread[1]
    return np.array([square + trace_square, 2.0 * square]) / points


def _moments(means: list[FloatArray], spreads: list[float]) -> CovarianceMoments:
    variance = np.array(spreads)
    variance[np.isnan(variance)] = math.inf
    mean = np.array(means)
    mean[np.isnan(mean)] = math.inf
    return CovarianceMoments(mean, variance)
