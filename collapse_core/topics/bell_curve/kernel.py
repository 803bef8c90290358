"""A kernel model in the loop: the numbers that its picture and its sentences state."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number
from collapse_core.lessons.facts import curves_at, numbers_of
from collapse_core.measures.monte_carlo import middle_of_runs, standard_error
from collapse_core.models.kernel_refit import KernelRuns
from collapse_core.theory.gaussian_refit import expected_variance, kernel_variance
from collapse_core.topics.bell_curve.question import BellCurve

__all__ = ["KernelReport", "report_kernel"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class KernelReport:
    """What runs and law say. Arrays have shape (generations + 1,) where nothing else is said.

    Parameters
    ----------
    runs, sample_size : int
        Number of runs, and of points per generation.
    bandwidth : float
        Standard deviation h of the noise.
    percentile : float
        Where the highlighted run ends among all runs, 0 to 100.
    points : ndarray, shape (generations, sample_size)
        Points of the highlighted run, from generation 1 on.
    variance : ndarray, shape (runs, generations + 1)
        Variance of the points (divisor n) in every run.
    typical, average, median : ndarray
        That of the highlighted run, and average and middle over the runs.
    error : ndarray
        Estimated standard error of the average; nan for a single run.
    expected : ndarray
        Exact expectation.
    gaussian : ndarray
        Expected variance of a Gaussian fitted by maximum likelihood to as many points; exact.
    limit : float
        h^2 (n - 1), where the expectation ends.
    """

    runs: int
    sample_size: int
    bandwidth: float
    percentile: float
    points: Array
    variance: Array
    typical: Array
    average: Array
    median: Array
    error: Array
    expected: Array
    gaussian: Array
    limit: float

    @property
    def above(self) -> NDArray[np.int64]:
        """Runs whose variance is at least the expected one, at each generation.

        Where there are few, rare runs carry the expectation, and the estimated standard error,
        which does not know of them, is far too small.
        """
        return np.asarray((self.variance >= self.expected).sum(axis=0), dtype=np.int64)

    def facts(self) -> dict[str, Any]:
        """Return what is known of the whole picture, by name."""
        n, last = self.sample_size, self.average.size - 1
        matched = 1.0 / math.sqrt(n - 1) if n > 1 else math.inf
        found = {"generations": last, "most": n, "matched": matched}
        return numbers_of(self) | self.facts_at(last) | found

    def facts_at(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation, by name."""
        with np.errstate(divide="ignore", invalid="ignore"):
            errors = float((self.average[t] - self.expected[t]) / self.error[t])
        return curves_at(t, self) | {"t": t, "errors": errors, "above": int(self.above[t])}

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the key of their column."""
        names = ("average", "expected", "median", "gaussian")
        generations = {"generation": range(self.average.size)}
        return generations | {name: getattr(self, name) for name in names}


def report_kernel(
    experiment: BellCurve, percentile: float, runs: KernelRuns | None = None
) -> KernelReport:
    """Return what the sentences about a kernel model state.

    Parameters
    ----------
    experiment : BellCurve
        The parameters of the page.
    percentile : float
        Which run is highlighted, by its variance at the end: 0 for the lowest, 100 the highest.
    runs : KernelRuns, optional
        Its runs, if they are there already: ``experiment.kernel_runs`` of them.

    Raises
    ------
    ValueError
        If the percentile is not a number from 0 to 100.
    """
    percentile = check_number("percentile", percentile, 0.0, 100.0)
    model = experiment.kernel()
    runs = runs or model.simulate(experiment.kernel_runs, experiment.seed)
    variance = runs.variance
    order = np.argsort(variance[:, -1], kind="stable")
    rank = round(percentile / 100.0 * (runs.replicates - 1))
    run = int(order[rank])
    n, generations = model.sample_size, model.generations
    return KernelReport(
        runs=runs.replicates,
        sample_size=n,
        bandwidth=model.bandwidth,
        percentile=100.0 * (rank + 0.5) / runs.replicates,
        points=runs.points_of(run),
        variance=variance,
        typical=variance[run],
        average=variance.mean(axis=0),
        median=middle_of_runs(variance),
        error=standard_error(variance),
        expected=kernel_variance(n, generations, model.bandwidth),
        gaussian=expected_variance(n, generations),
        limit=model.bandwidth**2 * (n - 1),
    )
