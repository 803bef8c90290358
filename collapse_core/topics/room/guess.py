"""What a reader guesses of a room: how much of a recording is one single note."""

from __future__ import annotations

from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.prediction import Prediction, share_prediction
from collapse_core.topics.room.report import RoomReport

__all__ = ["ASKED", "room_prediction"]

ASKED = 16


def room_prediction(lesson: Lesson, report: RoomReport, facts: dict[str, Any]) -> Prediction:
    """Return the question for the share of one note in the recording that is asked for.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : RoomReport
        What is known of the loop.
    facts : dict
        What the sentences of that recording tell.
    """
    asked = min(ASKED, len(report.loudest) - 1)
    return share_prediction(lesson, asked, float(report.loudest[asked]), facts)
