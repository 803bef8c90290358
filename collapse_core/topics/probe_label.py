"""What an image is taken for, in the words of the language."""

from __future__ import annotations

from collapse_core.figures.image_probe import ProbeStop
from collapse_core.lessons.lesson import Lesson

__all__ = ["label_of"]


def label_of(lesson: Lesson, stop: ProbeStop) -> str:
    """Return the digit, or the group of similar photographs, that an image is taken for.

    Parameters
    ----------
    lesson : Lesson
        Has a sentence ``group`` in its table ``[probe]``, with a gap ``number``.
    stop : ProbeStop
        Its label is a digit, or "group" and a number.
    """
    _, _, number = stop.label.partition(" ")
    return lesson.say("probe", "group", number=int(number)) if number else stop.label
