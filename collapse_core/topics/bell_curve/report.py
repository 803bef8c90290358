"""The numbers that the sentences about the bell curve state."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Gaussian
from collapse_core.law import Law
from collapse_core.lessons.facts import curves_at, numbers_of
from collapse_core.loop_settings import LoopSettings
from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.measures.monte_carlo import middle_of_runs, standard_error
from collapse_core.theory import gaussian_refit
from collapse_core.theory.gaussian_anchors import (
    fresh_anchor_variance_spread,
    stationary_anchored_moments,
)
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.trajectory import Trajectory

__all__ = [
    "BellCurveReport",
    "ExactBellCurve",
    "exact_bell_curve",
    "report_bell_curve",
    "run_bell_curve",
    "unbiased_loop",
]

Array = NDArray[np.float64]

LARGEST_ERROR = 0.25


@dataclass(frozen=True)
class ExactBellCurve:
    """What is known of the pure loop beyond its averages. Arrays: shape (generations + 1,).

    Parameters
    ----------
    log_variance, approximate : ndarray
        E ln s2, and what the median of s2 is approximately: the exponential of this.
    log_error : ndarray
        Standard deviation of ln s2 between runs.
    relative_spread : ndarray
        Standard deviation of s2 between runs, as a share of its average; inf where too large.
    risk, local : ndarray
        Expected W2^2 to the truth, and to the next generation.
    drift, half_life : float
        Of the logarithm of the variance, per generation; generations in which the median halves.
    """

    log_variance: Array
    approximate: Array
    log_error: Array
    relative_spread: Array
    risk: Array
    local: Array
    drift: float
    half_life: float


@dataclass(frozen=True)
class BellCurveReport:
    """What runs and law say, generation by generation. Arrays have shape (generations + 1,).

    The truth is N(0, 1).

    Parameters
    ----------
    runs, highlighted : int
        Number of runs, and of the run that is followed.
    percentile : float
        Where its variance ends among all runs, 0 to 100.
    level : int
        How many other runs end level with it.
    log_variances : ndarray, shape (runs, generations + 1)
        ln s2 of every run; -inf where the variance is 0.
    center, typical : ndarray
        Mean and s2 of the highlighted run.
    median : ndarray
        Middle of s2 over the runs.
    mean_log : ndarray
        Average of ln s2 over the runs; -inf as soon as one of them is 0.
    average, average_error : ndarray
        Average of s2, and its standard error: exact in the pure loop, otherwise estimated.
    expected : ndarray, or None
        E s2, from the law.
    outside : ndarray
        Average of mu^2 over the runs.
    balance_error : ndarray
        Standard error of the sum of ``average`` and ``outside``.
    expected_outside : ndarray, or None
        E mu^2, from the law.
    distance, typical_distance : ndarray
        W2^2 to the truth: averaged over the runs, and of the highlighted run.
    step : ndarray
        W2^2 to the next generation, averaged over the runs; the last entry is nan.
    exact : ExactBellCurve, or None
        What is known of the pure loop.
    settles_at : float, or None
        E s2 after endless generations, with real points; inf if it has no bound.
    spread_settles : bool
        Whether the variance of s2 between runs stays bounded with fresh real points.
    """

    runs: int
    highlighted: int
    percentile: float
    level: int
    log_variances: Array
    center: Array
    typical: Array
    median: Array
    mean_log: Array
    average: Array
    average_error: Array
    expected: Array | None
    outside: Array
    balance_error: Array
    expected_outside: Array | None
    distance: Array
    typical_distance: Array
    step: Array
    exact: ExactBellCurve | None
    settles_at: float | None
    spread_settles: bool

    @property
    def errors_apart(self) -> Array:
        """How far ``average`` is from ``expected``, in standard errors; nan where that is vain."""
        if self.expected is None or not self.spread_settles:
            return np.full(self.average.shape, np.nan)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return np.asarray((self.average - self.expected) / self.average_error)

    @property
    def unseen_from(self) -> int | None:
        """First generation whose average the runs cannot show, or None."""
        if self.exact is None:
            return None
        unseen = self.exact.relative_spread / np.sqrt(self.runs) > LARGEST_ERROR
        return int(unseen.argmax()) if unseen.any() else None

    @property
    def is_conserved(self) -> bool:
        """Whether expected spread inside plus expected error outside is exactly 1 throughout."""
        if self.expected is None or self.expected_outside is None:
            return False
        total = self.expected + self.expected_outside
        return bool(np.isfinite(total).all() and np.abs(total - 1.0).max() < 1e-9)

    def facts(self) -> dict[str, Any]:
        """Return what is known of the whole picture, by name."""
        last, exact = self.median.size - 1, self.exact
        facts = numbers_of(self, exact) | self.facts_at(last)
        facts |= {"generations": last, "unseen_from": self.unseen_from}
        facts |= {"total": facts["average"] + facts["outside"]}
        if exact is not None:
            apart = facts["mean_log"] - facts["log_variance"]
            facts |= {
                "speed": abs(exact.drift),
                "doubling": math.log(2.0) / exact.drift if exact.drift > 0 else math.inf,
                "log_errors": apart / (facts["log_error"] / math.sqrt(self.runs)),
            }
        return facts

    def facts_at(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation after the truth, by name."""
        before = {"step": self.step} | ({"local": self.exact.local} if self.exact else {})
        return {
            "expected": math.nan,
            **curves_at(t, self, self.exact),
            **{name: float(values[t - 1]) for name, values in before.items()},
            "errors": float(self.errors_apart[t]),
            "t": t,
        }

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the key of their column; None for unknown ones.

        A step stands at the generation to which it leads, as in the picture.
        """
        known = ("average", "expected", "median", "approximate", "mean_log", "log_variance")
        names = (*known, "distance", "risk", "step", "local")
        values = {name: getattr(self, name, getattr(self.exact, name, None)) for name in names}
        for name in ("step", "local"):
            found = values[name]
            values[name] = None if found is None else np.append(np.nan, found[:-1])
        return {"generation": range(self.median.size)} | values


def exact_bell_curve(loop: LoopSettings) -> ExactBellCurve | None:
    """Return what is known exactly of a Gaussian's pure loop, or None for other policies."""
    recipe = loop.policy.recipe(loop.sample_size)
    family = loop.family
    pure = recipe == type(recipe)(loop.sample_size) and loop.sample_size > 1
    if not (pure and isinstance(family, Gaussian)):
        return None
    n, options = loop.sample_size, (family.unbiased, loop.temperature)
    times = np.arange(loop.generations + 1)
    with np.errstate(over="ignore"):
        relative = np.sqrt(np.expm1(times * np.log1p(2.0 / (n - 1))))
    log_variance = gaussian_refit.expected_log_variance(n, loop.generations, *options)
    return ExactBellCurve(
        log_variance=log_variance,
        approximate=np.exp(np.minimum(log_variance, 700.0)),
        log_error=np.sqrt(gaussian_refit.variance_of_log_variance(n, loop.generations)),
        relative_spread=relative,
        risk=gaussian_refit.wasserstein_risk(n, loop.generations, *options),
        local=gaussian_refit.local_frechet_drift(n, loop.generations, *options),
        drift=gaussian_refit.log_variance_drift(n, *options),
        half_life=gaussian_refit.median_half_life_approximation(n, *options),
    )


