"""The glossary: what each word of the trade means, and its link where it first appears in a text.

A link has no host and no folder, so that it works on every page of the app, wherever that is served
from. What is code, a formula, a link or an icon already is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from collapse_core.lessons.lesson import Lesson, LessonError, read_lesson

__all__ = ["Term", "glossary_terms", "terms_in", "with_terms"]

ADDRESS = "teach?view=glossary"
# Code, formulas, links and pictures, icons, markup, addresses: whole pieces of Markdown. And a QR
# code, which is no code of an autoencoder.
_WHOLE = (
    r"(`+).*?\1|(?<!\\)\$\$.*?\$\$|(?<!\\)\$[^$]*\$|!?\[[^\]]*\]\([^)]*\)"
    r"|:[a-z_]+(?:/[a-z0-9_]+)?:|<[^<>]*>|https?://\S+|\bQR[- ][Cc]odes?\b"
)


@dataclass(frozen=True)
class Term:
    """A word and what it means.

    Parameters
    ----------
    key : str
        Its name in links.
    name : str
        How the glossary writes it.
    forms : tuple of str
        How texts write it; small and capital letters are the same.
    meaning : str
        In a sentence or two.
    page : str
        Key of the page that shows it.
    also : tuple of str
        Keys of words near by.
    """

    key: str
    name: str
    forms: tuple[str, ...]
    meaning: str
    page: str
    also: tuple[str, ...]


def glossary_terms() -> tuple[Term, ...]:
    """Return all words, in the order of their names.

    Raises
    ------
    LessonError
        If a key, or a way of writing a word, is there twice, or a word points to none.
    """
    return _terms(_Kept(read_lesson("glossary")))


def terms_in(markdown: str) -> list[str]:
    """Return the keys of the words that a text has, in the order of their first appearance."""
    return list(dict.fromkeys(term.key for term, _ in _found(markdown)))


def with_terms(markdown: str, more: str = "") -> str:
    """Return a text in which each word of the glossary is a link where it first appears.

    Parameters
    ----------
    markdown : str
        A text in Markdown.
    more : str
        What the links hold besides, such as ``"&lang=de"``.
    """
    pieces, place, seen = [], 0, set[str]()
    for term, match in _found(markdown):
        if term.key not in seen:
            seen.add(term.key)
            meaning = term.meaning.replace('"', "”")
            pieces += [
                markdown[place : match.start()],
                f'[{match[0]}]({ADDRESS}&term={term.key}{more} "{meaning}")',
            ]
            place = match.end()
    return "".join([*pieces, markdown[place:]])


class _Kept:
    """A lesson by which what is made of it is kept: lessons are read once, and never change."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.lesson is self.lesson

    def __hash__(self) -> int:
        return id(self.lesson)


@lru_cache(maxsize=8)
def _terms(kept: _Kept) -> tuple[Term, ...]:
    entries = kept.lesson.words("glossary")["terms"]
    terms = [
        Term(
            entry["key"],
            entry["name"],
            tuple(entry["forms"]),
            entry["meaning"],
            entry["page"],
            tuple(entry["also"]),
        )
        for entry in entries
    ]
    keys = [term.key for term in terms]
    forms = [form.casefold() for term in terms for form in term.forms]
    for names in (keys, forms):
        for name in names:
            if names.count(name) > 1:
                raise LessonError(f"glossary.toml has {name!r} twice: keep one of them.")
    for term in terms:
        if lost := set(term.also) - set(keys):
            raise LessonError(f"glossary.toml, {term.key}: there is no word {min(lost)!r}.")
    return tuple(sorted(terms, key=lambda term: term.name.casefold()))


@lru_cache(maxsize=8)
def _pattern(kept: _Kept) -> tuple[re.Pattern[str], dict[str, Term]]:
    """Return what finds the words, longest first, and the word of each way to write it."""
    forms = {form.casefold(): term for term in _terms(kept) for form in term.forms}
    written = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    word = rf"(?<![\w-])(?P<word>{written})(?![\w-])"
    return re.compile(f"(?s:{_WHOLE})|{word}", re.IGNORECASE), forms


def _found(markdown: str) -> Iterator[tuple[Term, re.Match[str]]]:
    pattern, forms = _pattern(_Kept(read_lesson("glossary")))
    for match in pattern.finditer(markdown):
        if match["word"]:
            yield forms[match["word"].casefold()], match
