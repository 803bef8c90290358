"""The words of a control: what stands beside it, what it says when it is asked, what it offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from collapse_core.lessons.lesson import Lesson, LessonError, read_lesson

__all__ = ["ControlWords", "control_words"]


@dataclass(frozen=True)
class ControlWords:
    """What a lesson says of one control, under ``[controls.<name>]``.

    Parameters
    ----------
    name : str
        Of the control.
    where : str
        File and table, for complaints.
    texts : mapping of str to object
        ``label`` and ``help``; perhaps ``placeholder``, ``options`` and others.
    """

    name: str
    where: str
    texts: Mapping[str, Any]

    def __getitem__(self, part: str) -> str:
        if not isinstance(text := self.texts.get(part), str):
            raise LessonError(f"{self.where} has no {part!r}: add it.")
        return text

    def get(self, part: str) -> str:
        """Return a text that need not be there, or an empty one."""
        return str(self.texts.get(part, ""))

    def variant(self, key: str) -> ControlWords:
        """Return these words with those of a variant over them, where it has any."""
        return replace(self, texts={**self.texts, **self.texts.get(key, {})})

    def option(self, key: str) -> str:
        """Return the words of something to choose.

        Raises
        ------
        LessonError
            If the lesson has none.
        """
        options = self.texts.get("options", {})
        if key not in options:
            raise LessonError(f"{self.where} has no option {key!r}: add it.")
        return str(options[key])


def control_words(lesson: Lesson, name: str) -> ControlWords:
    """Return the words of a control: those of the lesson, over those that all pages share.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    name : str
        Of the control.

    Raises
    ------
    LessonError
        If neither the lesson nor ``shell.toml`` has a table ``[controls.<name>]``.
    """
    found: dict[str, Any] = {}
    for source in (read_lesson("shell"), lesson):
        words = source.tables.get("controls", {}).get(name)
        found |= words if isinstance(words, Mapping) else {}
    if not found:
        raise LessonError(f"{lesson.file} has no table [controls.{name}]: add it.")
    return ControlWords(name, f"{lesson.file}, [controls.{name}]", found)
