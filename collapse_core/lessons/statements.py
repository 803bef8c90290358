"""What a page says with a source: the headings of its formulas, and further words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from collapse_core.lessons.lesson import Lesson, LessonError, read_lesson
from collapse_core.lessons.origins import read_origins

__all__ = ["Statement", "statements"]


@dataclass(frozen=True)
class Statement:
    """Something that rests on sources.

    Parameters
    ----------
    page : str
        Key of the lesson that says it.
    text : str
        Its words.
    cites : tuple of str
        Short names of the sources.
    """

    page: str
    text: str
    cites: tuple[str, ...]


def statements(key: str) -> list[Statement]:
    """Return what a page says with a source: its formulas by their headings, and further words.

    Parameters
    ----------
    key : str
        Of the page's lesson.

    Raises
    ------
    LessonError
        If a place of further words holds none.
    """
    lesson, origins = read_lesson(key), read_origins(key)
    found = [
        Statement(key, reason.heading, cites)
        for reason, cites in zip(lesson.why, origins.why, strict=True)
    ]
    return found + [Statement(key, _told(lesson, place), cites) for place, cites in origins.said]


def _told(lesson: Lesson, place: str) -> str:
    """Return the text at a place in the tables of a lesson, such as ``limits.heading``."""
    found: Any = lesson.tables
    for part in place.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if not isinstance(found, str):
        raise LessonError(f"{lesson.key}.toml has no text at {place}: add it.")
    return found
