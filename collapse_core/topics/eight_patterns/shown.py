"""What is shown of a cloud that crumples."""

from __future__ import annotations

from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.eight_patterns.figure import eight_patterns_figure
from collapse_core.topics.eight_patterns.guess import eight_patterns_prediction
from collapse_core.topics.eight_patterns.question import CrumpledCloud
from collapse_core.topics.eight_patterns.report import CloudReport, report_cloud, to_csv
from collapse_core.topics.eight_patterns.sentences import EightPatternsSentences
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.python_code import redrawn
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "show_eight_patterns"]


def show_eight_patterns(
    lesson: Lesson,
    experiment: CrumpledCloud,
    view: Experiment,
    report: CloudReport,
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    spoken = EightPatternsSentences(lesson, experiment, report, waiting)
    last = experiment.generations
    return Shown(
        figure=partial(eight_patterns_figure, report),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: to_csv(experiment, report),
        python=redrawn(experiment, eight_patterns_figure, report_cloud),
        start=last,
        last=last,
        asked=eight_patterns_prediction(lesson, report),
        details=spoken.details,
    )


TOPICS = (
    Topic(
        "eight_patterns",
        CrumpledCloud,
        lambda asked, _, report: report_cloud(asked, report),
        show_eight_patterns,
    ),
)
