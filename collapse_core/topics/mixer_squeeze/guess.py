"""What a reader guesses of four crowds: how far apart they still are."""

from __future__ import annotations

from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.mixer_squeeze.course import Course
from collapse_core.topics.prediction import Prediction, share_prediction

__all__ = ["ASKED", "mixer_squeeze_prediction"]

ASKED = 20


def mixer_squeeze_prediction(lesson: Lesson, course: Course, facts: dict[str, Any]) -> Prediction:
    """Return the question for the distance that is left at the step that is asked for.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    course : Course
        What the crowds do.
    facts : dict
        What the sentences of that step tell.
    """
    asked = min(ASKED, len(course.apart) - 1)
    return share_prediction(lesson, asked, float(course.exact_apart[asked]), facts)
