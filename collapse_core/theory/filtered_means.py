"""Averages of a loop in which each point is real with a chance: what a leaky filter lets pass."""

from __future__ import annotations

import numpy as np

from collapse_core.checks import (
    check_generations,
    check_number,
    check_share,
    check_switch,
    check_whole_number,
)
from collapse_core.theory.gaussian_mixing import GaussianAverages
from collapse_core.theory.quadratic_variance import Moments, QuadraticVariance

__all__ = ["filtered_gaussian_averages", "filtered_moments"]


def filtered_moments(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    left_over: float,
) -> Moments:
    """Mean, variance and diversity of the fits when a share of each training set is synthetic.

    The N points of a training set are independent; each is synthetic with the chance s. Given the
    model m their average has the variance ``(s V(m) + (1 - s) V* + s (1 - s)(m - m*)^2) / N``, so
    with u = Var m and E V = V* + v2 u

        u' = s^2 u + (V* + s v2 u + s (1 - s) u) / N.

    Exact; derived for this project.

    Parameters
    ----------
    variance_function : QuadraticVariance
        V(m).
    truth_mean : float
        m*.
    sample_size : int
        Points N of a training set.
    generations : int
        Number of fits.
    left_over : float
        Share s of synthetic points among those that pass, 0 to 1.
    """
    points = check_whole_number("sample_size", sample_size, 1)
    s, mean = check_share("left_over", left_over), check_number("truth_mean", truth_mean)
    function = variance_function
    truth = function.v0 + function.v1 * mean + function.v2 * mean * mean
    factor = s * s + s * (function.v2 + 1.0 - s) / points
    spread = _iterated(truth / points, factor, check_generations(generations))
    return Moments(np.full(spread.size, mean), spread, truth + function.v2 * spread)


def filtered_gaussian_averages(
    truth_variance: float,
    sample_size: int,
    generations: int,
    left_over: float,
    *,
    unbiased: bool = False,
) -> GaussianAverages:
    """Averages of a Gaussian, mean and variance fitted, when a share of the points is synthetic.

    A point has the variance ``v = s S + (1 - s) S* + s (1 - s) u`` on average, where S = E s2 and
    u = Var mu; then ``u' = s^2 u + v / N`` and ``S' = (1 - 1/N) v``, or v itself if unbiased. A
    point given the model is no normal number, which these averages do not need. Exact; derived for
    this project. Parameters as for :func:`filtered_moments`.
    """
    points = check_whole_number("sample_size", sample_size, 1)
    s, truth = check_share("left_over", left_over), check_number("truth_variance", truth_variance)
    shrink = 1.0 if check_switch("unbiased", unbiased) else 1.0 - 1.0 / points
    rows, wander, spread = [(0.0, truth)], 0.0, truth
    for _ in range(check_generations(generations)):
        point = s * spread + (1.0 - s) * truth + s * (1.0 - s) * wander
        # Given the model, the average scatters by the variance of a point about its own mean.
        wander, spread = s * s * wander + point / points, shrink * point
        rows.append((wander, spread))
    wanders, spreads = np.array(rows).T
    return GaussianAverages(np.zeros(len(rows)), np.array(wanders), np.array(spreads))


def _iterated(added: float, factor: float, generations: int) -> np.ndarray:
    """Return u_0 = 0, u' = factor u + added, at every generation."""
    values = [0.0]
    for _ in range(generations):
        values.append(factor * values[-1] + added)
    return np.array(values)
