"""What is shown of a history that is watched."""

from __future__ import annotations

from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.early_warning.figure import early_warning_figure
from collapse_core.topics.early_warning.guess import early_warning_prediction
from collapse_core.topics.early_warning.question import WatchedHistory
from collapse_core.topics.early_warning.sentences import EarlyWarningSentences
from collapse_core.topics.early_warning.watched import Watched, report_history, to_csv
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.python_code import redrawn
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "show_early_warning"]


def show_early_warning(
    lesson: Lesson,
    experiment: WatchedHistory,
    view: Experiment,
    found: Watched,
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    spoken = EarlyWarningSentences(lesson, found, experiment, waiting)
    return Shown(
        figure=partial(early_warning_figure, found),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: to_csv(experiment, found),
        python=redrawn(experiment, early_warning_figure, report_history, "found"),
        start=experiment.generations,
        last=found.total,
        asked=early_warning_prediction(lesson, found),
        notes=lambda _: spoken.notes(),
        details=spoken.details,
    )


TOPICS = (
    Topic(
        "early_warning",
        WatchedHistory,
        lambda asked, _, report: report_history(asked, report),
        show_early_warning,
    ),
)
