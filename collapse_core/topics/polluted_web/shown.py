"""What is shown of the polluted web."""

from __future__ import annotations

from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.experiment import Followed
from collapse_core.topics.polluted_web.figure import polluted_web_figure
from collapse_core.topics.polluted_web.guess import polluted_web_prediction
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.topics.polluted_web.report import WebReport, report_web, to_csv
from collapse_core.topics.polluted_web.sentences import PollutedWebSentences
from collapse_core.topics.python_code import redrawn
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "show_polluted_web"]


def show_polluted_web(
    lesson: Lesson,
    experiment: PollutedWeb,
    view: Followed,
    report: WebReport,
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    spoken = PollutedWebSentences(lesson, experiment, report, waiting)
    last = experiment.generations
    return Shown(
        figure=partial(polluted_web_figure, report, view.percentile),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: to_csv(report),
        python=redrawn(experiment, polluted_web_figure, report_web, further=str(view.percentile)),
        start=last,
        last=last,
        asked=polluted_web_prediction(lesson, report),
        notes=lambda _: spoken.notes(),
        details=spoken.details,
        filename="{name}-year-{tick}",
    )


TOPICS = (
    Topic(
        "polluted_web",
        PollutedWeb,
        lambda asked, _, report: report_web(asked, report),
        show_polluted_web,
        Followed,
    ),
)
