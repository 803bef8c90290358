"""What is shown of exponential families: one, or all side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from collapse_core.law import Law
from collapse_core.lessons.lesson import Lesson
from collapse_core.loop import ClosedLoop
from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.topics import computed
from collapse_core.topics.experiment import Followed
from collapse_core.topics.exponential_families.figure import exponential_families_figure
from collapse_core.topics.exponential_families.guess import exponential_families_prediction
from collapse_core.topics.exponential_families.overview_figure import exponential_overview_figure
from collapse_core.topics.exponential_families.question import FAMILY_CHOICES, ExponentialFamilies
from collapse_core.topics.exponential_families.report import DiversityReport, report_diversity
from collapse_core.topics.exponential_families.sentences import FamilySentences
from collapse_core.topics.shown import Shown, Topic
from collapse_core.topics.swept import FAMILY_SWEPT
from collapse_core.trajectory import Trajectory

__all__ = ["TOPICS", "FamiliesView", "Found", "find_families", "show_exponential_families"]

Reported: TypeAlias = Callable[[ClosedLoop, int, int, float], DiversityReport]


@dataclass(frozen=True)
class FamiliesView(Followed):
    """How runs are looked at: one is followed, of one family or of all side by side."""

    side_by_side: bool = False


@dataclass(frozen=True, eq=False)
class Found:
    """Runs of a family with their law, that before n and t were doubled, and what they say."""

    paths: Trajectory
    law: Law
    before: Law | None
    report: DiversityReport
    reports: Mapping[str, DiversityReport] = field(default_factory=dict)


def _reported(loop: ClosedLoop, runs: int, seed: int, percentile: float) -> DiversityReport:
    paths = loop.simulate(runs, seed)
    law = computed.exact_law(loop)
    return report_diversity(paths, law, run_at_percentile(paths, percentile))


def find_families(
    experiment: ExponentialFamilies,
    view: FamiliesView,
    sampled: computed.Sampled = computed.sampled_runs,
    known: computed.Known = computed.exact_law,
    reported: Reported = _reported,
) -> Found:
    """Return the runs of one family, and what those of all say where they stand side by side."""
    loop, runs, seed = experiment.loop(), experiment.runs, experiment.seed
    reports: dict[str, DiversityReport] = {
        name: reported(experiment.of(name).loop(), runs, seed, view.percentile)
        for name in (FAMILY_CHOICES if view.side_by_side else ())
    }
    return Found(
        sampled(loop, runs, seed),
        known(loop),
        known(experiment.undoubled().loop()) if experiment.doubled else None,
        reported(loop, runs, seed, view.percentile),
        reports,
    )


def show_exponential_families(
    lesson: Lesson,
    experiment: ExponentialFamilies,
    view: FamiliesView,
    found: Found,
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    report, reports = found.report, found.reports
    spoken = FamilySentences(lesson, experiment, report, waiting, reports)
    one = partial(
        exponential_families_figure,
        found.paths,
        found.law,
        report.highlighted,
        compared=found.before,
    )
    end = found.paths.generations
    return Shown(
        figure=partial(exponential_overview_figure, reports, names=spoken.panel_names())
        if reports
        else one,
        spoken=spoken,
        columns=spoken.columns,
        csv=found.paths.to_csv,
        python=lambda tick: experiment.python(
            report.highlighted, view.percentile, tick, side_by_side=bool(reports)
        ),
        start=end,
        last=end,
        asked=None if reports else exponential_families_prediction(lesson, report, spoken.facts),
        notes=lambda _: spoken.notes(found.before),
        details=spoken.details,
    )


TOPICS = (
    Topic(
        "exponential_families",
        ExponentialFamilies,
        lambda asked, view, _: find_families(asked, view),
        show_exponential_families,
        FamiliesView,
        swept=FAMILY_SWEPT,
    ),
)
