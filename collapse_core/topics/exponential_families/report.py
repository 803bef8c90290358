"""The numbers that the sentences about exponential families state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Gaussian
from collapse_core.families.variance_functions import variance_function_of
from collapse_core.law import Law
from collapse_core.loop_settings import LoopSettings
from collapse_core.measures.followed_run import first_mean, relative_diversity, run_at_percentile
from collapse_core.measures.monte_carlo import standard_errors_apart
from collapse_core.policies import Recipe
from collapse_core.theory.diversity_spread import relative_error_of_average, spread_stays_bounded
from collapse_core.theory.gaussian_refit import expected_squared_variance
from collapse_core.topics.exponential_families.question import FAMILY_CHOICES, ExponentialFamilies
from collapse_core.trajectory import Trajectory

__all__ = ["DiversityReport", "counts_at", "report_diversity", "reports_side_by_side"]

Array = NDArray[np.float64]

LARGEST_ERROR = 0.25  # of an average over the runs, as a share of it, that still shows it
SMALL = 0.01
UNMOVED = 0.005


@dataclass(frozen=True)
class DiversityReport:
    """What runs and law say, generation by generation. Arrays have shape (generations + 1,).

    Diversity is V(m), as a share of the truth's.

    Parameters
    ----------
    runs, highlighted : int
        Number of runs, and of the run that is followed.
    v2 : float
        Coefficient of m^2 in V: its sign says where the average goes.
    pure : bool
        Whether each generation trains on synthetic points alone, so that the exact average is
        (1 + v2/n)^t.
    exact : ndarray, or None
        Expected diversity, from the law.
    exact_error : ndarray, or None
        Exact standard error of the average over the runs, as a share of that expectation; None
        where it is not known.
    settles : bool
        Whether that error stays bounded for ever; only ever False with fresh real points.
    average, median, typical : ndarray
        Average and middle of the runs, and the highlighted run.
    small, gone : ndarray of int
        Runs below 1 % of the truth's diversity, and at exactly 0.
    below : int
        Runs that end with less diversity than the truth.
    chance_gone : ndarray, or None
        Exact chance of 0, from the law, where it is exact.
    errors_apart : ndarray, or None
        How far ``gone`` is from that chance, in standard errors.
    mean, mean_error : ndarray
        Average of the mean parameter over the runs, and its standard error.
    typical_mean, middle_mean : ndarray
        Mean parameter of the highlighted run, and its median over the runs.
    true_mean : float
        Mean parameter of the truth.
    inside, outside : float
        Average diversity at the end, and v2 times the mean squared distance of m from the truth,
        both in units of the truth's diversity: their difference is 1 on average.
    identity_error : float
        Standard error of that difference.
    percentile : float
        Where the highlighted run ends among all runs, 0 to 100.
    level : int
        How many other runs end level with it.
    """

    runs: int
    highlighted: int
    v2: float
    pure: bool
    exact: Array | None
    exact_error: Array | None
    settles: bool
    average: Array
    median: Array
    typical: Array
    small: NDArray[np.int64]
    gone: NDArray[np.int64]
    below: int
    chance_gone: Array | None
    errors_apart: Array | None
    mean: Array
    mean_error: Array
    typical_mean: Array
    middle_mean: Array
    true_mean: float
    inside: float
    outside: float
    identity_error: float
    percentile: float
    level: int

    @property
    def expected(self) -> Array:
        """Expected diversity; the average of the runs where it is not known."""
        return self.average if self.exact is None else self.exact

    def direction(self, t: int = -1) -> str:
        """Return where the expected diversity is: ``"lower"``, ``"same"`` or ``"higher"``."""
        ratio = float(self.expected[t])
        return "same" if abs(ratio - 1.0) <= UNMOVED else "lower" if ratio < 1.0 else "higher"

    @property
    def unseen_from(self) -> int | None:
        """First generation whose average the runs cannot show, or None."""
        return None if self.exact_error is None else _first(self.exact_error > LARGEST_ERROR)

    @property
    def beyond_from(self) -> int | None:
        """First generation whose expected diversity is too large for the machine's numbers."""
        return _first(np.isinf(self.expected))

    def facts(self) -> dict[str, Any]:
        """Return what is known of the whole picture, and of its end, by name."""
        more = {"unseen_from": self.unseen_from, "beyond_from": self.beyond_from}
        more |= self.facts_at(self.median.size - 1)
        return {**vars(self), **more, "balance": self.inside - self.outside}

    def facts_at(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation, by name."""
        known = vars(self).items()
        return {"t": t} | {
            k: array[t].item() for k, array in known if isinstance(array, np.ndarray)
        }


def report_diversity(paths: Trajectory, law: Law, highlighted: int) -> DiversityReport:
    """Return the numbers that the sentences about an exponential family state.

    Parameters
    ----------
    paths : Trajectory
        Runs of one of the families of the experiment.
    law : Law
        The law of the same loop.
    highlighted : int
        Number of the run that is followed.
    """
    loop, runs = paths.loop, paths.replicates
    diversity, means = relative_diversity(paths), first_mean(paths)
    truth = float(paths.diversity[0, 0])
    v2, true_mean = variance_function_of(loop.family).v2, float(means[0, 0])
    gone = np.count_nonzero(diversity == 0.0, axis=0)
    chance = law.absorbed if law.is_exact("absorbed") else None
    recipe = loop.policy.recipe(loop.sample_size)
    with np.errstate(over="ignore", invalid="ignore"):
        outside = v2 * (means[:, -1] - true_mean) ** 2 / truth
        balance = diversity[:, -1] - outside
        mean, mean_error = means.mean(axis=0), _standard_error(means)
        average = diversity.mean(axis=0)
        inside, far, identity_error = average[-1], outside.mean(), _standard_error(balance)
    end = diversity[:, -1]
    level = np.count_nonzero(end < end[highlighted]), np.count_nonzero(end == end[highlighted])
    return DiversityReport(
        runs=runs,
        highlighted=highlighted,
        v2=v2,
        pure=recipe.alone,
        exact=None if law.diversity is None else law.diversity / truth,
        exact_error=_exact_error(loop, recipe, runs),
        settles=recipe.fresh == 0
        or recipe.real_weight is not None
        or spread_stays_bounded(v2, max(recipe.synthetic, 1), recipe.fresh),
        average=average,
        median=_middle(diversity),
        typical=diversity[highlighted],
        small=np.count_nonzero(diversity < SMALL, axis=0),
        gone=gone,
        below=int(np.count_nonzero(diversity[:, -1] < 1.0)),
        chance_gone=chance,
        errors_apart=None if chance is None else standard_errors_apart(gone, runs, chance),
        mean=mean,
        mean_error=mean_error,
        typical_mean=means[highlighted],
        middle_mean=_middle(means),
        true_mean=true_mean,
        inside=float(inside),
        outside=float(far),
        identity_error=float(identity_error),
        percentile=100.0 * (level[0] + level[1] / 2.0) / runs,
        level=int(level[1]) - 1,
    )


def reports_side_by_side(
    experiment: ExponentialFamilies, percentile: float = 50
) -> dict[str, DiversityReport]:
    """Run every family of the experiment on one seed and return what they show, by family.

    Parameters
    ----------
    experiment : ExponentialFamilies
        What to run; its own family does not matter.
    percentile : float
        Which run of each family is followed, 0 (least diversity) to 100.
    """
    reports: dict[str, DiversityReport] = {}
    for family in FAMILY_CHOICES:
        loop = experiment.of(family).loop()
        paths = loop.simulate(experiment.runs, experiment.seed)
        law = loop.exact(approximate=True)
        reports[family] = report_diversity(paths, law, run_at_percentile(paths, percentile))
    return reports


def counts_at(reports: Mapping[str, DiversityReport], t: int) -> dict[str, int]:
    """Return in how many families the expected and the middle run's diversity went where."""
    directions = [report.direction(t) for report in reports.values()]
    below = sum(float(report.median[t]) < 1.0 - UNMOVED for report in reports.values())
    return {
        "down": directions.count("lower"),
        "same": directions.count("same"),
        "up": directions.count("higher"),
        "below": below,
        "total": len(reports),
    }


def _first(reached: NDArray[np.bool_]) -> int | None:
    return int(reached.argmax()) if reached.any() else None


def _middle(values: Array) -> Array:
    """Return the median over the runs, the lower of the two middle ones."""
    middle = (len(values) - 1) // 2
    return np.asarray(np.partition(values, middle, axis=0)[middle])


def _standard_error(values: Array) -> Array:
    """Return the standard error of the average over the runs; nan for a single run."""
    if len(values) < 2:
        return np.full(values.shape[1:], np.nan)
    return np.asarray(values.std(axis=0, ddof=1) / np.sqrt(len(values)))


def _exact_error(loop: LoopSettings, recipe: Recipe, runs: int) -> Array | None:
    """Return the exact relative error of the average over the runs, without real points."""
    if not recipe.alone:
        return None
    n, generations, family = loop.sample_size, loop.generations, loop.family
    if isinstance(family, Gaussian):
        squares = expected_squared_variance(n, generations)
        averages = (1.0 - 1.0 / n) ** np.arange(generations + 1)
        return np.sqrt(np.maximum(squares / averages**2 - 1.0, 0.0) / runs)
    function = variance_function_of(family)
    return relative_error_of_average(function, float(family.truth), n, generations, runs)
