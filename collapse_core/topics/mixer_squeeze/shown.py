"""What is shown of a mixer and a squeeze."""

from __future__ import annotations

from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.mixer_squeeze.course import Course, crowds_of
from collapse_core.topics.mixer_squeeze.figure import mixer_squeeze_figure
from collapse_core.topics.mixer_squeeze.guess import ASKED, mixer_squeeze_prediction
from collapse_core.topics.mixer_squeeze.question import MixerSqueeze
from collapse_core.topics.mixer_squeeze.sentences import MixerSqueezeSentences
from collapse_core.topics.python_code import redrawn
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "show_mixer_squeeze"]


def show_mixer_squeeze(
    lesson: Lesson,
    experiment: MixerSqueeze,
    view: Experiment,
    course: Course,
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    spoken = MixerSqueezeSentences(lesson, experiment, course, waiting)
    first = min(ASKED, experiment.generations)
    finite = "finite=True" if experiment.is_finite else ""
    return Shown(
        figure=partial(mixer_squeeze_figure, course, finite=experiment.is_finite),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=spoken.to_csv,
        python=redrawn(experiment, mixer_squeeze_figure, crowds_of, "course", finite),
        start=first,
        last=experiment.generations,
        asked=mixer_squeeze_prediction(lesson, course, spoken.facts(first)),
        details=spoken.details,
        filename="{name}-step-{tick}",
        first_look=3,
    )


TOPICS = (
    Topic("mixer_squeeze", MixerSqueeze, lambda asked, _, __: crowds_of(asked), show_mixer_squeeze),
)
