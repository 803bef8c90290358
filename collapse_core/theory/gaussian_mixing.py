"""A Gaussian refitted under every policy: priors, weights, memory, temperature, either divisor.

The pooled squares of two sets are the squares within each and the squared distance between their
means. Averaged, this makes the bias of the mean, its variance and the expected variance obey a
linear recursion whatever the two sets are, and with a memory a linear recursion of the pool's mean
and mean square. Maximum likelihood leaves the mean square of all points unchanged on average:
whatever variance a model loses inside turns up as error of its mean.

Everything here is exact. Means are measured from the true mean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import (
    check_choice,
    check_fit_size,
    check_generations,
    check_number,
    check_positive,
    check_whole_number,
)
from collapse_core.theory.mixed_means import Mixture

__all__ = ["GaussianAverages", "mixed_gaussian_averages", "remembered_gaussian_averages"]


@dataclass(frozen=True)
class GaussianAverages:
    """Averages over replicates, shape ``(generations + 1,)``.

    Attributes
    ----------
    bias
        E mu_t - mu*.
    variance_of_mean
        Var mu_t between replicates.
    expected_variance
        E s2_t.
    """

    bias: NDArray[np.float64]
    variance_of_mean: NDArray[np.float64]
    expected_variance: NDArray[np.float64]


def mixed_gaussian_averages(
    truth_variance: float,
    sample_size: int,
    generations: int,
    mixture: Mixture,
    other_variance: float = 0.0,
    correction: float = 1.0,
    variance_scale: float = 1.0,
) -> GaussianAverages:
    """Averages when synthetic points are pooled with others. Exact recursion.

    ``s2' = g [a s2_x + b s2_y + a b (xbar - ybar)^2]`` with the weights a and b of the mixture.

    Parameters
    ----------
    mixture
        Weights of the two sets; mean (from the true mean) and noise of the average of the others.
    other_variance
        Expected mean square of the others about their own average: ``(1 - 1/k)`` times the true
        variance for k real points, the prior's variance for imaginary ones.
    correction
        Factor g of the pooled variance: 1, or N/(N - 1) if unbiased.

    Source: derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    scale = check_positive("variance_scale", variance_scale)
    other_variance = check_number("other_variance", other_variance, 0.0)
    correction = check_positive("correction", correction)
    a, b = mixture.synthetic_weight, mixture.other_weight
    bias, spread, shared = 0.0, 0.0, 0.0
    inside = check_number("truth_variance", truth_variance, 0.0)
    rows = [(bias, spread, inside)]
    for _ in range(check_generations(generations)):
        sampled = scale * inside if a else 0.0
        gap = spread + sampled / n + mixture.other_noise - 2 * shared
        gap = gap + (bias - mixture.other_mean) ** 2 if b else 0.0
        within = a * sampled * (1 - 1 / n) + b * other_variance
        inside = correction * (within + (a * b * gap if a and b else 0.0))
        spread = (
            (a * a * (spread + sampled / n) if a else 0.0)
            + b * b * mixture.other_noise
            + 2 * a * b * shared
        )
        if mixture.kept:
            shared = a * shared + b * mixture.other_noise
        bias = a * bias + b * mixture.other_mean
        rows.append((bias, spread, inside))
    return _averages(rows)


def remembered_gaussian_averages(
    truth_variance: float,
    sample_size: int,
    generations: int,
    memory: Literal["all", "subsample", "resample"],
    *,
    unbiased: bool = False,
    variance_scale: float = 1.0,
) -> GaussianAverages:
    """Averages when all points are kept and all of them, or a sample, are fitted. Exact.

    By the recursion of two numbers: the squared error of the pool's mean, and the mean square of
    its points about the true mean.

    Parameters
    ----------
    memory
        Whether a fit uses the whole pool, or as many of its points as one generation has, drawn
        without (``"subsample"``) or with replacement (``"resample"``).

    Source: derived for this project.
    """
    n, _ = check_fit_size(sample_size, unbiased=unbiased)
    check_choice("memory", memory, ("all", "subsample", "resample"))
    scale = check_positive("variance_scale", variance_scale)
    truth = check_number("truth_variance", truth_variance, 0.0)
    rows = [(0.0, 0.0, truth)]
    error, square = scale * truth / n, scale * truth
    for t in range(1, check_generations(generations) + 1):
        size = t * n
        points = size if memory == "all" else n
        fitted = error + (square - error) * _thinning(memory, n, size)
        inside = (square - fitted) * (points / (points - 1) if unbiased else 1.0)
        rows.append((0.0, fitted, max(inside, 0.0)))
        sampled = scale * max(inside, 0.0)
        error = (t * t * error + 2 * t * error + fitted + sampled / n) / (t + 1) ** 2
        square = (t * square + fitted + sampled) / (t + 1)
    return _averages(rows)


def _thinning(memory: str, n: int, size: int) -> float:
    """Return the share of the pool's variance that a sample adds to the error of its mean."""
    if memory == "all":
        return 0.0
    if memory == "resample":
        return 1.0 / n
    return (size - n) / max(size - 1, 1) / n


def _averages(rows: list[tuple[float, float, float]]) -> GaussianAverages:
    columns = np.array(rows).T
    # Only a growing variance overflows, and an inf minus an inf would read as nan.
    columns[np.isnan(columns)] = math.inf
    return GaussianAverages(columns[0].copy(), columns[1].copy(), columns[2].copy())
