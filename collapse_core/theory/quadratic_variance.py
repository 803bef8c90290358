"""One algebra behind every average: families whose variance is a quadratic of their mean.

Six natural families (Morris 1982) have ``Var(X) = V(m) = v0 + v1 m + v2 m^2``: normal, Poisson,
binomial, gamma, negative binomial and one more. Refit the mean to n of the model's own points and
the new mean has expectation m and variance V(m)/n. V being quadratic, the average of V(m_t) obeys
a linear recursion whose only ingredient is v2/n: the mean diversity shrinks if v2 < 0, stays if
v2 = 0 and GROWS if v2 > 0, while every single run collapses or wanders off. Whatever is mixed into
the training set (anchors, a prior, older generations, weights), the recursion stays linear, so
everything in this module is exact unless its docstring says otherwise.

Generation 0 is the truth; generation t is the t-th fit. Everything is an average over replicates:
``variance`` is how far the replicates' means scatter, ``diversity`` how much variety one model
holds. For means that stay unbiased, ``diversity - v2 * variance`` is the truth's own V, for ever:
what is lost inside is found outside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import (
    FloatArray,
    check_number,
    check_numbers,
    check_whole_number,
)
from collapse_core.theory.special_functions import compound_growth, compound_sum


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


def _variance_at(variance_function: QuadraticVariance, name: str, mean: float) -> float:
    """V(mean), refusing a mean at which the family has no variance."""
    mean = check_number(name, mean)
    variance = float(variance_function(mean))
    if not (math.isfinite(variance) and variance >= 0):
        raise ValueError(
            f"{name}={mean} is out of range: the family's variance there is {variance:g}, and a "
            f"variance must be 0 or more. Choose a mean inside the family's range."
        )
    return variance


def _unbiased_moments(
    variance_function: QuadraticVariance, truth_mean: float, ratio: FloatArray
) -> Moments:
    """Moments whose mean stays at the truth and whose variance is ``ratio`` times V*."""
    truth = _variance_at(variance_function, "truth_mean", truth_mean)
    variance, diversity = _from_ratio(np.asarray(truth), variance_function.v2, ratio)
    return Moments(np.full(ratio.shape, float(truth_mean)), variance, diversity)


def _scaled(truth_variance: FloatArray, ratio: FloatArray) -> FloatArray:
    """``V* ratio``, where a truth without variance stays at 0 even if the ratio is inf."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        return np.where(truth_variance > 0, truth_variance * ratio, 0.0)


