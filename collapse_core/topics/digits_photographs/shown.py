"""What is shown of digits and photographs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.digits_photographs.figure import digits_photographs_figure
from collapse_core.topics.digits_photographs.guess import ASKED, digits_photographs_prediction
from collapse_core.topics.digits_photographs.question import DigitsPhotographs, PairStep
from collapse_core.topics.digits_photographs.report import to_csv
from collapse_core.topics.digits_photographs.sentences import DigitsPhotographsSentences, columns
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.python_code import shared_python
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "show_digits_photographs"]


def show_digits_photographs(
    lesson: Lesson,
    experiment: DigitsPhotographs,
    view: Experiment,
    steps: Sequence[PairStep],
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    spoken = DigitsPhotographsSentences(lesson, experiment, steps, waiting)
    chained, first = experiment.chained, min(ASKED, experiment.generations)
    return Shown(
        figure=partial(digits_photographs_figure, steps, experiment.generations, chained=chained),
        spoken=spoken,
        columns=lambda _: columns(lesson, steps),
        csv=lambda: to_csv(experiment, steps),
        python=lambda tick: shared_python(
            experiment,
            "digits_photographs_figure",
            ["steps = experiment.run()"],
            f"steps, experiment.generations{'' if chained else ', chained=False'}",
            tick,
        ),
        start=first,
        last=experiment.generations,
        asked=digits_photographs_prediction(lesson, experiment, steps, spoken.turns(first)),
        notes=lambda _: spoken.notes(),
        details=spoken.details,
        filename="{name}-{tick}",
        first_look=2,
    )


TOPICS = (
    Topic(
        "digits_photographs",
        DigitsPhotographs,
        lambda asked, _, report: asked.run(report),
        show_digits_photographs,
    ),
)
