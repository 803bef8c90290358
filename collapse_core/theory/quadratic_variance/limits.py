"""Where the averages end after infinitely many generations, for each policy.

Sizes, counts, strengths and weights may be arrays that broadcast (a map in one call). A stationary
pair is (variance, diversity), both of the broadcast shape; for v2 = 0 the diversity stays V* even
where the variance has no bound.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import (
    FloatArray,
    check_number,
    check_numbers,
    check_switch,
    check_together,
    check_whole_number,
)
from collapse_core.theory.quadratic_variance.variance_function import (
    QuadraticVariance,
    restoring_force,
    variance_at,
)


def accumulate_limit(v2: float, sample_size: ArrayLike) -> FloatArray:
    """The share of V* that accumulating keeps for ever: ``lim E V(m_t) / V*``. Exact.

    ``sinh(z)/z`` for v2 > 0 (above 1: the average grows), ``sin(z)/z`` for v2 < 0, with
    ``z = pi sqrt(|v2|/n)``; 1 for v2 = 0.

    Source: Euler's products for sin and sinh; derived for this project.
    """
    v2 = check_number("v2", v2, -1.0)
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    z = np.pi * np.sqrt(abs(v2) / n)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        if v2 > 0:
            return np.asarray(np.where(z > 0, np.sinh(z) / z, 1.0))
        # One point of a Bernoulli: sin(pi) is 0, not 1e-16.
        return np.asarray(np.where(-v2 == n, 0.0, np.sinc(z / np.pi)))


def stationary_anchors(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: ArrayLike,
    count: ArrayLike,
    *,
    fresh: bool = True,
) -> tuple[FloatArray, FloatArray]:
    """Variance and diversity after infinitely many generations with real anchors. Exact.

    Fresh: ``Var = V* (n+k)/D`` and ``E V = V* k (k + 2n + v2)/D``. Fixed, averaged over the draw:
    ``Var = V* (k + 3n)/D`` and ``E V = V* (k + v2)(k + 2n)/D``. ``D = k^2 + 2nk - n v2``; where
    D <= 0 heavy tails win and the moments are inf. Once n is much larger than k, n drops out: the
    number of real points matters, not their share. Fresh counts need not be whole (the formula then
    interpolates), fixed ones must be.

    Source: Wright's island model (Ewens 2004) for the Bernoulli family; otherwise derived for
    this project.
    """
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    k = check_numbers("count", count, 0, whole=not check_switch("fresh", fresh))
    v2, force = variance_function.v2, restoring_force(variance_function.v2, n, k)
    truth = variance_at(variance_function, "truth_mean", truth_mean)
    if fresh:
        spread, kept = n + k, k * (k + 2 * n + v2)
    else:
        spread = np.where(k > 0, k + 3 * n, n)
        kept = np.where(k > 0, (k + v2) * (k + 2 * n), 0.0)
    return _stationary_pair(truth, v2, _quotient(spread, force), _quotient(kept, force))


def stationary_prior(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: ArrayLike,
    strength: ArrayLike,
    prior_mean: float,
) -> tuple[FloatArray, FloatArray]:
    """Variance and diversity after infinitely many generations with a prior. Exact.

    ``Var = n V(m0)/D`` and ``E V = V(m0)(kappa^2 + 2 n kappa)/D``, ``D = kappa^2 + 2 n kappa -
    n v2``: the truth is forgotten. Only where ``strength=0`` does the truth's mean matter.

    One case has no simple limit and is refused: D = 0 together with a prior mean at which the
    family has no variance.

    Source: derived for this project.
    """
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    kappa = check_numbers("strength", strength, 0, whole=False)
    level = variance_at(variance_function, "prior_mean", prior_mean)
    truth = variance_at(variance_function, "truth_mean", truth_mean)
    v2, force = variance_function.v2, restoring_force(variance_function.v2, n, kappa)
    if level == 0 and truth > 0 and np.any((force == 0) & (kappa > 0)):
        raise ValueError(
            f"strength={strength!r} is out of range: with prior_mean={prior_mean} it balances the "
            f"growth exactly, and it must be smaller or larger. Change it a little."
        )
    prior_only = _stationary_pair(
        level, v2, _quotient(n + 0 * kappa, force), _quotient(kappa * (kappa + 2 * n), force)
    )
    if level == 0 and truth > 0:  # nothing feeds the variance in the end, but growth may win
        prior_only = (np.where(force < 0, np.inf, 0.0), np.where(force < 0, np.inf, 0.0))
    none = stationary_anchors(variance_function, truth_mean, n, 0 * kappa)
    variance, diversity = (
        np.where(kappa > 0, ours, theirs) for ours, theirs in zip(prior_only, none, strict=True)
    )
    return variance, diversity


def stationary_weighted(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: ArrayLike,
    count: ArrayLike,
    real_weight: ArrayLike,
) -> tuple[FloatArray, FloatArray]:
    """Variance and diversity after infinitely many generations of weighting. Exact.

    ``Var = V* ((1-w)^2/n + w^2/k) / (1 - (1 + v2/n)(1-w)^2)``.

    Source: He, Xu and Cheng, arXiv:2502.18049; v2 != 0 is derived for this project.
    """
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    w = check_numbers("real_weight", real_weight, 0, whole=False)
    check_number("real_weight", float(np.max(w, initial=0.0)), 0.0, 1.0)
    k = check_numbers("count", count, 0, whole=True)
    check_together(sample_size=n, count=k, real_weight=w)
    if np.any((w > 0) & (k == 0)):
        check_whole_number("count", 0, 1)
    truth = variance_at(variance_function, "truth_mean", truth_mean)
    v2, real_noise = variance_function.v2, w * w / np.maximum(k, 1)
    force = w * (2 - w) - (1 - w) ** 2 * v2 / n
    spread = _quotient((1 - w) ** 2 / n + real_noise, force)
    return _stationary_pair(truth, v2, spread, _quotient(w * (2 - w) + v2 * real_noise, force))


def _quotient(numerator: FloatArray, force: FloatArray) -> FloatArray:
    """``numerator / force``, or inf where nothing (D <= 0) holds the variance back."""
    shape = np.broadcast_shapes(numerator.shape, force.shape)
    held = np.broadcast_to(force > 0, shape)
    with np.errstate(over="ignore"):
        return np.asarray(np.divide(numerator, force, out=np.full(shape, np.inf), where=held))


def _stationary_pair(
    truth: float, v2: float, variance: FloatArray, diversity: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Scale the two ratios by V*; a truth without variance stays where it is."""
    if truth == 0:
        return np.zeros(variance.shape), np.zeros(variance.shape)
    kept = diversity if v2 else np.ones(variance.shape)
    return truth * variance, truth * kept
