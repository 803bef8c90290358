"""What is shown of any model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.any_model.code import any_model_code
from collapse_core.topics.any_model.figure import any_model_figure
from collapse_core.topics.any_model.guess import any_model_prediction
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.report import report_any_model, steps_as_csv
from collapse_core.topics.any_model.sentences import AnyModelSentences
from collapse_core.topics.any_model.steps import ModelStep
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "show_any_model"]


def show_any_model(
    lesson: Lesson,
    experiment: AnyModel,
    view: Experiment,
    steps: Sequence[ModelStep],
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    report = report_any_model(experiment, steps)
    spoken = AnyModelSentences(lesson, report, waiting)
    return Shown(
        figure=partial(any_model_figure, experiment, steps),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: steps_as_csv(experiment, steps),
        python=lambda tick: any_model_code(experiment, tick),
        start=experiment.generations,
        last=experiment.generations,
        asked=any_model_prediction(lesson, report),
        notes=lambda _: spoken.notes(),
        details=spoken.details,
    )


TOPICS = (Topic("any_model", AnyModel, lambda asked, _, report: asked.run(report), show_any_model),)
