"""What the page computes, kept for everyone."""

from __future__ import annotations

from typing import Any

from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.models.kernel_refit import KernelRuns
from collapse_core.topics.bell_curve.kernel import KernelReport, report_kernel
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import BellCurveReport, report_bell_curve
from collapse_core.topics.bell_curve.shown import BellView
from collapse_core.topics.bell_curve.spectrum import (
    SpectrumReport,
    SpectrumRuns,
    followed_runs,
    report_spectrum,
    sample_spectrum,
)
from ui.kept import SHARED
from ui.long_run import watched
from ui.runs import exact_law, sampled_runs

__all__ = ["found_of", "kernel_report", "spectrum_report"]


def found_of(experiment: BellCurve, view: BellView) -> Any:
    """Return the numbers of the picture that is chosen."""
    if view.picture == "several":
        return spectrum_report(experiment, view.percentile)
    if view.picture == "kernel":
        return kernel_report(experiment, view.percentile)
    paths = sampled_runs(experiment.loop(), experiment.runs, experiment.seed)
    return paths, bell_curve_report(experiment, view.percentile)


@SHARED.of
def bell_curve_report(experiment: BellCurve, percentile: float) -> BellCurveReport:
    """Return what the runs and the law of a bell curve in one dimension say."""
    loop = experiment.loop()
    paths = sampled_runs(loop, experiment.runs, experiment.seed)
    run = run_at_percentile(paths, percentile)
    return report_bell_curve(experiment, paths, exact_law(loop), run)


def spectrum_report(experiment: BellCurve, percentile: float) -> SpectrumReport:
    """Return what the runs of a bell curve in several dimensions say."""
    runs, followed = experiment.covariance_runs, followed_runs(experiment)
    loop = experiment.covariance_loop().horizon_of_runs(runs)
    longest: SpectrumRuns = watched(
        f"spectrum {loop!r} {runs} {followed} {experiment.seed}",
        lambda report: sample_spectrum(loop, runs, followed, experiment.seed, report),
    )
    return report_spectrum(experiment, percentile, sampled=longest.until(experiment.generations))


def kernel_report(experiment: BellCurve, percentile: float) -> KernelReport:
    """Return what the runs of a kernel model say."""
    runs, seed = experiment.kernel_runs, experiment.seed
    model = experiment.kernel().horizon(runs)
    longest: KernelRuns = watched(
        f"kernel runs {model!r} {runs} {seed}", lambda _: model.simulate(runs, seed)
    )
    cut = longest.until(experiment.generations)
    return watched(
        f"kernel {experiment!r} {percentile}",
        lambda _: report_kernel(experiment, percentile, cut),
    )
