"""Text with marks, broken into the lines of a figure; Plotly draws its few tags as they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from collapse_core.topics.language.report import MarkedWord

__all__ = ["marked_characters", "tagged", "tagged_lines"]

Character = tuple[str, str]


def marked_characters(
    sentences: Iterable[Sequence[MarkedWord]], *, letters: bool = False
) -> list[Character]:
    """Return a text as characters, each with its mark; between two words there is a space.

    Parameters
    ----------
    sentences : iterable
        Sentences of words with marks.
    letters : bool
        Whether a "word" is a single letter, with no space between two of them.
    """
    found: list[Character] = []
    for sentence in sentences:
        for place, word in enumerate(sentence):
            begins = place == 0 or (not letters and word.text != ".")
            if found and begins and word.text:
                found.append((" ", ""))
            found += [(sign, word.mark) for sign in word.text]
    return found


def tagged_lines(
    characters: Sequence[Character], width: int, lines: int, tags: Mapping[str, tuple[str, str]]
) -> list[str]:
    """Return so many lines of text, each safe to draw, with a tag around each marked stretch.

    Parameters
    ----------
    characters : sequence of (str, str)
        Characters with their marks.
    width : int
        Characters to a line, at most; wide ones count twice.
    lines : int
        Number of lines; those without text hold a space.
    tags : mapping of str to (str, str)
        What is put before and after each mark.
    """
    found: list[str] = []
    start = 0
    while start < len(characters) and len(found) < lines:
        stop = _end_of_line(characters, start, width)
        # Plotly would draw a sign without a shape as a box.
        line = characters[start:stop]
        shapes = [(sign if sign.isprintable() else " ", mark) for sign, mark in line]
        found.append(tagged(shapes, tags) or " ")
        start = stop
        while start < len(characters) and characters[start][0] == " ":
            start += 1
    return [*found, *[" "] * (lines - len(found))]


def _end_of_line(characters: Sequence[Character], start: int, width: int) -> int:
    """Return where a line ends: at the last space that fits, or in a word longer than the line."""
    room, space = width, None
    for place in range(start, len(characters)):
        sign = characters[place][0]
        if sign == " ":
            space = place
        room -= 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if room < 0:
            return space if space is not None and space > start else max(place, start + 1)
    return len(characters)


def tagged(characters: Iterable[Character], tags: Mapping[str, tuple[str, str]]) -> str:
    """Return a text as HTML, with a tag around each marked stretch."""
    pieces = []
    for mark, group in groupby(characters, key=lambda character: character[1]):
        before, after = tags.get(mark, ("", ""))
        pieces.append(before + escape("".join(sign for sign, _ in group), quote=False) + after)
    return "".join(pieces)
