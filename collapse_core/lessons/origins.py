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
    "has_origins",
    "number_words",
    "read_origins",
]

WORDS, SHARED = "origins", "shared"  # the lesson with the words of numbers, and its common table
_NUMBERS = {"origins", "counted", "settings", "names"}
_PARTS = _NUMBERS | {"why", "statements", "views", "places", "written"}


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


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The origins of the numbers that some sentences of a page state.

    Parameters
    ----------
    origins : tuple of Origin
        What a formula gives.
    counted : tuple of Origin
        What is counted or averaged from the runs, or measured on what a model made.
    settings : tuple of str
        What the reader chose, or the clock.
    names : tuple of str
        Gaps that are filled with words.
    """

    origins: tuple[Origin, ...]
    counted: tuple[Origin, ...]
    settings: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def place(self) -> str:
        """The table of the lesson that words of these numbers stand under; empty for the page."""
        return ""

    @property
    def rows(self) -> list[Origin]:
        """What a formula gives, and then what is counted."""
        return [*self.origins, *self.counted]

    @property
    def all_names(self) -> list[str]:
        """Every gap that is accounted for."""
        stated = [name for part in (*self.origins, *self.counted) for name in part.numbers]
        return [*stated, *self.settings, *self.names]


@dataclass(frozen=True, kw_only=True)
class Place(Numbers):
    """Numbers of further sentences of a page: of a view, a table or a note.

    What is named as on the page itself, and is not here, is the same number.

    Parameters
    ----------
    tables : tuple of str
        Of the lesson, with these sentences.
    """

    tables: tuple[str, ...]

    @property
    def place(self) -> str:
        """The first of its tables."""
        return self.tables[0]


@dataclass(frozen=True, kw_only=True)
class PageOrigins(Numbers):
    """The origins of all numbers that a page states.

    Parameters
    ----------
    key : str
        Of the page's lesson.
    why : tuple of tuple of str
        The sources of the lesson's formulas, in their order.
    said : tuple of tuple
        Places of further statements in the lesson, each with its sources.
    views : tuple of str
        Lessons of further views of the page, with origins of their own.
    places : tuple of Place
        Further sentences of the page.
    written : tuple of Origin
        Sentences with numbers that stand in the lesson, such as the comments of presets.
    """

    key: str
    why: tuple[tuple[str, ...], ...]
    said: tuple[tuple[str, tuple[str, ...]], ...]
    views: tuple[str, ...]
    places: tuple[Place, ...]
    written: tuple[Origin, ...]

    @property
    def rows(self) -> list[Origin]:
        """What a formula gives, what is counted, and what stands in the lesson."""
        return [*self.origins, *self.counted, *self.written]

    @property
    def all_origins(self) -> list[Origin]:
        """Those of the page, of its further sentences and of its further views."""
        views = [part for view in self.views for part in read_origins(view).all_origins]
        return [*self.rows, *(part for place in self.places for part in place.rows), *views]


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
    _check_parts(content, _PARTS, path.name)
    why = tuple(tuple(cites) for cites in content.get("why", ()))
    if len(why) != len(lesson.why):
        raise LessonError(
            f"{path.name}: 'why' has sources for {len(why)} formulas, and {lesson.key}.toml has "
            f"{len(lesson.why)}: write one list for each."
        )
    places = content.get("places", ())
    for place in places:
        _check_parts(place, _NUMBERS | {"tables"}, path.name)
    return PageOrigins(
        key=lesson.key,
        why=why,
        said=tuple((part["said"], tuple(part["cites"])) for part in content.get("statements", ())),
        views=tuple(content.get("views", ())),
        places=tuple(
            Place(tables=tuple(place["tables"]), **_numbers(place, why, path.name))
            for place in places
        ),
        written=tuple(_counted(part) for part in content.get("written", ())),
        **_numbers(content, why, path.name),
    )


def _check_parts(content: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := set(content) - known:
        raise LessonError(f"{where}: {sorted(unknown)} is none of {sorted(known)}.")


def _numbers(
    content: Mapping[str, Any], why: tuple[tuple[str, ...], ...], where: str
) -> dict[str, Any]:
    """Return the fields of `Numbers`."""
    return {
        "origins": tuple(_origin(part, why, where) for part in content.get("origins", ())),
        "counted": tuple(_counted(part) for part in content.get("counted", ())),
        "settings": tuple(content.get("settings", ())),
        "names": tuple(content.get("names", ())),
    }


def _origin(part: Mapping[str, Any], why: tuple[tuple[str, ...], ...], where: str) -> Origin:
    number, formula = part.get("why", 0), part.get("formula", "")
    if bool(number) == bool(formula) or not 0 <= number <= len(why):
        raise LessonError(f"{where}: {part} needs either a 'formula' or 'why' = 1 to {len(why)}.")
    cites = part.get("cites", why[number - 1] if number else ())
    return Origin(tuple(part["numbers"]), number, formula, tuple(cites), part["test"])


def _counted(part: Mapping[str, Any]) -> Origin:
    return Origin(tuple(part["numbers"]), 0, "", tuple(part.get("cites", ())), part["test"])


def number_words(lesson: Lesson, name: str, place: str = "") -> str:
    """Return what a number is called: there, on its page, on all pages, or by its control.

    Parameters
    ----------
    lesson : Lesson
        Of the page.
    name : str
        Of the fact.
    place : str
        The table of further sentences that state it, if it is one of these.

    Raises
    ------
    LessonError
        If it is called nothing.
    """

    named = read_lesson(WORDS).words("numbers")
    page = named.get(lesson.key, {})
    for words in (page.get(place, {}), page, named.get(SHARED, {})):
        if isinstance(found := words.get(name), str):
            return found
    for source in (lesson, read_lesson("shell")):
        label = source.tables.get("controls", {}).get(name, {}).get("label")
        if isinstance(label, str):
            return label
    raise LessonError(f"{WORDS}.toml has no word for {name!r} of {lesson.key}: add it.")
