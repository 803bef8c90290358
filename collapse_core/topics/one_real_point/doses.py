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
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_number, check_numbers, check_whole_number
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
    "diversity",
    "dose_curves",
    "is_average_trustworthy",
    "kept_in_the_long_run",
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
    in units of the truth's variance. ``mean`` holds mean parameters, as `Trajectory.mean` does.
    """
    return (diversity if variance_function_of(family).v2 else scatter)(family, mean)


def diversity(family: Family, mean: Array) -> Array:
    """Return the diversity of each model, as a share of the truth's."""
    with np.errstate(over="ignore"):
        return np.asarray(family.variance(mean) / family.variance(family.truth))


def scatter(family: Family, mean: Array) -> Array:
    """Return the squared error of each mean (of a Gaussian's first parameter), in units of V*."""
    function, truth = variance_function_of(family), mean_coordinate(family)
    first = mean if family.truth.ndim == 0 else mean[..., 0]
    with np.errstate(over="ignore"):
        return np.asarray((first - truth) ** 2 / float(function(truth)))


def is_average_trustworthy(v2: float, count: float) -> bool:
    """Return whether an average of V over runs has a finite error in the long run.

    V grows like m^2, whose law has the tail exponent (1 + 2k/v2)/2; it must be above 2. Derived
    for this project from the limit laws.
    """
    v2, count = check_number("v2", v2), check_number("count", count, 0.0)
    return v2 <= 0 or (count > 0 and tail_exponent(v2, count) > 4.0)


def kept_in_the_long_run(
    function: QuadraticVariance,
    truth: float,
    sample_size: ArrayLike,
    count: ArrayLike,
    fresh: bool = True,
) -> Array:
    """Return the exact long-run value of what is drawn, relative to the truth's variance.

    Parameters
    ----------
    function, truth : QuadraticVariance, float
        The family and the mean of its truth.
    sample_size, count : array_like
        Synthetic and real points per generation; they broadcast.
    fresh : bool
        Whether the real points are drawn anew in each generation.

    Returns
    -------
    ndarray
        The diversity, or the variance of the mean where diversity cannot change (v2 = 0); inf where
        there is no bound.
    """
    pair = quadratic_variance.stationary_anchors(function, truth, sample_size, count, fresh=fresh)
    return np.asarray(pair[1 if function.v2 else 0] / float(function(truth)))


def dose_curves(
    function: QuadraticVariance, truth: float, sample_size: int, counts: Array
) -> dict[str, Array]:
    """Return `kept_in_the_long_run` for ``"fresh"`` and ``"fixed"`` points and for a ``"prior"``.

    A prior's points are imaginary, and have the truth's own mean.
    """
    known = (function, truth, sample_size, counts)
    pair = quadratic_variance.stationary_prior(*known, truth)
    return {
        "fresh": kept_in_the_long_run(*known),
        "fixed": kept_in_the_long_run(*known, fresh=False),
        "prior": pair[1 if function.v2 else 0] / float(function(truth)),
    }


def sampled_doses(question: DoseQuestion, counts: Sequence[int] = DOSES) -> SampledDoses:
    """Run the loop at several numbers of real points, until it has settled where there is time."""
    v2, size = variance_function_of(question.family).v2, question.sample_size
    counts = _whole_counts(counts)
    policies = [Anchors(count, question.fresh) for count in counts]
    # What is left of the start after one generation, for fresh and for fixed points.
    kept = [
        (size / (size + count)) ** (2 if question.fresh else 1)
        * (1.0 + v2 / size if question.fresh or not count else 1.0)
        for count in counts
    ]
    return _sampled(question, policies, counts, kept, counts, measure)[0]


def _whole_counts(counts: ArrayLike) -> list[int]:
    return [int(count) for count in np.ravel(check_numbers("counts", counts, 0, whole=True))]


def weight_stops(sample_size: int, count: int, stops: int = 9) -> Array:
    """Return weights to sample at, from a fifth of the fair share to 1, evenly in ratio."""
    count = check_whole_number("count", count, 0)
    stops = check_whole_number("stops", stops, 1, 1000)
    fair = count / (check_whole_number("sample_size", sample_size, 1) + count)
    return np.geomspace(max(0.2 * fair, 1e-3), 1.0, stops)


def sampled_weights(question: DoseQuestion, count: int) -> tuple[SampledDoses, SampledDoses]:
    """Run the loop with several weights of ``count`` fresh real points.

    Returns
    -------
    (scatter, kept) : tuple of SampledDoses
        The average squared error of the mean, and the average diversity, relative to the truth's.
    """
    v2, size = variance_function_of(question.family).v2, question.sample_size
    weights = weight_stops(size, count).tolist()
    policies = [Weighted(weight, count) for weight in weights]
    kept = [(1.0 - weight) ** 2 * (1.0 + v2 / size) for weight in weights]
    fair = [weight * size for weight in weights]
    spread, left = _sampled(question, policies, weights, kept, fair, scatter, diversity)
    return spread, left


def sampled_ranks(
    dimension: int, sample_size: int, seed: int, counts: Sequence[int] = DOSES[:-1]
) -> SampledDoses:
    """Run Gaussians in many dimensions; the average effective rank at several anchors.

    Each loop runs for about three times the n/(2k + 1) generations in which real points act, at
    most `LONGEST_OF_RANKS`.
    """
    family = MultivariateGaussian.isotropic(dimension)
    counts = _whole_counts(counts)
    size = min(check_whole_number("sample_size", sample_size, 1), LARGEST_SAMPLE_OF_RANKS)
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
    return _summary(counts, values, lengths, settled, settled)


def _sampled(
    question: DoseQuestion,
    policies: Sequence[Policy],
    doses: Sequence[float],
    kept: Sequence[float],
    points: Sequence[float],
    *measures: Callable[[Family, Array], Array],
) -> list[SampledDoses]:
    """Run each policy, which keeps a share of the way per generation and pulls as real points."""
    family, ends, lengths, settled = question.family, [], [], []
    for policy, factor in zip(policies, kept, strict=True):
        needed = math.log(SETTLED) / math.log(factor) if 0.0 < factor < 1.0 else math.inf
        needed = 1.0 if factor == 0.0 else needed
        length = UNSETTLED_LENGTH if needed > LONGEST else math.ceil(needed)
        loop = ClosedLoop(family, policy, question.sample_size, max(1, length))
        ends.append(_last(loop, question.seed))
        lengths.append(loop.generations)
        settled.append(needed <= LONGEST)
    trusted = [is_average_trustworthy(variance_function_of(family).v2, count) for count in points]
    return [
        _summary(doses, [measured(family, end) for end in ends], lengths, settled, trusted)
        for measured in measures
    ]


def _last(loop: ClosedLoop, seed: int) -> Array:
    """Return the mean parameters of the last generation of all runs."""
    last = loop.family.truth
    for state in loop.states(DOSE_RUNS, seed):
        last = state
    return loop.family.mean_of(last)[:DOSE_RUNS]


def _summary(
    doses: Sequence[float],
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
        np.array(doses, dtype=np.float64),
        average,
        np.maximum(average - half, 0.0),
        average + half,
        np.array(lengths, dtype=np.int64),
        np.array(settled, dtype=np.bool_),
        np.array(trusted, dtype=np.bool_),
    )
