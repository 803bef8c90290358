"""The numbers that the sentences about one real point state."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_share, check_whole_number
from collapse_core.families import Bernoulli, Family, Gaussian
from collapse_core.families.quadratic_variance import QuadraticVarianceFamily
from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.law import Law
from collapse_core.theory.quadratic_variance import effective_sample_size, half_life
from collapse_core.theory.stationary_laws import tail_exponent
from collapse_core.theory.two_colours import LARGEST_EXACT_SAMPLE_SIZE, stationary_law
from collapse_core.topics.one_real_point.doses import (
    is_average_trustworthy,
    kept_in_the_long_run,
    measure,
)
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.trajectory import Trajectory

__all__ = [
    "OneRealPointReport",
    "absence_in_the_long_run",
    "collapse_chance",
    "expected_measure",
    "long_run",
    "report_one_real_point",
]

Array = NDArray[np.float64]
LARGEST_LONG_RUN = 400  # points, for which the long run is computed quickly
MOST_ERRORS = 99.0  # standard errors; further apart, the error itself is not to be believed


@dataclass(frozen=True)
class OneRealPointReport:
    """What runs and law say. Arrays have shape (generations + 1,) and are relative to the truth.

    Parameters
    ----------
    runs, generations : int
        Number of runs, and of fits.
    drift : bool
        False: the arrays hold the diversity V/V*. True: V cannot change on average (v2 = 0), and
        they hold the squared error of the mean in units of V*.
    measured, error, median, run : ndarray
        Average over runs, its standard error, the median, and the highlighted run.
    expected, pure : ndarray
        Exact expectation of the loop, and of the same loop without real points.
    errors_apart : ndarray
        How far the average is from its expectation, in standard errors; 0 where these say nothing.
    limit : float
        The exact expectation in the long run; inf where there is no bound.
    absent : ndarray of int, or None
        Runs at the lowest mean (no blue, only zeros); None where a run never gets there.
    absent_chance : ndarray, or None
        The exact chance of that, where known.
    collapse : float
        Chance that a loop with these fixed points still collapses.
    half : float
        Generations in which half of the remaining way is covered (fresh points), at least 1.
    tail : float
        Tail exponent of the mean in the long run, inf for a light tail.
    trusted : bool
        Whether an average of runs has a finite error in the long run.
    percentile : float
        Where the highlighted run ends among all runs.
    level : int
        How many other runs end with the same mean.
    worth : float
        How many real points alone would be as accurate as this mixture, for fresh points.
    """

    runs: int
    generations: int
    drift: bool
    measured: Array
    error: Array
    median: Array
    run: Array
    expected: Array
    pure: Array
    errors_apart: Array
    limit: float
    absent: NDArray[np.int64] | None
    absent_chance: Array | None
    collapse: float
    half: float
    tail: float
    trusted: bool
    percentile: float
    level: int
    worth: float


def expected_measure(family: Family, law: Law) -> Array:
    """Return the exact expectation of what `measure` returns for each run."""
    function = variance_function_of(family)
    chosen = law.diversity if function.v2 else law.variance
    assert chosen is not None
    return np.asarray(chosen / float(function(mean_coordinate(family))))


def collapse_chance(family: Family, count: int, fresh: bool) -> float:
    """Return the chance that all real points together sit at the end of the space of means.

    With fixed points the loop then still collapses; with fresh ones it never does for good.
    Without any real point it always does (a mean of known variance has no such end). Exact.
    """
    if isinstance(family, QuadraticVarianceFamily) and family.lowest == -math.inf:
        return 0.0
    if count == 0:
        return 1.0
    if fresh:
        return 0.0
    if isinstance(family, Bernoulli):
        return float(family.share**count + (1.0 - family.share) ** count)
    if isinstance(family, Gaussian):
        return float(count == 1)
    return family.chance_of_lowest(count) if isinstance(family, QuadraticVarianceFamily) else 0.0


def long_run(experiment: OneRealPoint) -> float:
    """Return the exact long-run value of what is drawn; inf where there is no bound."""
    return float(kept_in_the_long_run(*experiment.known, experiment.fresh))


def report_one_real_point(
    experiment: OneRealPoint, paths: Trajectory, law: Law, pure: Law, highlighted: int
) -> OneRealPointReport:
    """Return the numbers that the sentences state.

    Parameters
    ----------
    experiment : OneRealPoint
        What was asked.
    paths : Trajectory
        Runs of ``experiment.loop()``.
    law, pure : Law
        Laws of that loop and of ``experiment.pure_loop()``.
    highlighted : int
        Number of the run that is followed.
    """
    family, count, known = experiment.truth(), experiment.anchors, experiment.known
    v2, ends = known[0].v2, _ends_are_reached(family)
    values, expected = measure(family, paths.mean), expected_measure(family, law)
    measured = values.mean(axis=0)
    with np.errstate(over="ignore", invalid="ignore"):
        error = values.std(axis=0, ddof=min(1, paths.replicates - 1)) / math.sqrt(paths.replicates)
    trusted = is_average_trustworthy(v2, count)
    return OneRealPointReport(
        runs=paths.replicates,
        generations=paths.generations,
        drift=experiment.drift,
        measured=measured,
        error=error,
        median=np.median(values, axis=0),
        run=values[highlighted],
        expected=expected,
        pure=expected_measure(family, pure),
        errors_apart=_apart(measured - expected, error) if trusted else np.zeros(measured.size),
        limit=long_run(experiment),
        absent=paths.lost.sum(axis=0) if ends else None,
        absent_chance=law.lost if law.is_exact("lost") and ends else None,
        collapse=collapse_chance(family, count, experiment.fresh),
        half=max(1.0, float(half_life(known[0], experiment.sample_size, count))),
        tail=tail_exponent(v2, count) if count else math.nan,
        trusted=trusted,
        percentile=paths.percentile_of(highlighted),
        level=paths.level_with(highlighted),
        worth=float(effective_sample_size(*known)),
    )


def _apart(difference: Array, error: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = difference / error
    telling = (np.abs(difference) >= 1e-12) & (np.abs(apart) <= MOST_ERRORS)
    return np.where(telling, apart, 0.0)


def absence_in_the_long_run(sample_size: int, share: float, count: int) -> float | None:
    """Return how often blue is absent in the long run with fresh points, where that is quick.

    Parameters
    ----------
    sample_size, count : int
        Synthetic and fresh real points per generation.
    share : float
        Of blue in the truth, in [0, 1].

    Raises
    ------
    ValueError
        If one of them is out of range.
    """
    sample_size = check_whole_number("sample_size", sample_size, 1)
    count, share = check_whole_number("count", count, 0), check_share("share", share)
    too_many = count > LARGEST_EXACT_SAMPLE_SIZE
    if count < 1 or too_many or sample_size > LARGEST_LONG_RUN:
        return None
    return stationary_law(sample_size, share, count).lost


def _ends_are_reached(family: Family) -> bool:
    """Return whether a run can sit exactly at the lowest mean: for shares and counts."""
    return isinstance(family, Bernoulli) or (
        isinstance(family, QuadraticVarianceFamily)
        and family.lowest == 0.0
        and family.chance_of_lowest(1) > 0.0
    )