def _from_ratio(
    truth_variance: FloatArray, v2: float, ratio: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Variance and diversity from Var/V*: ``E V = V* + v2 Var``, with inf but never nan."""
    variance = _scaled(truth_variance, ratio)
    with np.errstate(over="ignore"):
        diversity = truth_variance + (v2 * variance if v2 else np.zeros(variance.shape))
    # Full collapse leaves a rounding error of either sign where 0 is meant.
    return variance, np.maximum(diversity, 0.0)


def _times(generations: int) -> FloatArray:
    return np.arange(check_whole_number("generations", generations, 0) + 1, dtype=np.float64)


def replace(
    variance_function: QuadraticVariance, truth_mean: float, sample_size: int, generations: int
) -> Moments:
    """Each model is refitted only to ``sample_size`` points of the model before it. Exact.

    ``E V(m_t) = V* (1 + v2/n)^t`` and ``Var(m_t) = V* ((1 + v2/n)^t - 1) / v2``, or ``V* t/n``
    when v2 = 0. Heavy tails (v2 > 0) overflow to inf in the end.

    Parameters
    ----------
    variance_function
        The family.
    truth_mean
        Mean m* of the truth; V(m*) must be 0 or more.
    sample_size
        Synthetic points per generation, a whole number from 1.
    generations
        Number of fits, a whole number from 0.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: the variance function is Morris 1982; the recursion is derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    times = _times(generations)
    excess = variance_function.v2 / n
    moments = _unbiased_moments(variance_function, truth_mean, compound_sum(excess, times) / n)
    # The power itself keeps its digits where V* + v2 Var would cancel to nothing.
    diversity = _scaled(variance_function(truth_mean), compound_growth(excess, times))
    return Moments(moments.mean, moments.variance, diversity)


def anchors(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    count: int,
    *,
    fresh: bool = True,
) -> Moments:
    """``count`` real points are pooled with the synthetic ones in every generation. Exact.

    Fresh anchors are drawn anew each generation: ``Var(m_t) = V* (n+k)/D (1 - q^t)`` with
    ``D = k^2 + 2nk - n v2`` and ``q = 1 - D/(n+k)^2``. Fixed anchors are drawn once and kept; the
    moments are then averaged over that draw, by the exact linear recursion of ``E (m_t - m*)^2``
    and of the covariance of m_t with the anchors' mean. ``count=0`` is :func:`replace`.

    Parameters
    ----------
    variance_function, truth_mean, sample_size, generations
        As in :func:`replace`.
    count
        Real points k per generation, a whole number from 0.
    fresh
        Whether the real points are drawn anew each generation.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: derived for this project; for the Bernoulli family the stationary value is Wright's
    island model (Ewens 2004).
    """
    n, k = check_whole_number("sample_size", sample_size, 1), check_whole_number("count", count, 0)
    if k == 0:
        return replace(variance_function, truth_mean, n, generations)
    times = _times(generations)
    if fresh:
        excess = -float(_restoring_force(variance_function.v2, n, k)) / float(n + k) ** 2
        ratio = compound_sum(excess, times) / (n + k)
    else:
        ratio = _fixed_anchor_variance_ratio(variance_function.v2, n, k, times.size)
    return _unbiased_moments(variance_function, truth_mean, ratio)


def _restoring_force(v2: float, n: ArrayLike, k: ArrayLike) -> FloatArray:
    """``D = k^2 + 2nk - n v2``; the variance stays bounded if and only if D > 0."""
    size, real = np.asarray(n, dtype=np.float64), np.asarray(k, dtype=np.float64)
    return np.asarray(real * real + 2 * size * real - size * v2)


def _fixed_anchor_variance_ratio(v2: float, n: int, k: int, length: int) -> FloatArray:
    """Var(m_t)/V* with k fixed anchors: recursion of the variance s and the covariance c."""
    total = n + k
    a, b = n / total, k / total
    s, c = 0.0, 0.0
    ratios = np.empty(length)
    for t in range(length):
        ratios[t] = s
        s, c = a * a * (s + (1 + v2 * s) / n) + 2 * a * b * c + b / total, a * c + 1 / total
    return ratios


def prior(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    strength: float,
    prior_mean: float,
) -> Moments:
    """Refit with a conjugate prior: ``strength`` imaginary points at ``prior_mean``. Exact.

    ``m' = (n xbar + kappa m0) / (n + kappa)``. The mean moves from the truth to the prior as
    ``a^t``, ``a = n/(n + kappa)``; the variance follows by its exact recursion. ``strength=0`` is
    :func:`replace`.

    Parameters
    ----------
    variance_function, truth_mean, sample_size, generations
        As in :func:`replace`.
    strength
        Pseudo-observations kappa, any number from 0 (a Beta(al, be) prior has al + be).
    prior_mean
        Mean m0 of the pseudo-observations, inside the family's range (its boundary included).

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: conjugate posterior means are linear (Diaconis and Ylvisaker 1979); the recursion is
    derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    kappa = check_number("strength", strength, 0.0)
    _variance_at(variance_function, "prior_mean", prior_mean)
    if kappa == 0:
        return replace(variance_function, truth_mean, n, generations)
    _variance_at(variance_function, "truth_mean", truth_mean)
    a = n / (n + kappa)
    pull = compound_growth(-kappa / (n + kappa), _times(generations))
    mean = prior_mean + (truth_mean - prior_mean) * pull
    at_mean = variance_function(mean)
    variance, spread, v2 = np.empty(mean.size), 0.0, variance_function.v2
    for t, level in enumerate(at_mean.tolist()):
        variance[t] = spread
        spread = a * a * (spread + (level + v2 * spread) / n)
    with np.errstate(over="ignore"):
        diversity = at_mean + v2 * variance if v2 else at_mean
    return Moments(mean, variance, np.maximum(diversity, 0.0))


def accumulate(
    variance_function: QuadraticVariance, truth_mean: float, sample_size: int, generations: int
) -> Moments:
    """Each model is fitted to all points ever drawn, ``sample_size`` more per generation. Exact.

    ``E V(m_t) = V* prod_{s<=t} (1 + v2/(n s^2))``, which has a limit for every family: see
    :func:`accumulate_limit`. To leading order the loss stops at pi^2/6 times that of the first
    fit.

    Parameters and errors as in :func:`replace`.

    Source: derived for this project; the factor pi^2/6 is in Gerstgrasser et al. 2024 and Dey and
    Donoho, arXiv:2410.22812.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    steps = 1.0 / (n * _times(generations)[1:] ** 2)
    with np.errstate(over="ignore"):
        diversity = np.concatenate([[1.0], np.cumprod(1.0 + variance_function.v2 * steps)])
        ratio = np.concatenate([[0.0], np.cumsum(diversity[:-1] * steps)])
    moments = _unbiased_moments(variance_function, truth_mean, ratio)
    diversity = _scaled(variance_function(truth_mean), diversity)
    return Moments(moments.mean, moments.variance, diversity)


def accumulate_limit(v2: float, sample_size: ArrayLike) -> FloatArray:
    """The share of V* that accumulating keeps for ever: ``lim E V(m_t) / V*``. Exact.

    ``sinh(z)/z`` for v2 > 0 (above 1: the average grows), ``sin(z)/z`` for v2 < 0, with
    ``z = pi sqrt(|v2|/n)``; 1 for v2 = 0.

    Parameters
    ----------
    v2
        The family's quadratic coefficient, from -1.
    sample_size
        Points per generation, whole numbers from 1; any shape, which is the answer's shape.

    Raises
    ------
    ValueError
        If a parameter is out of range.

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


def accumulate_subsample(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    *,
    replacement: bool,
) -> SubsampledMoments:
    """Everything is kept, but each model is fitted to ``sample_size`` points of the pool. Exact.

    Before fit t the pool holds t n points (the first n are real draws of the truth); fit t uses n
    of them, drawn with or without replacement, and its n new points join the pool. Exact for
    every v2 by the linear recursion of two moments of the pool: the square of its mean's error
    and the mean square of its points.

    Parameters
    ----------
    variance_function, truth_mean, sample_size, generations
        As in :func:`replace`.
    replacement
        Whether the n points are drawn from the pool with replacement.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: derived for this project.
    """
    n, v2 = check_whole_number("sample_size", sample_size, 1), variance_function.v2
    length = _times(generations).size
    model, pool = np.zeros(length), np.zeros(length)
    error, square = 1.0 / n, 1.0  # of the pool's mean, and of its points, in units of V*
    for t in range(1, length):
        size = t * n
        thinning = 1.0 if replacement else (size - n) / max(size - 1, 1)
        fitted = error + (square - error) / n * thinning
        pool[t], model[t] = error, fitted
        new_error = fitted + (1 + v2 * fitted) / n
        error = (t * t * error + 2 * t * error + new_error) / (t + 1) ** 2
        square = (t * square + 1 + v2 * fitted + fitted) / (t + 1)
    models = _unbiased_moments(variance_function, truth_mean, model)
    pooled = _unbiased_moments(variance_function, truth_mean, pool)
    return SubsampledMoments(models.mean, models.variance, models.diversity, pooled.diversity)


def weighted(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    count: int,
    real_weight: float,
) -> Moments:
    """``count`` fresh real points weigh ``real_weight``, however few they are. Exact.

    ``m' = w ybar + (1 - w) xbar``. Pooling is ``w = k/(n + k)``; ``w = 0`` is :func:`replace`.

    Parameters
    ----------
    variance_function, truth_mean, sample_size, generations
        As in :func:`replace`.
    count
        Real points k per generation, a whole number from 0 (from 1 if they weigh anything).
    real_weight
        Their weight w, from 0 to 1.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: He, Xu and Cheng, arXiv:2502.18049; the extension to v2 != 0 is derived for this
    project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    w = check_number("real_weight", real_weight, 0.0, 1.0)
    k = check_whole_number("count", count, 1 if w > 0 else 0)
    if w == 0:
        return replace(variance_function, truth_mean, n, generations)
    excess = (1 - w) ** 2 * variance_function.v2 / n - w * (2 - w)
    ratio = compound_sum(excess, _times(generations)) * ((1 - w) ** 2 / n + w * w / k)
    return _unbiased_moments(variance_function, truth_mean, ratio)


def _quotient(numerator: FloatArray, force: FloatArray) -> FloatArray:
    """``numerator / force``, or inf where nothing (D <= 0) holds the variance back."""
    shape = np.broadcast_shapes(numerator.shape, force.shape)
    held = np.broadcast_to(force > 0, shape)
    return np.asarray(np.divide(numerator, force, out=np.full(shape, np.inf), where=held))


def _stationary_pair(
    truth: float, v2: float, variance: FloatArray, diversity: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Scale the two ratios by V*; a truth without variance stays where it is."""
    if truth == 0:
        return np.zeros(variance.shape), np.zeros(variance.shape)
    kept = diversity if v2 else np.ones(variance.shape)
    return truth * variance, truth * kept


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
    number of real points matters, not their share.

    Parameters
    ----------
    variance_function, truth_mean
        As in :func:`replace`.
    sample_size
        Synthetic points n, whole numbers from 1, any shape.
    count
        Real points k from 0, any shape that broadcasts with ``sample_size`` (a map in one call).
        Fresh counts need not be whole (the formula then interpolates), fixed ones must be.
    fresh
        Whether the real points are drawn anew each generation.

    Returns
    -------
    (variance, diversity), both of the broadcast shape. For v2 = 0 the diversity stays V* even
    where the variance has no bound.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: Wright's island model (Ewens 2004) for the Bernoulli family; otherwise derived for
    this project.
    """
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    k = check_numbers("count", count, 0, whole=not fresh)
    v2, force = variance_function.v2, _restoring_force(variance_function.v2, n, k)
    truth = _variance_at(variance_function, "truth_mean", truth_mean)
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

    Parameters as in :func:`prior`; ``sample_size`` and ``strength`` may be arrays that broadcast.

    Raises
    ------
    ValueError
        If a parameter is out of range, or in the one case without a simple limit: D = 0 together
        with a prior mean at which the family has no variance.

    Source: derived for this project.
    """
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    kappa = check_numbers("strength", strength, 0, whole=False)
    level = _variance_at(variance_function, "prior_mean", prior_mean)
    truth = _variance_at(variance_function, "truth_mean", truth_mean)
    v2, force = variance_function.v2, _restoring_force(variance_function.v2, n, kappa)
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

    Parameters as in :func:`weighted`; the last three may be arrays that broadcast.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: He, Xu and Cheng, arXiv:2502.18049; v2 != 0 is derived for this project.
    """
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    w = check_numbers("real_weight", real_weight, 0, whole=False)
    check_number("real_weight", float(np.max(w, initial=0.0)), 0.0, 1.0)
    k = check_numbers("count", count, 0, whole=True)
    if np.any((w > 0) & (k == 0)):
        check_whole_number("count", 0, 1)
    truth = _variance_at(variance_function, "truth_mean", truth_mean)
    v2, real_noise = variance_function.v2, w * w / np.maximum(k, 1)
    force = w * (2 - w) - (1 - w) ** 2 * v2 / n
    spread = _quotient((1 - w) ** 2 / n + real_noise, force)
    return _stationary_pair(truth, v2, spread, _quotient(w * (2 - w) + v2 * real_noise, force))


def best_real_weight(
    variance_function: QuadraticVariance, sample_size: ArrayLike, count: ArrayLike
) -> FloatArray:
    """The weight of ``count`` fresh real points that leaves the least variance. Exact.

    ``1 - w`` is the smaller root of ``c x^2 - (1 + c + rho) x + 1``, ``c = 1 + v2/n``,
    ``rho = k/n``. For v2 = 0 and as many real points as synthetic ones it is 1/phi = 0.618, the
    golden ratio; for few real points about ``sqrt(rho)``, far above their fair share. The
    variance is then ``V* w/k``. With no real points the weight is 0.

    Parameters
    ----------
    variance_function
        The family.
    sample_size, count
        Whole numbers from 1 and from 0; arrays broadcast.

    Raises
    ------
    ValueError
        If a parameter is out of range.

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

    Raises
    ------
    ValueError
        If no number of anchors leads to that fraction.

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

    Parameters as in :func:`stationary_anchors` (fresh).

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: derived for this project.
    """
    _variance_at(variance_function, "truth_mean", truth_mean)
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    k = check_numbers("count", count, 0, whole=False)
    force = _restoring_force(variance_function.v2, n, k)
    return np.asarray(np.maximum(force, 0.0) / (n + k))


def half_life(
    variance_function: QuadraticVariance, sample_size: ArrayLike, count: ArrayLike = 0
) -> FloatArray:
    """Generations in which the variance covers half of its remaining way. Exact.

    ``ln 2 / -ln q`` with ``q = (1 + v2/n) (n/(n+k))^2``, for pure replacement (``count=0``) and
    fresh anchors; about ``n ln 2 / (2k - v2)``. It is 0 if the first fit already ends the story
    and inf if the variance never settles.

    Parameters as in :func:`stationary_anchors` (fresh).

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Source: derived for this project.
    """
    n = check_numbers("sample_size", sample_size, 1, whole=True)
    k = check_numbers("count", count, 0, whole=False)
    force = _restoring_force(variance_function.v2, n, k)
    with np.errstate(divide="ignore"):
        rate = -np.log1p(-np.clip(force / (n + k) ** 2, 0.0, 1.0))
        return np.asarray(np.log(2.0) / rate)
