"""Counts typed or pasted as text: "apples 12", one per line, or a table of two columns.

A teacher pastes the names of a class, the words of a poem or a column of a spreadsheet. Every line
is a name and a count, in either order, with a comma, a semicolon, a tab, a colon, an equals sign or
spaces between them; or every line is a name alone, which counts as often as it is there. What
cannot be read, or can be read in two ways, is named by its line.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from collapse_core.lessons.messages import Message, RefusedError, message
from collapse_core.reading.lines import read_lines
from collapse_core.reading.quoted import quoted
from collapse_core.reading.written_number import (
    WrittenNumber,
    decimal_mark,
    without_unseen,
    written_number,
)
from collapse_core.topics.vanishing_tails.count_rows import (
    HEADINGS,
    SEPARATORS,
    CountRow,
    are_names_alone,
    check_commas,
    is_header,
    read_row,
)

__all__ = ["MOST_ROWS", "Counts", "parse_counts"]

MOST_ROWS = 10_000
LARGEST_COUNT = 1e12
LONGEST_NAME = 80
YEARS = (1900, 2100)

_EXAMPLE = Message("counts", "example")


@dataclass(frozen=True)
class Counts:
    """Names and how often each was counted.

    Parameters
    ----------
    names : tuple of str
        Different names, in the order in which they were met.
    counts : tuple of float
        One number above 0 per name.
    notes : tuple of str
        Sentences about what was left out or put together; empty if nothing was.
    """

    names: tuple[str, ...]
    counts: tuple[float, ...]
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """Sum of all counts."""
        return math.fsum(self.counts)

    @property
    def probabilities(self) -> tuple[float, ...]:
        """Shares of the total, as `families.Categorical` wants them."""
        total = self.total
        return tuple(count / total for count in self.counts)

    def sorted(self) -> Counts:
        """Return the same counts, the most frequent first; equal ones stay in order."""
        order = sorted(range(len(self.counts)), key=lambda index: -self.counts[index])
        names = tuple(self.names[index] for index in order)
        return Counts(names, tuple(self.counts[index] for index in order), self.notes)

    def to_text(self) -> str:
        """Return the counts as text that `parse_counts` reads: one name and count per line."""
        lines = zip(self.names, self.counts, strict=True)
        return "\n".join(f"{_quoted(name)},{_plain(count)}" for name, count in lines)


def parse_counts(text: str) -> Counts:
    """Read names and counts from text.

    Parameters
    ----------
    text : str
        One name and one count per line, in either order; blank lines are skipped, and lines that
        begin with ``#`` are comments. Names may be quoted, as in CSV. A first line without a
        number is a header. Names that look the same are the same; their counts are added. If every
        line is "count name", the count comes first; otherwise last, so that "Area 51 7" is 7 times
        "Area 51". If no line holds a number or a sign that stands between columns, each line is a
        name and counts once. Whether a comma or a point in a count is before its fraction or
        between thousands is told by the other counts, and by a comma between the columns.

    Returns
    -------
    Counts
        At least two names with counts above 0, and notes.

    Raises
    ------
    ValueError
        If the text is empty, has more than 10,000 rows, or holds a line that is not a name and a
        number of at least 0 or can be read in two ways, or if fewer than two names have a count
        above 0. The message names the line, what is wrong with it and what to write instead.
    """
    found = read_lines(text)
    lines, notes = found.lines, list(found.notes)
    if not lines:
        raise RefusedError("counts", "empty", example=_EXAMPLE)
    names_alone = are_names_alone(lines)
    if len(lines) > 1 and is_header(read_row(lines[0], found.separator), names_alone):
        header = {"number": lines[0].number, "text": quoted(lines[0].text)}
        notes.append(message("counts", "header", **header))
        lines = lines[1:]
    if len(lines) > MOST_ROWS:
        told = {"count": len(lines), "most": MOST_ROWS, "number": lines[MOST_ROWS].number}
        raise RefusedError("counts", "too_many", **told)
    rows = [read_row(line, found.separator) for line in lines]
    if names_alone:
        rows = [row._replace(right="1") for row in rows]
        notes.append(message("counts", "names_alone"))
    check_commas(rows)
    count_first = all(written_number(row.left) for row in rows) and not all(
        written_number(row.right) for row in rows
    )
    pairs = [_pair(row, count_first) for row in rows]
    counts = _settled(rows, [number for _, number in pairs])
    merged: dict[str, float] = {}
    for (name, _), count in zip(pairs, counts, strict=True):
        merged[name] = merged.get(name, 0.0) + count
    if _is_year(counts[0]) and not any(map(_is_year, counts[1:])):
        notes.append(message("counts", "perhaps_header", line=rows[0].line))
    return _checked(merged, len(rows), notes)


def _normal(name: str) -> str:
    """Return a name in the one form of all that look like it."""
    return " ".join(unicodedata.normalize("NFC", without_unseen(name)).split())


def _is_year(count: float) -> bool:
    return count.is_integer() and YEARS[0] <= count <= YEARS[1]


def _pair(row: CountRow, count_first: bool) -> tuple[str, WrittenNumber]:
    """Return the name and the count of a row."""
    name, written = (row.right, row.left) if count_first else (row.left, row.right)
    if not (count_first or written_number(written)) and written_number(name):
        name, written = written, name
    name = _normal(name)
    if not written or (not name and "," not in row.line.text):
        raise RefusedError("counts", "only_one_part", line=row.line, example=_EXAMPLE)
    number = written_number(written)
    if number is None:
        raise RefusedError("counts", "no_number", number=row.line.number, text=quoted(written))
    if not 0.0 <= number.value <= LARGEST_COUNT:
        told = {"number": row.line.number, "text": quoted(written), "most": LARGEST_COUNT}
        raise RefusedError("counts", "out_of_range", **told)
    if not name:
        raise RefusedError("counts", "no_name", line=row.line, example=_EXAMPLE)
    if len(name) > LONGEST_NAME:
        told = {"number": row.line.number, "text": quoted(name), "most": LONGEST_NAME}
        raise RefusedError("counts", "long_name", **told)
    return name, number


def _settled(rows: Sequence[CountRow], numbers: Sequence[WrittenNumber]) -> list[float]:
    """Return the counts, each read as the others show that it must be."""
    decimal, counts = decimal_mark(numbers), []
    for row, number in zip(rows, numbers, strict=True):
        # Where a comma is between the columns, it is not before a fraction.
        count = number.read("." if row.between == "," else decimal)
        if count is None:
            raise RefusedError("counts", "two_ways", line=row.line, both=number.both())
        counts.append(count)
    return counts


def _checked(merged: dict[str, float], rows: int, notes: list[str]) -> Counts:
    repeated = rows - len(merged)
    if repeated:
        notes.append(message("counts", "repeated", count=repeated))
    kept = {name: count for name, count in merged.items() if count > 0.0}
    if not kept:
        raise RefusedError("counts", "all_zero")
    zeros = [name for name in merged if name not in kept]
    if zeros:
        named = ", ".join(zeros[:3]) + (", ..." if len(zeros) > 3 else "")
        notes.append(message("counts", "left_out", names=named, count=len(zeros)))
    if len(kept) == 1:
        case = "only_one_noted" if notes else "only_one"
        raise RefusedError("counts", case, name=next(iter(kept))[:40], notes=" ".join(notes))
    return Counts(tuple(kept), tuple(kept.values()), tuple(notes))


def _quoted(name: str) -> str:
    """Return a name as `parse_counts` reads it whatever it holds."""
    unclear = name[-1:].isdigit() or name.casefold() in HEADINGS
    if unclear or any(sign in name for sign in (*SEPARATORS, '"', "#")):
        doubled = name.replace('"', '""')
        return f'"{doubled}"'
    return name


def _plain(count: float) -> str:
    return str(int(count)) if count.is_integer() else repr(count)
