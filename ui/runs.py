"""The only cached functions: a frozen spec goes in, a result comes out.

Streamlit hashes nested dataclasses without their types, so that ``Exponential(1)`` and
``Poisson(1)`` would share a result. Every spec is therefore hashed by its ``repr``, which names the
type and all values; a test checks that no two specs collide. All caches are bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from collapse_core import ClosedLoop, Law, Trajectory
from collapse_core.lessons.lesson import shell_words
from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.models.base import Report
from collapse_core.models.density_refit import HistogramTail, KernelTail, TailMass
from collapse_core.topics.bell_curve.kernel import KernelReport, report_kernel
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import BellCurveReport, report_bell_curve
from collapse_core.topics.bell_curve.spectrum import SpectrumReport, report_spectrum
from collapse_core.topics.exponential_families.report import DiversityReport, report_diversity
from collapse_core.topics.one_real_point.doses import (
    DoseQuestion,
    SampledDoses,
    sampled_doses,
    sampled_ranks,
    sampled_weights,
)
from collapse_core.topics.one_real_point.report import absence_in_the_long_run
from collapse_core.topics.two_colours.report import AbsorptionTimes, lifetimes
from collapse_core.topics.vanishing_tails.neighbours import Neighbours, collapse_neighbours
from collapse_core.topics.vanishing_tails.report import COMMON_MASS, TailsLaw, tails_law
from collapse_core.topics.vanishing_tails.runs import TailRuns, run_tails
from ui.long_run import watched

__all__ = [
    "HASH_BY_REPR",
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
    "tail_law",
    "tail_runs",
    "weight_samples",
]

HASH_BY_REPR: dict[str | type[Any], Callable[[Any], Any]] = {
    ClosedLoop: repr,
    DoseQuestion: repr,
    HistogramTail: repr,
    KernelTail: repr,
}
MOST_ENTRIES = 32
FEW_ENTRIES = 16
SAMPLING, COMPUTING = (shell_words("long_run")[name] for name in ("working", "computing"))


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=MOST_ENTRIES, show_spinner=False)
def sampled_runs(loop: ClosedLoop, replicates: int, seed: int) -> Trajectory:
    """Return sampled runs of a loop. Do not change what is returned: it is shared."""
    return loop.simulate(replicates, seed)


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=MOST_ENTRIES, show_spinner=False)
def exact_law(loop: ClosedLoop) -> Law:
    """Return a loop's law, with named approximations where nothing exact is known."""
    return loop.exact(approximate=True)


@st.cache_resource(max_entries=MOST_ENTRIES, show_spinner=False)
def absorption_times(sample_size: int, share: float, temperature: float) -> AbsorptionTimes:
    """Return how long two colours live together, exactly."""
    return lifetimes(sample_size, share, temperature)


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=MOST_ENTRIES, show_spinner=False)
def diversity_report(
    loop: ClosedLoop, replicates: int, seed: int, percentile: float
) -> DiversityReport:
    """Return what the runs and the law of an exponential family say of its diversity."""
    paths = sampled_runs(loop, replicates, seed)
    return report_diversity(paths, exact_law(loop), run_at_percentile(paths, percentile))


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=MOST_ENTRIES, show_spinner=False)
def dose_samples(question: DoseQuestion) -> SampledDoses:
    """Return sampled averages at several numbers of real points."""
    return sampled_doses(question)


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=MOST_ENTRIES, show_spinner=False)
def weight_samples(question: DoseQuestion, count: int) -> tuple[SampledDoses, SampledDoses]:
    """Return sampled scatter and diversity at several weights of the real points."""
    return sampled_weights(question, count)


@st.cache_resource(max_entries=MOST_ENTRIES, show_spinner=False)
def rank_samples(dimension: int, sample_size: int, seed: int) -> SampledDoses:
    """Return sampled effective ranks at several numbers of real points."""
    return sampled_ranks(dimension, sample_size, seed)


@st.cache_resource(max_entries=MOST_ENTRIES, show_spinner=False)
def long_run_absence(sample_size: int, share: float, count: int) -> float | None:
    """Return how often blue is absent in the long run with fresh points, where that is quick."""
    return absence_in_the_long_run(sample_size, share, count)


def tail_runs(loop: ClosedLoop, replicates: int, seed: int, percentile: float) -> TailRuns:
    """Return sampled runs of many kinds. Do not change what is returned: it is shared."""

    def make(report: Report) -> TailRuns:
        def progress(generation: int) -> None:
            report(generation / loop.generations)

        return run_tails(loop, replicates, seed, percentile, progress, COMMON_MASS)

    return watched(f"tails {loop!r} {replicates} {seed} {percentile}", make)


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=FEW_ENTRIES, show_spinner=COMPUTING)
def tail_law(loop: ClosedLoop) -> TailsLaw:
    """Return what is known of many kinds without sampling."""
    return tails_law(loop)


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=FEW_ENTRIES, show_spinner=SAMPLING)
def density_tail(model: HistogramTail | KernelTail, replicates: int, seed: int) -> TailMass:
    """Return sampled runs of a density that is refitted."""
    return model.run(replicates, seed)


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=MOST_ENTRIES, show_spinner=False)
def bell_curve_report(experiment: BellCurve, percentile: float) -> BellCurveReport:
    """Return what the runs and the law of a bell curve in one dimension say."""
    loop = experiment.loop()
    paths = sampled_runs(loop, experiment.runs, experiment.seed)
    run = run_at_percentile(paths, percentile)
    return report_bell_curve(experiment, paths, exact_law(loop), run)


def spectrum_report(experiment: BellCurve, percentile: float) -> SpectrumReport:
    """Return what the runs of a bell curve in several dimensions say."""
    return watched(
        f"spectrum {experiment!r} {percentile}",
        lambda report: report_spectrum(experiment, percentile, report),
    )


@st.cache_resource(hash_funcs=HASH_BY_REPR, max_entries=FEW_ENTRIES, show_spinner=SAMPLING)
def kernel_report(experiment: BellCurve, percentile: float) -> KernelReport:
    """Return what the runs of a kernel model say."""
    return report_kernel(experiment, percentile)


@st.cache_resource(max_entries=FEW_ENTRIES, show_spinner=SAMPLING)
def neighbours_of_collapse(seed: int) -> Neighbours:
    """Return forgetting, drift and overfitting beside collapse."""
    return collapse_neighbours(seed)
