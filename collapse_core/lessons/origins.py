"""Where the numbers of a page come from: formula, source, and the test that checks each.

The data of a page are in ``assets/origins/<page>.toml`` and hold no words: those of the numbers are
in ``assets/lessons/<language>/origins.toml``, those of the formulas in the page's own lesson.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from collapse_core.assets import asset
from collapse_core.lessons.lesson import Lesson, LessonError, read_lesson

__all__ = [
    "Origin",
    "PageOrigins",
    "Statement",
    "has_origins",
    "number_words",
    "read_origins",
    "statements",
]

WORDS, SHARED = "origins", "shared"  # the lesson with the words of numbers, and its common table
_PARTS = {"why", "origins", "counted", "settings", "names", "statements", "views"}


@dataclass(frozen=True)
class Origin:
    """Where some numbers of one kind come from.

    Parameters
    ----------
    numbers : tuple of str
        Names of the facts.
    why : int
        Which of the lesson's formulas it is, from 1 on; 0 for none of these.
    formula : str
        Another one, as KaTeX; empty where there is none.
    cites : tuple of str
        Short names of the sources.
    test : str
        What checks them: a file from the top of the project, and the name of a test in it.
    """

    numbers: tuple[str, ...]
    why: int
    formula: str
    cites: tuple[str, ...]
    test: str

    def formula_in(self, lesson: Lesson) -> str:
        """Return the formula, with its words in the lesson's language; nothing where none is."""
        return lesson.why[self.why - 1].formula.strip() if self.why else self.formula


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


@dataclass(frozen=True)
class PageOrigins:
    """The origins of all numbers that the sentences of a page state.

    Parameters
    ----------
    key : str
        Of the page's lesson.
    why : tuple of tuple of str
        The sources of the lesson's formulas, in their order.
    origins : tuple of Origin
        What a formula gives.
    counted : tuple of Origin
        What is counted or averaged from the runs, or measured on what a model made.
    settings : tuple of str
        What the reader chose, or the clock.
    names : tuple of str
        Gaps that are filled with words.
    said : tuple of tuple
        Places of further statements in the lesson, each with its sources.
    views : tuple of str
        Lessons of further views of the page, with origins of their own.
    """

    key: str
    why: tuple[tuple[str, ...], ...]
    origins: tuple[Origin, ...]
    counted: tuple[Origin, ...]
    settings: tuple[str, ...]
    names: tuple[str, ...]
    said: tuple[tuple[str, tuple[str, ...]], ...]
    views: tuple[str, ...]

    @property
    def all_origins(self) -> list[Origin]:
        """What a formula gives and what is counted, that of further views as well."""
        views = [part for view in self.views for part in read_origins(view).all_origins]
        return [*self.origins, *self.counted, *views]

    @property
    def all_names(self) -> list[str]:
        """Every gap that is accounted for."""
        stated = [name for part in (*self.origins, *self.counted) for name in part.numbers]
        return [*stated, *self.settings, *self.names]


def has_origins(key: str) -> bool:
    """Return whether it is written down where the numbers of a page come from."""
    try:
        return asset(f"origins/{key}.toml").is_file()
    except FileNotFoundError:
        return False


@cache
def read_origins(key: str) -> PageOrigins:
    """Return where the numbers of a page come from.

    Parameters
    ----------
    key : str
        Of the page's lesson.

    Raises
    ------
    LessonError
        If a part is not known, or names a formula that the lesson does not have.
    FileNotFoundError
        If the page has no such file.
    """
    return _read(asset(f"origins/{key}.toml"), read_lesson(key))


def _read(path: Path, lesson: Lesson) -> PageOrigins:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := set(content) - _PARTS:
        raise LessonError(f"{path.name}: {sorted(unknown)} is none of {sorted(_PARTS)}.")
    why = tuple(tuple(cites) for cites in content.get("why", ()))
    if len(why) != len(lesson.why):
        raise LessonError(
            f"{path.name}: 'why' has sources for {len(why)} formulas, and {lesson.key}.toml has "
            f"{len(lesson.why)}: write one list for each."
        )
    return PageOrigins(
        key=lesson.key,
        why=why,
        origins=tuple(_origin(part, why, path.name) for part in content.get("origins", ())),
        counted=tuple(_counted(part) for part in content.get("counted", ())),
        settings=tuple(content.get("settings", ())),
        names=tuple(content.get("names", ())),
        said=tuple((part["said"], tuple(part["cites"])) for part in content.get("statements", ())),
        views=tuple(content.get("views", ())),
    )


def _origin(part: Mapping[str, Any], why: tuple[tuple[str, ...], ...], where: str) -> Origin:
    number, formula = part.get("why", 0), part.get("formula", "")
    if bool(number) == bool(formula) or not 0 <= number <= len(why):
        raise LessonError(f"{where}: {part} needs either a 'formula' or 'why' = 1 to {len(why)}.")
    cites = part.get("cites", why[number - 1] if number else ())
    return Origin(tuple(part["numbers"]), number, formula, tuple(cites), part["test"])


def _counted(part: Mapping[str, Any]) -> Origin:
    return Origin(tuple(part["numbers"]), 0, "", tuple(part.get("cites", ())), part["test"])


def number_words(lesson: Lesson, name: str) -> str:
    """Return what a number is called: for its page, for all pages, or as the label of its control.

    Parameters
    ----------
    lesson : Lesson
        Of the page.
    name : str
        Of the fact.

    Raises
    ------
    LessonError
        If it is called nothing.
    """

    named = read_lesson(WORDS).words("numbers")
    for table in (lesson.key, SHARED):
        if isinstance(found := named.get(table, {}).get(name), str):
            return found
    for source in (lesson, read_lesson("shell")):
        label = source.tables.get("controls", {}).get(name, {}).get("label")
        if isinstance(label, str):
            return label
    raise LessonError(f"{WORDS}.toml has no word for {name!r} of {lesson.key}: add it.")


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
