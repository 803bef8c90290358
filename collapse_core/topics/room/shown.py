"""What is shown of a sound in a room."""

from __future__ import annotations

from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.python_code import redrawn
from collapse_core.topics.room.figure import room_figure
from collapse_core.topics.room.guess import ASKED, room_prediction
from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.report import RoomReport, report_room, to_csv
from collapse_core.topics.room.sentences import RoomSentences
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "show_room"]


def show_room(
    lesson: Lesson,
    experiment: SoundInARoom,
    view: Experiment,
    report: RoomReport,
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    spoken = RoomSentences(lesson, experiment, report, waiting)
    first = min(ASKED, experiment.generations)
    return Shown(
        figure=partial(room_figure, report),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: to_csv(experiment, report),
        python=redrawn(experiment, room_figure, report_room),
        start=first,
        last=experiment.generations,
        asked=room_prediction(lesson, report, spoken.facts(first)),
        notes=lambda _: spoken.notes(),
        details=spoken.details,
        filename="{name}-recording-{tick}",
        first_look=2,
    )


TOPICS = (
    Topic("room", SoundInARoom, lambda asked, _, report: report_room(asked, report), show_room),
)