def report_bell_curve(
    experiment: BellCurve, paths: Trajectory, law: Law, highlighted: int
) -> BellCurveReport:
    """Return the numbers that the sentences about the bell curve state.

    Parameters
    ----------
    experiment : BellCurve
        The parameters of the page.
    paths : Trajectory
        Runs of its loop.
    law : Law
        The law of the same loop.
    highlighted : int
        Number of the run that is followed.
    """
    centers, variances = paths.mean[..., 0], paths.mean[..., 1]
    runs, exact = paths.replicates, exact_bell_curve(paths.loop)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        log_variances, squares = np.log(variances), np.square(centers)
        average, error = variances.mean(axis=0), standard_error(variances)
        if exact is not None and law.diversity is not None:
            error = exact.relative_spread * law.diversity / np.sqrt(runs)
        distance = squares + np.square(np.sqrt(variances) - 1.0)
        moved = np.square(np.diff(centers)) + np.square(np.diff(np.sqrt(variances)))
        outside, mean_log = squares.mean(axis=0), log_variances.mean(axis=0)
        balance_error = standard_error(variances + squares)
    end = variances[:, -1]
    below = np.count_nonzero(end < end[highlighted])
    level = np.count_nonzero(end == end[highlighted])
    settles_at, spread_settles = _end(experiment)
    return BellCurveReport(
        runs=runs,
        highlighted=highlighted,
        percentile=100.0 * (below + level / 2.0) / runs,
        level=int(level) - 1,
        log_variances=log_variances,
        center=centers[highlighted],
        typical=variances[highlighted],
        median=middle_of_runs(variances),
        mean_log=mean_log,
        average=average,
        average_error=error,
        expected=law.diversity,
        outside=outside,
        balance_error=balance_error,
        expected_outside=_outside(law),
        distance=distance.mean(axis=0),
        typical_distance=distance[highlighted],
        step=np.append(moved.mean(axis=0), np.nan),
        exact=exact,
        settles_at=settles_at,
        spread_settles=spread_settles,
    )


def unbiased_loop(experiment: BellCurve) -> dict[str, Any]:
    """Return what the question before the picture is about: the typical run if fits are fair."""
    n, t = max(2, experiment.sample_size), experiment.generations
    median = gaussian_refit.median_variance_approximation(n, t, True)
    return {"n": n, "t": t, "median": float(median[-1])}


def run_bell_curve(
    experiment: BellCurve, percentile: float = 50.0
) -> tuple[Trajectory, BellCurveReport]:
    """Run an experiment; return its runs and the report of them.

    Parameters
    ----------
    experiment : BellCurve
        What to run.
    percentile : float
        Which run is highlighted, by its variance at the end: 0 for the lowest, 100 the highest.
    """
    loop = experiment.loop()
    paths = loop.simulate(experiment.runs, experiment.seed)
    run = run_at_percentile(paths, percentile)
    return paths, report_bell_curve(experiment, paths, loop.exact(), run)


def _outside(law: Law) -> Array | None:
    """Return E mu^2, the squared error of the mean."""
    if law.mean is None or law.variance is None:
        return None
    return np.asarray(law.variance + np.square(law.mean[:, 0]))


def _end(experiment: BellCurve) -> tuple[float | None, bool]:
    """Return E s2 after endless generations with real points, and whether its spread is bounded."""
    recipe = experiment.recipe_policy().recipe(experiment.sample_size)
    count = recipe.fresh + recipe.fixed
    if not count or not recipe.synthetic or recipe.real_weight is not None:
        return None, True
    unbiased, scale = experiment.unbiased, experiment.temperature
    try:
        end = stationary_anchored_moments(
            recipe.synthetic,
            count,
            fresh=recipe.fresh > 0,
            unbiased=unbiased,
            variance_scale=scale,
        ).expected_variance
    except np.linalg.LinAlgError:
        end = np.array(np.inf)  # exactly where the average begins to have no limit
    if not recipe.fresh or np.isinf(end):
        return float(end), not recipe.fresh
    spread = fresh_anchor_variance_spread(
        recipe.synthetic, count, unbiased=unbiased, variance_scale=scale
    )
    return float(end), bool(np.isfinite(spread))
