"""What is shown of vanishing tails."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from collapse_core.lessons.lesson import Lesson
from collapse_core.models.base import Report
from collapse_core.topics.experiment import Followed
from collapse_core.topics.shown import Shown, Topic
from collapse_core.topics.vanishing_tails.density_shown import DENSITY_TOPIC
from collapse_core.topics.vanishing_tails.figure import vanishing_tails_figure
from collapse_core.topics.vanishing_tails.guess import vanishing_tails_prediction
from collapse_core.topics.vanishing_tails.law import tails_law
from collapse_core.topics.vanishing_tails.question import StartChoice, VanishingTails
from collapse_core.topics.vanishing_tails.report import (
    COMMON_MASS,
    VanishingTailsReport,
    report_vanishing_tails,
    survivors_csv,
)
from collapse_core.topics.vanishing_tails.runs import TailRuns, run_tails
from collapse_core.topics.vanishing_tails.sentences import VanishingTailsSentences, columns
from collapse_core.topics.vanishing_tails.starts import named_start, python_lines
from collapse_core.topics.vanishing_tails.swept import KINDS_SWEPT

__all__ = ["TOPICS", "TailsView", "show_vanishing_tails"]

Found: TypeAlias = tuple[TailRuns, VanishingTailsReport]


@dataclass(frozen=True)
class TailsView(Followed):
    """Where the kinds come from, which run is followed, and how the axes are."""

    start: StartChoice = "zipf"
    log_axes: bool = False


def find_tails(experiment: VanishingTails, view: TailsView, report: Report) -> Found:
    """Return sampled runs, and what they and their law say."""
    loop, made = experiment.loop(), experiment.affordable_runs()

    def progress(generation: int) -> None:
        report(generation / loop.generations)

    runs = run_tails(
        loop, made, experiment.seed, view.percentile, progress=progress, common_mass=COMMON_MASS
    )
    return runs, report_vanishing_tails(runs, tails_law(loop))


def show_vanishing_tails(
    lesson: Lesson,
    experiment: VanishingTails,
    view: TailsView,
    found: Found,
    waiting: bool = False,
    *,
    names: tuple[str, ...] | None = None,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess.

    Parameters
    ----------
    lesson, experiment, view, found, waiting
        As for every topic.
    names : tuple of str, optional
        What the kinds are called, where a reader named them.
    """
    runs, report = found
    if names is None:
        named = named_start(view.start)
        names = tuple(named.names) if named else ()
    spoken = VanishingTailsSentences(lesson, experiment, report, names, waiting)
    start, percentile, log_axes = view.start, view.percentile, view.log_axes
    said = {**vars(experiment), **view.settings()}
    said |= {"made": runs.replicates, "truth": runs.loop.family.truth}
    return Shown(
        figure=partial(vanishing_tails_figure, runs, report, names=names, log_axes=log_axes),
        spoken=spoken,
        columns=lambda _: columns(lesson, runs, report),
        csv=lambda: survivors_csv(runs, said),
        python=lambda tick: python_lines(experiment, start, percentile, log_axes, tick),
        start=min(10, runs.generations),
        last=runs.generations,
        asked=vanishing_tails_prediction(lesson, report, log_axes),
        notes=lambda _: spoken.notes(),
        details=spoken.details,
    )


def _make(fields: dict[str, Any], view: TailsView) -> VanishingTails:
    named = named_start(view.start)
    return VanishingTails(**fields, counts=tuple(named.counts) if named else ())


TOPICS = (
    Topic(
        "vanishing_tails",
        VanishingTails,
        find_tails,
        show_vanishing_tails,
        TailsView,
        _make,
        swept=KINDS_SWEPT,
    ),
    DENSITY_TOPIC,
)
