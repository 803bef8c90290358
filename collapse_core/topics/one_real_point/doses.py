"""What each number of real points keeps: exact values, and sampled ones with their error.

The loops are run until they have settled; a dose that would take more than 400 generations is
stopped at 100, and says so. Where the tail of the law is too heavy for an average of runs
to be trusted, the dose says that too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Family, MultivariateGaussian
from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.loop import ClosedLoop
from collapse_core.policies import Anchors, Policy, Weighted
from collapse_core.theory import quadratic_variance
from collapse_core.theory.quadratic_variance import QuadraticVariance
from collapse_core.theory.stationary_laws import tail_exponent

__all__ = [
    "DOSES",
    "DoseQuestion",
    "SampledDoses",
    "dose_curves",
    "is_average_trustworthy",
    "measure",
    "sampled_doses",
    "sampled_ranks",
    "sampled_weights",
    "scatter",
    "weight_stops",
]

Array = NDArray[np.float64]

DOSES = (0, 1, 2, 5, 10, 20, 50, 100)
DOSE_RUNS = 200
LONGEST = 400
UNSETTLED_LENGTH = 100
LONGEST_OF_RANKS = 120
LARGEST_SAMPLE_OF_RANKS = 100
SETTLED = 0.02
NORMAL_95 = 1.96


@dataclass(frozen=True)
class DoseQuestion:
    """Which loops are sampled for the dots of a picture.

    Parameters
    ----------
    family : Family
        The truth.
    sample_size : int
        Synthetic points per generation.
    fresh : bool
        Whether the real points are drawn anew in each generation.
    seed : int
        Of the random numbers.
    """

    family: Family
    sample_size: int
    fresh: bool = True
    seed: int = 1


@dataclass(frozen=True)
class SampledDoses:
    """Averages over runs, one entry per dose.

    Parameters
    ----------
    doses : ndarray
        What was varied: the number of real points, or their weight.
    value, low, high : ndarray
        Average over the runs, and its 95 % interval.
    generations : ndarray of int
        How long each loop was run.
    settled : ndarray of bool
        Whether less than 2 % of the way to the long run was left.
    trusted : ndarray of bool
        Whether an average of runs can be trusted, see `is_average_trustworthy`.
    """

    doses: Array
    value: Array
    low: Array
    high: Array
    generations: NDArray[np.int64]
    settled: NDArray[np.bool_]
    trusted: NDArray[np.bool_]

    def within(self, low: float, high: float = math.inf) -> SampledDoses:
        """Return what is seen of them between two heights: nothing of an average above them."""
        value = np.where(self.value <= high, np.maximum(self.value, low), np.nan)
        ends = {"low": np.maximum(self.low, low), "high": np.minimum(self.high, high)}
        return replace(self, value=value, **ends)


def measure(family: Family, mean: Array) -> Array:
    """Return what is drawn for each model: its diversity V, as a share of the truth's.

    Where V cannot lose anything on average (v2 = 0) it is the squared error of the mean instead,
    in units of the truth's variance.

    Parameters
    ----------
    mean : ndarray
        Mean parameters, as in `Trajectory.mean`.
    """
    if not variance_function_of(family).v2:
        return scatter(family, mean)
    with np.errstate(over="ignore"):
        return np.asarray(family.variance(mean) / family.variance(family.truth))


def scatter(family: Family, mean: Array) -> Array:
    """Return the squared error of each mean, in units of the truth's variance.

    Parameters
    ----------
    mean : ndarray
        Mean parameters, as in `Trajectory.mean`; of a Gaussian the first entry counts.
    """
    function, truth = variance_function_of(family), mean_coordinate(family)
    first = mean if family.truth.ndim == 0 else mean[..., 0]
    with np.errstate(over="ignore"):
        return np.asarray((first - truth) ** 2 / float(function(truth)))


def is_average_trustworthy(v2: float, count: float) -> bool:
    """Return whether an average of V over runs has a finite error in the long run.

    V grows like m^2, whose law has the tail exponent (1 + 2k/v2)/2; it must be above 2. Derived
    for this project from the limit laws.
    """
    if v2 <= 0:
        return True
    return count > 0 and tail_exponent(v2, count) > 4.0


def dose_curves(
    function: QuadraticVariance, truth: float, sample_size: int, counts: Array
) -> dict[str, Array]:
    """Return the exact long-run value of what is drawn, for each number of real points.

    Parameters
    ----------
    function : QuadraticVariance
        Of the family.
    truth : float
        Mean of the truth.
    sample_size : int
        Synthetic points per generation.
    counts : ndarray
        Numbers of real points, whole, from 0.

    Returns
    -------
    dict of ndarray
        ``"fresh"``, ``"fixed"`` and ``"prior"`` (imaginary points with the truth's own mean),
        relative to the truth's variance; inf where there is no bound.
    """
    known = (function, truth, sample_size, counts)
    pairs = {
        "fresh": quadratic_variance.stationary_anchors(*known),
        "fixed": quadratic_variance.stationary_anchors(*known, fresh=False),
        "prior": quadratic_variance.stationary_prior(*known, truth),
    }
    drawn, scale = 1 if function.v2 else 0, float(function(truth))
    return {name: pair[drawn] / scale for name, pair in pairs.items()}


def sampled_doses(question: DoseQuestion, counts: Sequence[int] = DOSES) -> SampledDoses:
    """Run the loop at several numbers of real points, until it has settled where there is time."""
    v2 = variance_function_of(question.family).v2
    policies = [Anchors(count, question.fresh) for count in counts]
    # What is left of the start after one generation, for fresh and for fixed points.
    size = question.sample_size
    kept = [
        (size / (size + count)) ** (2 if question.fresh else 1)
        * (1.0 + v2 / size if question.fresh or not count else 1.0)
        for count in counts
    ]
    trusted = [is_average_trustworthy(v2, count) for count in counts]
    doses = np.array(counts, dtype=np.float64)
    measures = (lambda mean: measure(question.family, mean),)
    return _sampled(question, policies, doses, kept, trusted, measures)[0]


def weight_stops(sample_size: int, count: int, stops: int = 9) -> Array:
    """Return weights to sample at, from a fifth of the fair share to 1, evenly in ratio."""
    fair = count / (sample_size + count)
    return np.geomspace(max(0.2 * fair, 1e-3), 1.0, stops)


def sampled_weights(question: DoseQuestion, count: int) -> tuple[SampledDoses, SampledDoses]:
    """Run the loop with several weights of ``count`` fresh real points.

    Returns
    -------
    (scatter, kept) : tuple of SampledDoses
        The average squared error of the mean, and the average diversity, relative to the truth's.
    """
    v2 = variance_function_of(question.family).v2
    weights = weight_stops(question.sample_size, count)
    policies = [Weighted(float(weight), count) for weight in weights]
    kept = [(1.0 - w) ** 2 * (1.0 + v2 / question.sample_size) for w in weights.tolist()]
    fair = [w * question.sample_size for w in weights.tolist()]
    trusted = [is_average_trustworthy(v2, points) for points in fair]
    family = question.family
    truth = float(family.variance(family.truth))
    measures = (
        lambda mean: scatter(family, mean),
        lambda mean: np.asarray(family.variance(mean) / truth),
    )
    spread, diversity = _sampled(question, policies, weights, kept, trusted, measures)
    return spread, diversity


def sampled_ranks(
    dimension: int, sample_size: int, seed: int, counts: Sequence[int] = DOSES[:-1]
) -> SampledDoses:
    """Run Gaussians in many dimensions; the average effective rank at several anchors.

    Each loop runs for about three times the n/(2k + 1) generations in which real points act, at
    most `LONGEST_OF_RANKS`.
    """
    family = MultivariateGaussian.isotropic(dimension)
    size = min(sample_size, LARGEST_SAMPLE_OF_RANKS)
    values, lengths = [], []
    for count in counts:
        length = min(LONGEST_OF_RANKS, math.ceil(3.0 * size / (2 * count + 1)) + 1)
        loop = ClosedLoop(family, Anchors(count), size, length)
        values.append(family.effective_rank(_last(loop, seed)))
        lengths.append(length)
    settled = [
        length * (2 * count + 1) >= 2.9 * size
        for count, length in zip(counts, lengths, strict=True)
    ]
    settled[0] = settled[0] and counts[0] > 0
    return _summary(np.array(counts, dtype=np.float64), values, lengths, settled, settled)


def _sampled(
    question: DoseQuestion,
    policies: Sequence[Policy],
    doses: Array,
    kept: Sequence[float],
    trusted: Sequence[bool],
    measures: Sequence[Callable[[Array], Array]],
) -> list[SampledDoses]:
    ends, lengths, settled = [], [], []
    for policy, factor in zip(policies, kept, strict=True):
        needed = math.log(SETTLED) / math.log(factor) if 0.0 < factor < 1.0 else math.inf
        needed = 1.0 if factor == 0.0 else needed
        length = UNSETTLED_LENGTH if needed > LONGEST else math.ceil(needed)
        loop = ClosedLoop(question.family, policy, question.sample_size, max(1, length))
        ends.append(_last(loop, question.seed))
        lengths.append(loop.generations)
        settled.append(needed <= LONGEST)
    return [
        _summary(doses, [measured(end) for end in ends], lengths, settled, trusted)
        for measured in measures
    ]


def _last(loop: ClosedLoop, seed: int) -> Array:
    """Return the mean parameters of the last generation of all runs."""
    last = loop.family.truth
    for state in loop.states(DOSE_RUNS, seed):
        last = state
    return loop.family.mean_of(last)[:DOSE_RUNS]


def _summary(
    doses: Array,
    values: Sequence[Array],
    lengths: Sequence[int],
    settled: Sequence[bool],
    trusted: Sequence[bool],
) -> SampledDoses:
    with np.errstate(over="ignore", invalid="ignore"):
        average = np.array([value.mean() for value in values])
        error = np.array([value.std(ddof=1) for value in values]) / math.sqrt(DOSE_RUNS)
    half = NORMAL_95 * np.where(np.isfinite(error), error, 0.0)
    return SampledDoses(
        doses,
        average,
        np.maximum(average - half, 0.0),
        average + half,
        np.array(lengths, dtype=np.int64),
        np.array(settled, dtype=np.bool_),
        np.array(trusted, dtype=np.bool_),
    )
