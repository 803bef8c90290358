"""Lessons: every word a learner reads, from ``assets/lessons/<language>/``, checked when read.

A page's lesson has a title and a story; lists of presets, of formulas ("why"), of things to try
next and of pages to go on to ("onward"); perhaps what it needs and what to read first; and any
number of tables of sentences, which the page picks by name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from collapse_core.lessons.language import ENGLISH, folder_of, language, languages
from collapse_core.lessons.numbers import PLAIN_ENGLISH, Numbers, numbers_in
from collapse_core.lessons.template import fill

__all__ = [
    "Lesson",
    "LessonError",
    "Onward",
    "Preset",
    "Reason",
    "forget_lessons",
    "read_lesson",
    "shell_words",
]

_TEXTS = ("menu", "question", "language", "needs")
_KNOWN = {"title", "story", "alt", "presets", "why", "next", "onward", "read_first", *_TEXTS}
_MENU = re.compile("^menu *=", re.MULTILINE)  # what only the lesson of a page has


class LessonError(ValueError):
    """A lesson file does not hold what its page needs."""


@dataclass(frozen=True)
class Preset:
    """A named set of values, with a comment on what it shows."""

    name: str
    comment: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Reason:
    """One formula with its source and what it assumes."""

    heading: str
    text: str
    formula: str
    source: str
    assumes: str


@dataclass(frozen=True)
class Onward:
    """A page to go on to, and why."""

    page: str
    why: str


@dataclass(frozen=True)
class Lesson:
    """The words of one page."""

    key: str
    title: str
    story: str
    alt: str
    presets: tuple[Preset, ...]
    why: tuple[Reason, ...]
    next: tuple[str, ...]
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    language: str = "en"
    menu: str = ""
    question: str = ""
    needs: str = ""
    read_first: tuple[str, ...] = ()
    onward: tuple[Onward, ...] = ()

    @property
    def file(self) -> str:
        """The file's name for complaints, with the folder of its language."""
        return f"{self.language}/{self.key}.toml"

    def words(self, table: str) -> Mapping[str, Any]:
        """Return one table of sentences.

        Raises
        ------
        LessonError
            If the lesson has no such table.
        """
        if table not in self.tables:
            raise LessonError(f"{self.file} has no table [{table}]: add it.")
        return self.tables[table]

    def text(self, table: str, name: str) -> str:
        """Return one text as it stands.

        Raises
        ------
        LessonError
            If it is missing.
        """
        found = self.words(table).get(name)
        if not isinstance(found, str):
            raise LessonError(f"{self.file} has no text {name!r} in [{table}]: add it.")
        return found

    def say(
        self, table: str, name: str, facts: Mapping[str, Any] | None = None, /, **more: Any
    ) -> str:
        """Return one sentence with its gaps filled in.

        Parameters
        ----------
        table, name : str
            Where the sentence is.
        facts : mapping, optional
            What is known, by name; the sentence picks what it tells.
        **more
            Further facts.

        Raises
        ------
        LessonError
            If the sentence is missing, or asks for a fact that there is not.
        """
        known = {**(facts or {}), **more}
        return self.fill(self.text(table, name), f"[{table}] {name}", **known)

    def plainly(self, table: str, name: str, facts: Mapping[str, Any]) -> str:
        """Return a sentence with Python's own formats and nouns alone: English needs no Babel."""
        if self.language != ENGLISH:
            return self.say(table, name, facts)
        nouns = self.tables.get("nouns", {})
        return fill(self.text(table, name), facts, PLAIN_ENGLISH, nouns)

    def pick(self, table: str, facts: Mapping[str, Any], /, **cases: bool) -> str:
        """Return the sentence of the first case that is true, or nothing.

        Parameters
        ----------
        table : str
            The table that has a sentence for each case, under its name.
        facts : mapping
            What is known, by name.
        **cases
            Whether each case is true; ``otherwise=True`` at the end for the rest.
        """
        for name, true in cases.items():
            if true:
                return self.say(table, name, facts)
        return ""

    def every(self, table: str, facts: Mapping[str, Any], /, **cases: bool) -> list[str]:
        """Return the sentences of all cases that are true, in their order; else as `pick`."""
        return [self.say(table, name, facts) for name, true in cases.items() if true]

    def fill(self, template: str, where: str, /, **facts: Any) -> str:
        """Return a text with its gaps filled in.

        Raises
        ------
        LessonError
            If the text asks for a fact that there is not, or for a format that is unknown.
        """
        try:
            return fill(template, facts, self.numbers, self.nouns)
        except (KeyError, IndexError, ValueError) as error:
            known = ", ".join(sorted(facts)) or "none"
            raise LessonError(
                f"{self.file}, {where}: cannot fill in {error}. Known here: {known}."
            ) from error

    @cached_property
    def numbers(self) -> Numbers:
        """What writes the numbers of the lesson's language."""
        return numbers_in(self.language, self._shell.words("numbers"))

    @cached_property
    def nouns(self) -> Mapping[str, Mapping[str, str]]:
        """What can be counted in a gap: the nouns of all pages, and the lesson's own."""
        return {**self._shell.words("nouns"), **self.tables.get("nouns", {})}

    @property
    def _shell(self) -> Lesson:
        """The words of all pages in the lesson's language, whatever that of the moment is."""
        return _in_language("shell", self.language)


