"""The numbers that the sentences about one real point state."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Bernoulli, Family, Gaussian
from collapse_core.families.quadratic_variance import QuadraticVarianceFamily
from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.law import Law
from collapse_core.theory import quadratic_variance
from collapse_core.theory.multivariate_gaussian import (
    anchored_effective_rank_rule,
    stationary_anchored_spectrum_moments,
)
from collapse_core.theory.stationary_laws import tail_exponent
from collapse_core.theory.two_colours import stationary_law
from collapse_core.topics.one_real_point.doses import dose_curves, is_average_trustworthy, measure
from collapse_core.topics.one_real_point.question import FAMILY_CHOICES, OneRealPoint, family_of
from collapse_core.trajectory import Trajectory

__all__ = [
    "FamilyRow",
    "OneRealPointReport",
    "absence_in_the_long_run",
    "best_weight",
    "collapse_chance",
    "expected_measure",
    "family_rows",
    "ranks_in_the_long_run",
    "report_one_real_point",
]

Array = NDArray[np.float64]
LARGEST_LONG_RUN = 400  # points, for which the long run is computed quickly


@dataclass(frozen=True)
class OneRealPointReport:
    """What runs and law say. Arrays have shape (generations + 1,) and are relative to the truth.

    Parameters
    ----------
    runs, generations, highlighted : int
        Number of runs, of fits, and the run that is followed.
    drift : bool
        False: the arrays hold the diversity V/V*. True: V cannot change on average (v2 = 0), and
        they hold the squared error of the mean in units of V*.
    measured, error, median, run : ndarray
        Average over runs, its standard error, the median, and the highlighted run.
    expected, pure : ndarray
        Exact expectation of the loop, and of the same loop without real points.
    limits : dict
        The exact expectation in the long run, for fresh points, fixed points and a prior; inf
        where there is no bound.
    limit : float
        That of the loop shown.
    absent : ndarray of int, or None
        Runs at the lowest mean (no blue, only zeros); None where a run never gets there.
    absent_chance : ndarray, or None
        The exact chance of that, where known.
    collapse : float
        Chance that a loop with these fixed points still collapses.
    half_life : float
        Generations in which half of the remaining way is covered (fresh points).
    tail : float
        Tail exponent of the mean in the long run, inf for a light tail.
    trusted : bool
        Whether an average of runs has a finite error in the long run.
    percentile : float
        Where the highlighted run ends among all runs.
    worth : float
        How many real points alone would be as accurate as this mixture, for fresh points.
    """

    runs: int
    generations: int
    highlighted: int
    drift: bool
    measured: Array
    error: Array
    median: Array
    run: Array
    expected: Array
    pure: Array
    limits: dict[str, float]
    limit: float
    absent: NDArray[np.int64] | None
    absent_chance: Array | None
    collapse: float
    half_life: float
    tail: float
    trusted: bool
    percentile: float
    worth: float


@dataclass(frozen=True)
class FamilyRow:
    """One family in the table: long-run values, relative to nothing.

    Parameters
    ----------
    family : str
        One of ``FAMILY_CHOICES``.
    fresh_variance, fresh_kept, fixed_kept, fixed_variance : float
        Variance of the mean between runs, and diversity relative to the truth's, exact.
    tail : float
        Tail exponent with fresh points, inf for a light tail, NaN without a pull.
    trusted : bool
        Whether an average of runs can be trusted there.
    """

    family: str
    fresh_variance: float
    fresh_kept: float
    fixed_kept: float
    fixed_variance: float
    tail: float
    trusted: bool


def expected_measure(family: Family, law: Law) -> Array:
    """Return the exact expectation of what `measure` returns for each run."""
    function = variance_function_of(family)
    scale = float(function(mean_coordinate(family)))
    chosen = law.diversity if function.v2 else law.variance
    assert chosen is not None
    return np.asarray(chosen / scale)


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
    family, count = experiment.truth(), experiment.anchors
    function, truth = variance_function_of(family), mean_coordinate(family)
    values = measure(family, paths.mean)
    with np.errstate(over="ignore", invalid="ignore"):
        error = values.std(axis=0, ddof=min(1, paths.replicates - 1))
    curves = dose_curves(function, truth, experiment.sample_size, np.array([float(count)]))
    limits = {name: float(value[0]) for name, value in curves.items()}
    known = (function, truth, experiment.sample_size, count)
    return OneRealPointReport(
        runs=paths.replicates,
        generations=paths.generations,
        highlighted=highlighted,
        drift=not function.v2,
        measured=values.mean(axis=0),
        error=error / math.sqrt(paths.replicates),
        median=np.median(values, axis=0),
        run=values[highlighted],
        expected=expected_measure(family, law),
        pure=expected_measure(family, pure),
        limits=limits,
        limit=limits["fresh" if experiment.fresh else "fixed"],
        absent=paths.lost.sum(axis=0) if _ends_are_reached(family) else None,
        absent_chance=law.lost if law.is_exact("lost") and _ends_are_reached(family) else None,
        collapse=collapse_chance(family, count, experiment.fresh),
        half_life=float(quadratic_variance.half_life(function, experiment.sample_size, count)),
        tail=tail_exponent(function.v2, count) if count else math.nan,
        trusted=is_average_trustworthy(function.v2, count),
        percentile=paths.percentile_of(highlighted),
        worth=float(quadratic_variance.effective_sample_size(*known)),
    )


def family_rows(sample_size: int, count: int, share: float = 0.1) -> list[FamilyRow]:
    """Return the table of all families, each with a truth of mean 1 (or a share of blue).

    Parameters
    ----------
    sample_size, count : int
        Synthetic and real points per generation.
    share : float
        Of blue.
    """
    rows = []
    for choice in FAMILY_CHOICES:
        family = family_of(choice, share, 1.0)
        function, truth = variance_function_of(family), mean_coordinate(family)
        known, scale = (function, truth, sample_size, count), float(function(truth))
        fresh = quadratic_variance.stationary_anchors(*known)
        fixed = quadratic_variance.stationary_anchors(*known, fresh=False)
        rows.append(
            FamilyRow(
                choice,
                float(fresh[0]),
                float(fresh[1]) / scale,
                float(fixed[1]) / scale,
                float(fixed[0]),
                tail_exponent(function.v2, count) if count else math.nan,
                is_average_trustworthy(function.v2, count),
            )
        )
    return rows


def absence_in_the_long_run(sample_size: int, share: float, count: int) -> float | None:
    """Return how often blue is absent in the long run with fresh points, where that is quick.

    Parameters
    ----------
    sample_size, count : int
        Synthetic and fresh real points per generation.
    share : float
        Of blue in the truth.
    """
    if count < 1 or sample_size > LARGEST_LONG_RUN:
        return None
    return stationary_law(sample_size, share, count).lost


def best_weight(experiment: OneRealPoint) -> float:
    """Return the weight of the real points with which the mean scatters least, exactly."""
    function = variance_function_of(experiment.truth())
    known = (experiment.sample_size, experiment.anchors)
    return float(quadratic_variance.best_real_weight(function, *known))


def ranks_in_the_long_run(sample_size: int, dimension: int, count: int) -> tuple[float, float]:
    """Return the effective rank that fresh points keep: by the rule, and from exact averages.

    Parameters
    ----------
    sample_size, count : int
        Synthetic and fresh real points per generation.
    dimension : int
        Of the points.
    """
    exact = stationary_anchored_spectrum_moments(sample_size, dimension, count)
    rule = anchored_effective_rank_rule(dimension, count)
    return float(rule), float(exact.annealed_effective_rank)


def _ends_are_reached(family: Family) -> bool:
    """Return whether a run can sit exactly at the lowest mean: for shares and counts."""
    return isinstance(family, Bernoulli) or (
        isinstance(family, QuadraticVarianceFamily)
        and family.lowest == 0.0
        and family.chance_of_lowest(1) > 0.0
    )
