"""Settings under which each remedy fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from collapse_core.lessons.lesson import Lesson, LessonError

__all__ = ["Failure", "failures_of"]


@dataclass(frozen=True)
class Failure:
    """Settings under which a remedy fails, and a comment on what is seen there."""

    comment: str
    values: Mapping[str, Any]


def failures_of(lesson: Lesson) -> dict[str, Failure]:
    """Return where each remedy fails, by its name.

    Parameters
    ----------
    lesson : Lesson
        The words of the lab. An entry of ``[failures]`` has ``values``, or names the preset that
        has them.

    Raises
    ------
    LessonError
        If an entry names a preset that there is not.
    """
    presets = {preset.name: preset.values for preset in lesson.presets}
    found = {}
    for name, told in lesson.words("failures").items():
        values = told["values"] if "values" in told else presets.get(told["preset"])
        if values is None:
            raise LessonError(
                f"{lesson.file} has no preset {told['preset']!r}, which [failures.{name}] names."
            )
        found[name] = Failure(told["comment"], values)
    return found
