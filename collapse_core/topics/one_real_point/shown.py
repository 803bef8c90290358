"""What is shown of one real point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from collapse_core.law import Law
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics import computed
from collapse_core.topics.experiment import Followed
from collapse_core.topics.one_real_point import sentences
from collapse_core.topics.one_real_point.doses import DoseQuestion, SampledDoses, sampled_doses
from collapse_core.topics.one_real_point.figure import one_real_point_figure
from collapse_core.topics.one_real_point.guess import one_real_point_prediction
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.report import (
    absence_in_the_long_run,
    report_one_real_point,
)
from collapse_core.topics.python_code import shared_python
from collapse_core.topics.shown import Shown, Topic
from collapse_core.topics.swept import FAMILY_SWEPT
from collapse_core.trajectory import Trajectory

__all__ = [
    "TOPICS",
    "Found",
    "dose_question",
    "find_loops",
    "long_run_absence",
    "show_one_real_point",
]

Absence = Callable[[int, float, int], float | None]


@dataclass(frozen=True, eq=False)
class Found:
    """The loop that is asked for, the same without real points, and doses of them."""

    paths: Trajectory
    law: Law
    pure: Trajectory
    pure_law: Law
    doses: SampledDoses | None


def dose_question(experiment: OneRealPoint) -> DoseQuestion:
    """Return which doses of real points are compared."""
    loop = experiment.loop()
    return DoseQuestion(loop.family, loop.sample_size, experiment.fresh, experiment.seed)


def find_loops(
    experiment: OneRealPoint,
    doses: SampledDoses | None,
    sampled: computed.Sampled = computed.sampled_runs,
    known: computed.Known = computed.exact_law,
) -> Found:
    """Return both loops and their laws, with doses that were sampled."""
    loop, pure = experiment.loop(), experiment.pure_loop()
    runs, seed = experiment.runs, experiment.seed
    return Found(
        sampled(loop, runs, seed), known(loop), sampled(pure, runs, seed), known(pure), doses
    )


def long_run_absence(
    experiment: OneRealPoint, absence: Absence = absence_in_the_long_run
) -> float | None:
    """Return how often blue is absent in the long run; None where there is no such thing."""
    if experiment.family != "bernoulli" or not experiment.fresh:
        return None
    return absence(experiment.sample_size, experiment.share, experiment.anchors)


def show_one_real_point(
    lesson: Lesson,
    experiment: OneRealPoint,
    view: Followed,
    found: Found,
    waiting: bool = False,
    *,
    absence: Callable[[OneRealPoint], float | None] = long_run_absence,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess.

    Parameters
    ----------
    lesson, experiment, view, found, waiting
        As for every topic.
    absence : callable
        Tells how often blue is absent in the long run.
    """
    paths, law, doses = found.paths, found.law, found.doses
    highlighted = paths.run_nearest(view.percentile)
    report = report_one_real_point(experiment, paths, law, found.pure_law, highlighted)
    spoken = sentences.OneRealPointSentences(lesson, experiment, report, waiting)
    return Shown(
        figure=partial(
            one_real_point_figure,
            paths,
            law,
            highlighted,
            pure=found.pure,
            pure_law=found.pure_law,
            doses=doses,
            family=experiment.family,
        ),
        spoken=spoken,
        columns=lambda _: sentences.columns(lesson, report),
        csv=paths.to_csv,
        python=lambda tick: _python(experiment, view, tick),
        start=paths.generations,
        last=paths.generations,
        asked=one_real_point_prediction(lesson, experiment),
        notes=lambda _: spoken.notes(law.is_exact("distribution")),
        details=lambda tick: spoken.details(tick, absence(experiment), doses),
    )


def _python(experiment: OneRealPoint, view: Followed, tick: int) -> str:
    lines = [
        "loop = experiment.loop()",
        f"paths = loop.simulate(replicates={experiment.runs}, seed={experiment.seed})",
        "law = loop.exact(approximate=True)",
        f"run = paths.run_nearest({view.percentile})",
    ]
    arguments = f"paths, law, run, family={experiment.family!r}"
    return shared_python(experiment, "one_real_point_figure", lines, arguments, tick)


TOPICS = (
    Topic(
        "one_real_point",
        OneRealPoint,
        lambda asked, _, __: find_loops(asked, sampled_doses(dose_question(asked))),
        show_one_real_point,
        Followed,
        swept=FAMILY_SWEPT,
    ),
)
