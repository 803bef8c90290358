"""What pages compute, kept for everyone: a frozen setting goes in, a result comes out.

Runs and laws over few generations are the beginning of longer ones. They are computed to a round
number of generations and cut, so that a step of that slider computes nothing. Do not change what
is returned: it is shared.
"""

from __future__ import annotations

from dataclasses import replace

from collapse_core import ClosedLoop, Law, Trajectory
from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.models.base import Report
from collapse_core.models.density_refit import TailMass
from collapse_core.models.kernel_refit import KernelRuns
from collapse_core.topics.bell_curve.kernel import KernelReport, report_kernel
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import BellCurveReport, report_bell_curve
from collapse_core.topics.bell_curve.spectrum import (
    SpectrumReport,
    SpectrumRuns,
    followed_runs,
    report_spectrum,
    sample_spectrum,
)
from collapse_core.topics.exponential_families.report import DiversityReport, report_diversity
from collapse_core.topics.one_real_point.doses import (
    sampled_doses,
    sampled_ranks,
    sampled_weights,
)
from collapse_core.topics.one_real_point.report import absence_in_the_long_run
from collapse_core.topics.two_colours.report import lifetimes
from collapse_core.topics.vanishing_tails.density import DensityTails
from collapse_core.topics.vanishing_tails.law import TailsLaw, tails_horizon, tails_law
from collapse_core.topics.vanishing_tails.neighbours import Neighbours, collapse_neighbours
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import (
    COMMON_MASS,
    VanishingTailsReport,
    report_vanishing_tails,
)
from collapse_core.topics.vanishing_tails.runs import TailRuns, run_tails
from ui.kept import SHARED
from ui.long_run import watched

__all__ = [
    "absorption_times",
    "bell_curve_report",
    "density_tail",
    "diversity_report",
    "dose_samples",
    "exact_law",
    "kernel_report",
    "long_run_absence",
    "neighbours_of_collapse",
    "rank_samples",
    "sampled_runs",
    "spectrum_report",
    "tail_report",
    "tail_runs",
    "weight_samples",
]

absorption_times = SHARED.of(lifetimes)
dose_samples = SHARED.of(sampled_doses)
weight_samples = SHARED.of(sampled_weights)
rank_samples = SHARED.of(sampled_ranks)
long_run_absence = SHARED.of(absence_in_the_long_run)


def sampled_runs(loop: ClosedLoop, replicates: int, seed: int) -> Trajectory:
    """Return sampled runs of a loop."""
    longest = _long_runs(loop.horizon_of_runs(replicates), replicates, seed)
    return longest.until(loop.generations)


@SHARED.of
def _long_runs(loop: ClosedLoop, replicates: int, seed: int) -> Trajectory:
    return loop.simulate(replicates, seed)


def exact_law(loop: ClosedLoop) -> Law:
    """Return a loop's law, with named approximations where nothing exact is known."""
    return _long_law(loop.horizon_of_law()).until(loop.generations)


@SHARED.of
def _long_law(loop: ClosedLoop) -> Law:
    return loop.exact(approximate=True)


@SHARED.of
def diversity_report(
    loop: ClosedLoop, replicates: int, seed: int, percentile: float
) -> DiversityReport:
    """Return what the runs and the law of an exponential family say of its diversity."""
    paths = sampled_runs(loop, replicates, seed)
    return report_diversity(paths, exact_law(loop), run_at_percentile(paths, percentile))


@SHARED.of
def bell_curve_report(experiment: BellCurve, percentile: float) -> BellCurveReport:
    """Return what the runs and the law of a bell curve in one dimension say."""
    loop = experiment.loop()
    paths = sampled_runs(loop, experiment.runs, experiment.seed)
    run = run_at_percentile(paths, percentile)
    return report_bell_curve(experiment, paths, exact_law(loop), run)


# ------------------------------------------------------- what may take a while: workers do it
# What a worker does must not wait for other work, which may wait for its turn.


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


def tail_runs(experiment: VanishingTails, percentile: float) -> TailRuns:
    """Return sampled runs of many kinds, one of them followed."""
    made, seed, asked = experiment.affordable_runs(), experiment.seed, experiment.loop()
    loop = asked.horizon_of_runs(made)

    def make(report: Report) -> TailRuns:
        def progress(generation: int) -> None:
            report(generation / loop.generations)

        return run_tails(loop, made, seed, progress=progress, common_mass=COMMON_MASS)

    # Its loop names thousands of probabilities, and the experiment what they are made of.
    name = f"tails {replace(experiment, generations=loop.generations)!r} {made}"
    return watched(name, make).until(asked.generations).highlighting(percentile)


def tail_report(experiment: VanishingTails, runs: TailRuns) -> VanishingTailsReport:
    """Return what runs of many kinds and their law say."""
    loop = tails_horizon(runs.loop)
    known = replace(experiment, generations=loop.generations, runs=1, seed=1)  # not by sampling
    longest = watched(
        f"tails law {known!r}",
        lambda _: tails_law(loop),
        saying="computing",
    )
    law: TailsLaw = longest.until(runs.generations)
    return SHARED.get(
        f"tails report {experiment!r} {runs.replicates} {runs.percentile}",
        lambda: report_vanishing_tails(runs, law),
    )


def density_tail(experiment: DensityTails) -> TailMass:
    """Return sampled runs of a density that is refitted."""
    made, model, seed = experiment.affordable_runs(), experiment.refit(), experiment.seed
    longer = model.horizon(made)
    longest = watched(f"density {longer!r} {made} {seed}", lambda _: longer.run(made, seed))
    return longest.until(model.generations)


def neighbours_of_collapse(seed: int) -> Neighbours:
    """Return forgetting, drift and overfitting beside collapse."""
    return watched(f"neighbours {seed}", lambda _: collapse_neighbours(seed))
