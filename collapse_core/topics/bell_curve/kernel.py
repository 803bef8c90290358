"""A kernel model in the loop: the numbers that its picture and its sentences state."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


def report_kernel(experiment: BellCurve, percentile: float) -> KernelReport:
    """Run the kernel model and return what the sentences about it state.

    Parameters
    ----------
    experiment : BellCurve
        The parameters of the page.
    percentile : float
        Which run is highlighted, by its variance at the end: 0 for the lowest, 100 the highest.
    """
    model, runs = experiment.kernel(), experiment.kernel_runs
    variance = model.simulate(runs, experiment.seed).variance
    order = np.argsort(variance[:, -1], kind="stable")
    rank = round(percentile / 100.0 * (runs - 1))
    run = int(order[rank])
    n, generations = model.sample_size, model.generations
    spread = variance.std(axis=0, ddof=1) if runs > 1 else np.full(generations + 1, np.nan)
    return KernelReport(
        runs=runs,
        sample_size=n,
        bandwidth=model.bandwidth,
        percentile=100.0 * (rank + 0.5) / runs,
        points=model.points_of(run, runs, experiment.seed),
        variance=variance,
        typical=variance[run],
        average=variance.mean(axis=0),
        median=np.partition(variance, (runs - 1) // 2, axis=0)[(runs - 1) // 2],
        error=spread / np.sqrt(runs),
        expected=kernel_variance(n, generations, model.bandwidth),
        gaussian=expected_variance(n, generations),
        limit=model.bandwidth**2 * (n - 1),
    )