def read_lesson(key: str, folder: Path | None = None) -> Lesson:
    """Return a lesson in the language of the moment, read and checked once.

    A file that this language does not have is read in English: then `Lesson.language` is ``"en"``.

    Parameters
    ----------
    key : str
        Name of the file without ``.toml``.
    folder : Path, optional
        Where to look, and nowhere else; its name is the language if it is the code of one.

    Raises
    ------
    LessonError
        If the file is missing, is no TOML, lacks a part, has one of the wrong kind, or leads to a
        page that there is not. The message names the file and the part.
    """
    return _in_language(key, language()) if folder is None else _read(key, folder)


def forget_lessons() -> None:
    """Read every lesson anew when it is next asked for."""
    _in_language.cache_clear()
    _read.cache_clear()


@lru_cache(maxsize=256)
def _in_language(key: str, code: str) -> Lesson:
    """Return a lesson in a language, or in English if it has none there."""
    return _read(key, folder_of(key, code))


@lru_cache(maxsize=256)
def _read(key: str, folder: Path) -> Lesson:
    path, where = folder / f"{key}.toml", f"{folder.name}/{key}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LessonError(f"{where} is missing from {folder.parent.name}/: add it.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LessonError(f"{where} is not valid TOML: {error}.") from error
    return Lesson(
        key=key,
        title=_text(content, "title", where),
        story=_text(content, "story", where).strip(),
        alt=_text(content, "alt", where),
        presets=tuple(_presets(_list(content, "presets", where), where)),
        why=tuple(_reasons(_list(content, "why", where), where)),
        next=tuple(
            _text(item, "text", f"{where}, [[next]] {number}")
            for number, item in enumerate(_list(content, "next", where), start=1)
        ),
        read_first=tuple(
            _page(item, folder, f"{where}, read_first")
            for item in _list(content, "read_first", where)
        ),
        onward=tuple(_onward(_list(content, "onward", where), folder, where)),
        tables={
            name: _table(value, name, where)
            for name, value in content.items()
            if name not in _KNOWN
        },
        **({"language": folder.name} if folder.name in languages() else {})
        | {part: _text(content, part, where) for part in _TEXTS if part in content},
    )


def _text(content: Any, name: str, where: str) -> str:
    value = content.get(name) if isinstance(content, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise LessonError(f'{where}: {name!r} must be a text, for example {name} = "...".')
    return value


def _list(content: Mapping[str, Any], name: str, where: str) -> list[Any]:
    value = content.get(name, [])
    if not isinstance(value, list):
        raise LessonError(f"{where}: {name!r} must be a list; begin each entry with [[{name}]].")
    return value


def _table(value: Any, name: str, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise LessonError(f"{where}: {name!r} is not known; put sentences in a table [name].")
    return value


def _presets(items: Any, where: str) -> list[Preset]:
    presets = []
    for number, item in enumerate(items, start=1):
        place = f"{where}, [[presets]] {number}"
        values = item.get("values") if isinstance(item, dict) else None
        if not isinstance(values, dict):
            raise LessonError(f"{place}: 'values' must be a table, for example values = {{ }}.")
        presets.append(Preset(_text(item, "name", place), _text(item, "comment", place), values))
    return presets


def _reasons(items: Any, where: str) -> list[Reason]:
    parts = ("heading", "text", "formula", "source", "assumes")
    return [
        Reason(*(_text(item, part, f"{where}, [[why]] {number}") for part in parts))
        for number, item in enumerate(items, start=1)
    ]


def _onward(items: Any, folder: Path, where: str) -> list[Onward]:
    pages = []
    for number, item in enumerate(items, start=1):
        place = f"{where}, [[onward]] {number}"
        pages.append(
            Onward(_page(_text(item, "page", place), folder, place), _text(item, "why", place))
        )
    return pages


def _page(key: Any, folder: Path, where: str) -> str:
    """Return the key of a page, if there is a lesson of a page with that name."""
    for path in (folder / f"{key}.toml", folder.parent / ENGLISH / f"{key}.toml"):
        if path.is_file() and _MENU.search(path.read_text(encoding="utf-8")):
            return str(key)
    raise LessonError(f"{where}: there is no page {key!r}.")


def shell_words(table: str) -> Mapping[str, Any]:
    """Return one table of the words that stand on all pages.

    Raises
    ------
    LessonError
        If ``shell.toml`` has no such table.
    """
    return read_lesson("shell").words(table)
