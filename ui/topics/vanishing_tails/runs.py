"""What the page computes, kept for everyone."""

from __future__ import annotations

from dataclasses import replace

from collapse_core.models.base import Report
from collapse_core.models.density_refit import TailMass
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

__all__ = ["density_tail", "neighbours_of_collapse", "tail_report", "tail_runs"]


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
