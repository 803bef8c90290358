"""Families whose variance is a quadratic of their mean, and what is averaged of their loops."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import FloatArray, check_number


@dataclass(frozen=True)
class QuadraticVariance:
    """The variance of a family as a function of its mean: ``V(m) = v0 + v1 m + v2 m^2``.

    Bernoulli (0, 1, -1); binomial with M trials (0, 1, -1/M); normal of known variance s2
    (s2, 0, 0); Poisson (0, 1, 0); exponential (0, 0, 1); gamma of shape a (0, 0, 1/a); geometric
    on 0, 1, ... (0, 1, 1); negative binomial of size r (0, 1, 1/r); a variance whose mean is
    known (0, 0, 2). v2 is never below -1, the Bernoulli's.

    Source: Morris 1982, Annals of Statistics 10, 65-80.
    """

    v0: float
    v1: float
    v2: float

    def __post_init__(self) -> None:
        check_number("v0", self.v0)
        check_number("v1", self.v1)
        check_number("v2", self.v2, -1.0)

    def __call__(self, mean: ArrayLike) -> FloatArray:
        """Variance at ``mean`` (any shape)."""
        means = np.asarray(mean, dtype=np.float64)
        return np.asarray(self.v0 + means * (self.v1 + self.v2 * means), dtype=np.float64)


@dataclass(frozen=True)
class Moments:
    """Averages over replicates, one entry per generation, shape ``(generations + 1,)``.

    Attributes
    ----------
    mean
        E m_t.
    variance
        Var(m_t) across replicates; 0 at generation 0.
    diversity
        E V(m_t), the average variety inside a model; V of the truth at generation 0.
    """

    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    diversity: NDArray[np.float64]


@dataclass(frozen=True)
class SubsampledMoments(Moments):
    """Moments of the models, and of the growing pool they are subsampled from.

    Attributes
    ----------
    pool_diversity
        E V(mean of the pool before generation t is fitted), shape ``(generations + 1,)``;
        entry 0 is the truth's V.
    """

    pool_diversity: NDArray[np.float64]


def variance_at(variance_function: QuadraticVariance, name: str, mean: float) -> float:
    """V(mean), refusing a mean at which the family has no variance."""
    mean = check_number(name, mean)
    variance = float(variance_function(mean))
    if not (math.isfinite(variance) and variance >= 0):
        raise ValueError(
            f"{name}={mean} is out of range: the family's variance there is {variance:g}, and a "
            f"variance must be 0 or more. Choose a mean inside the family's range."
        )
    return variance


def unbiased_moments(
    variance_function: QuadraticVariance, truth_mean: float, ratio: FloatArray
) -> Moments:
    """Moments whose mean stays at the truth and whose variance is ``ratio`` times V*."""
    truth = variance_at(variance_function, "truth_mean", truth_mean)
    variance, diversity = _from_ratio(np.asarray(truth), variance_function.v2, ratio)
    return Moments(np.full(ratio.shape, float(truth_mean)), variance, diversity)


def scaled(truth_variance: FloatArray, ratio: FloatArray) -> FloatArray:
    """``V* ratio``, where a truth without variance stays at 0 even if the ratio is inf."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        return np.where(truth_variance > 0, truth_variance * ratio, 0.0)


def _from_ratio(
    truth_variance: FloatArray, v2: float, ratio: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Variance and diversity from Var/V*: ``E V = V* + v2 Var``, with inf but never nan."""
    variance = scaled(truth_variance, ratio)
    with np.errstate(over="ignore"):
        diversity = truth_variance + (v2 * variance if v2 else np.zeros(variance.shape))
    # Full collapse leaves a rounding error of either sign where 0 is meant.
    return variance, np.maximum(diversity, 0.0)


def restoring_force(v2: float, n: ArrayLike, k: ArrayLike) -> FloatArray:
    """``D = k^2 + 2nk - n v2``; the variance stays bounded if and only if D > 0."""
    size, real = np.asarray(n, dtype=np.float64), np.asarray(k, dtype=np.float64)
    return np.asarray(real * real + 2 * size * real - size * v2)
