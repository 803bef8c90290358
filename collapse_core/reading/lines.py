"""The lines of a pasted table: numbered, without comments, with cells that go over a line break."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from collapse_core.checks import check_text
from collapse_core.lessons.messages import message
from collapse_core.reading.quoted import quoted

__all__ = ["Line", "Lines", "cells_of", "read_lines"]

_LONGEST_CELL = 5  # lines that a quoted cell may go over
_MOST_TRIES = 100
_DECLARED = "sep="  # Excel's own first line
_SEPARATORS = "\t;,"


class Line(NamedTuple):
    """A line that says something.

    Parameters
    ----------
    number : int
        From 1, as an editor counts.
    text : str
        Without its line break.
    """

    number: int
    text: str

    def __str__(self) -> str:
        return message("lines", "line", number=self.number, text=quoted(self.text))


@dataclass(frozen=True)
class Lines:
    """The lines of a text.

    Parameters
    ----------
    lines : tuple of Line
        Without empty ones and comments.
    separator : str
        What the text itself names as its separator; nothing if it names none.
    notes : tuple of str
        Sentences on what was left out.
    """

    lines: tuple[Line, ...]
    separator: str = ""
    notes: tuple[str, ...] = ()


def read_lines(text: str) -> Lines:
    """Return the lines of a text.

    Parameters
    ----------
    text : str
        A table, with or without a mark of its bytes' order and Excel's "sep=;". Lines that begin
        with "#" are comments. A quoted cell may go over a few lines.
    """
    plain = check_text("text", text).removeprefix("\ufeff")
    rows = plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = ""
    first = rows[0].strip(" \"'").lower()
    if first.startswith(_DECLARED) and len(first) <= len(_DECLARED) + 1:
        separator = first[len(_DECLARED) :] or "\t"
        rows[0] = ""
    kept: list[Line] = []
    comments: list[Line] = []
    for line in _whole_rows(rows):
        (comments if line.text.lstrip().startswith("#") else kept).append(line)
    return Lines(tuple(kept), separator, _said(comments))


def cells_of(line: str, separator: str) -> list[str]:
    """Return the cells of a line, as CSV has them; a quote that is never closed is a mere sign."""
    cells = _strict(line, separator)
    cells = [cell.strip() for cell in (line.split(separator) if cells is None else cells)]
    while len(cells) > 2 and not cells[-1]:  # a table may end its lines with a separator
        cells.pop()
    return cells


def _said(comments: Sequence[Line]) -> tuple[str, ...]:
    if not comments:
        return ()
    first = comments[0]
    if len(comments) == 1:
        return (message("lines", "comment", line=first),)
    told = {"count": len(comments), "number": first.number, "text": quoted(first.text)}
    return (message("lines", "comments", **told),)


def _whole_rows(lines: Sequence[str]) -> list[Line]:
    """Return numbered rows that are not empty; lines that a quoted cell goes over are one."""
    rows, place, tries = [], 0, 0
    while place < len(lines):
        size, line = 1, lines[place]
        # A text that is full of single quotation marks is no table of quoted cells.
        if '"' in line and line.count('"') % 2 and tries < _MOST_TRIES:
            sizes = range(2, _LONGEST_CELL + 1)
            size = next((size for size in sizes if _is_one_row(lines[place : place + size])), 1)
            tries += size == 1
        if size > 1 or not (line == "" or line.isspace()):
            rows.append(
                Line(place + 1, " ".join(lines[place : place + size]) if size > 1 else line)
            )
        place += size
    return rows


def _is_one_row(lines: Sequence[str]) -> bool:
    """Return whether lines are one row of a table, with a quoted cell over their breaks."""
    return any(
        _strict(lines[0], separator) is None and len(_strict(" ".join(lines), separator) or ()) > 1
        for separator in _SEPARATORS
    )


def _strict(line: str, separator: str) -> list[str] | None:
    """Return the cells of a line, or None where a quotation mark is not closed or goes astray."""
    try:
        return next(csv.reader([line.strip(" ")], delimiter=separator, strict=True), [])
    except csv.Error:
        return None
