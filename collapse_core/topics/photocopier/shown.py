"""What is shown of copies of a picture."""

from __future__ import annotations

from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.photocopier.figure import photocopier_figure
from collapse_core.topics.photocopier.guess import photocopier_prediction
from collapse_core.topics.photocopier.question import CopiedPicture
from collapse_core.topics.photocopier.report import CopiesReport, report_copies, to_csv
from collapse_core.topics.photocopier.sentences import PhotocopierSentences
from collapse_core.topics.python_code import redrawn
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "show_photocopier"]


def show_photocopier(
    lesson: Lesson,
    experiment: CopiedPicture,
    view: Experiment,
    report: CopiesReport,
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    spoken = PhotocopierSentences(lesson, experiment, report, waiting)
    last = experiment.generations
    return Shown(
        figure=partial(photocopier_figure, report),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: to_csv(experiment, report),
        python=redrawn(experiment, photocopier_figure, report_copies),
        start=last,
        last=last,
        asked=photocopier_prediction(lesson, report, spoken.facts(last)),
        details=spoken.details,
        filename="{name}-copy-{tick}",
        first_look=2,
    )


TOPICS = (
    Topic("photocopier", CopiedPicture, lambda one, _, __: report_copies(one), show_photocopier),
)
