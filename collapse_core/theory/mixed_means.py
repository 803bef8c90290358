"""Averages of a loop that pools a scaled synthetic mean with anything else.

At a temperature, or with a taste for typical samples, a model does not sample from what was
fitted: the mean of a synthetic point is a factor times the fitted mean. If its variance is still a
quadratic of that mean, the average and the variance of the next fit are linear in those of this
one, and everything follows by recursion. A factor below 1 kills every run, one above 1 makes the
average explode; real points hold both, at a biased level.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from collapse_core.checks import (
    check_generations,
    check_number,
    check_positive,
    check_switch,
    check_whole_number,
)
from collapse_core.theory.quadratic_variance import Moments, QuadraticVariance

__all__ = ["Mixture", "accumulated_mean_moments", "mixed_mean_moments"]


@dataclass(frozen=True)
class Mixture:
    """A training set: ``m' = synthetic_weight * xbar + other_weight * ybar``.

    Attributes
    ----------
    synthetic_weight, other_weight
        Weights of the two averages, from 0 to 1.
    other_mean
        Expectation of ybar: the truth's mean for real points, a prior's for imaginary ones.
    other_noise
        Variance of ybar, from 0 (a prior) to V*/k (k real points).
    kept
        Whether ybar is drawn once and kept, rather than anew each generation.
    """

    synthetic_weight: float = 1.0
    other_weight: float = 0.0
    other_mean: float = 0.0
    other_noise: float = 0.0
    kept: bool = False

    def __post_init__(self) -> None:
        check_number("synthetic_weight", self.synthetic_weight, 0.0, 1.0)
        check_number("other_weight", self.other_weight, 0.0, 1.0)
        check_number("other_mean", self.other_mean)
        check_number("other_noise", self.other_noise, 0.0)
        check_switch("kept", self.kept)


def mixed_mean_moments(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    mixture: Mixture,
    mean_factor: float = 1.0,
    sampling_variance: QuadraticVariance | None = None,
) -> Moments:
    """Mean, variance and diversity of the fits of a biased loop. Exact recursion.

    Parameters
    ----------
    mixture
        What a training set holds.
    mean_factor
        Factor between a fitted mean and that of the points sampled from it, above 0.
    sampling_variance
        Variance of such a point as a quadratic of the FITTED mean; by default V itself.

    Source: derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    scale = check_positive("mean_factor", mean_factor)
    sampling = variance_function if sampling_variance is None else sampling_variance
    pull, push = mixture.synthetic_weight * scale, mixture.other_weight
    mean, spread, shared = check_number("truth_mean", truth_mean), 0.0, 0.0
    rows = [(mean, spread)]
    for _ in range(check_generations(generations)):
        noise = _expected(sampling, mean, spread) / n
        old_shared = shared
        if mixture.kept:
            shared = pull * shared + push * mixture.other_noise
        spread = (
            _times(pull * pull, spread)
            + _times(mixture.synthetic_weight**2, noise)
            + push * push * mixture.other_noise
            + 2 * pull * push * old_shared
        )
        mean = _times(pull, mean) + push * mixture.other_mean
        rows.append((mean, spread))
    return _moments(variance_function, rows)


def accumulated_mean_moments(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    mean_factor: float = 1.0,
    sampling_variance: QuadraticVariance | None = None,
) -> Moments:
    """Mean, variance and diversity of a biased loop that keeps all points. Exact recursion.

    ``m_{t+1} = (t m_t + xbar) / (t + 1)``. Parameters and source as in
    :func:`mixed_mean_moments`.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    scale = check_positive("mean_factor", mean_factor)
    sampling = variance_function if sampling_variance is None else sampling_variance
    mean, spread = check_number("truth_mean", truth_mean), 0.0
    rows = [(mean, spread)]
    for t in range(check_generations(generations)):
        noise = _expected(sampling, mean, spread) / n
        step = (t + scale) / (t + 1)
        mean, spread = step * mean, step * step * spread + noise / (t + 1) ** 2
        rows.append((mean, spread))
    return _moments(variance_function, rows)


def _expected(variance: QuadraticVariance, mean: float, spread: float) -> float:
    """Return the average of a quadratic of a mean with this expectation and variance."""
    square = _times(mean, mean) + spread
    return variance.v0 + _times(variance.v1, mean) + _times(variance.v2, square)


def _times(weight: float, value: float) -> float:
    """Return the product, with 0 times inf meaning 0: what has no weight does not count."""
    return weight * value if weight and value else 0.0


def _moments(variance_function: QuadraticVariance, rows: list[tuple[float, float]]) -> Moments:
    diversity = [_expected(variance_function, mean, spread) for mean, spread in rows]
    means, variances = np.array(rows).T
    kept = np.where(np.isnan(diversity), math.inf, np.maximum(diversity, 0.0))
    return Moments(np.array(means), np.array(variances), kept)
