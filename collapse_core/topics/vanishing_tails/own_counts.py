"""Counts typed or pasted as text: "apples 12", one per line, or a table of two columns.

A teacher pastes the names of a class, the words of a poem or a column of a spreadsheet. Every line
is a name and a count, in either order, with a comma, a semicolon, a tab, a colon, an equals sign or
spaces between them. What cannot be read is named by its line.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass

__all__ = ["MOST_ROWS", "Counts", "parse_counts"]

MOST_ROWS = 10_000
LARGEST_COUNT = 1e12
LONGEST_NAME = 80
LONGEST_LINE = 300

_SEPARATORS = ("\t", ";", ",", "=", ":")
# "apples,1,200" and "apples; 1,5": a comma inside the count.
_COMMA_IN_COUNT = re.compile(r".*[^\d\s].*?(,\s*\d{1,3}(,\d{3})+|[;\t]\s*\d+(,\d+)+)")
# "apples 1,200" or "item 1,200": only the other lines can tell.
_COMMA_IN_COUNT_OR_BEFORE = re.compile(r".*[^\d\s].*?\s\d{1,3}(,\d{3})+")
_DIRECTION_MARKS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_EXAMPLE = 'Write a name and a count on each line, for example "apples, 12".'


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
        One name and one count per line, in either order; blank lines and lines that begin with
        ``#`` are skipped. Names may be quoted, as in CSV. A first line without a number is a
        header. Names that differ only in spaces around them are the same; their counts are added.
        If every line is "count name", the count comes first; otherwise last, so that "Area 51 7"
        is 7 times "Area 51".

    Returns
    -------
    Counts
        At least two names with counts above 0, and notes.

    Raises
    ------
    ValueError
        If the text is empty, has more than 10,000 rows, or holds a line that is not a name and a
        number of at least 0, or if fewer than two names have a count above 0. The message names
        the line, what is wrong with it and what to write instead.
    """
    lines = _lines(text)
    if not lines:
        raise ValueError(f"The list is empty. {_EXAMPLE}")
    notes = []
    if len(lines) > 1 and _is_header(_cells(lines[0][1])):
        notes.append(f'Line {lines[0][0]}, "{lines[0][1].strip()[:40]}", was read as a header.')
        lines = lines[1:]
    if len(lines) > MOST_ROWS:
        raise ValueError(
            f"The list has {len(lines):,} rows: at most {MOST_ROWS:,} are allowed. Leave out the "
            f"rows from line {lines[MOST_ROWS][0]:,} on, or put rare names together."
        )
    _check_lines(lines)
    rows = [(number, line, _cells(line)) for number, line in lines]
    count_first = all(_number(cells[0]) is not None for _, _, cells in rows) and not all(
        _number(cells[-1]) is not None for _, _, cells in rows
    )
    merged: dict[str, float] = {}
    for number, line, cells in rows:
        name, count = _read(number, line, cells, count_first)
        merged[name] = merged.get(name, 0.0) + count
    return _checked(merged, len(rows), notes)


def _lines(text: str) -> list[tuple[int, str]]:
    """Return (number, line) of lines that say something. Only line breaks break lines."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    numbered = enumerate(plain.split("\n"), start=1)
    return [(n, line) for n, line in numbered if line.strip() and not line.lstrip().startswith("#")]


def _check_lines(lines: list[tuple[int, str]]) -> None:
    """Refuse a comma inside a count, which would split the line, and endless lines."""
    table = all("," in line for _, line in lines)
    for number, line in lines:
        plain = line.strip()
        if len(plain) > LONGEST_LINE:
            raise ValueError(
                f'Line {number}: "{plain[:40]}..." is longer than {LONGEST_LINE} signs. Write one '
                "name and one count on each line."
            )
        unclear = not table and _COMMA_IN_COUNT_OR_BEFORE.fullmatch(plain)
        if unclear or _COMMA_IN_COUNT.fullmatch(plain):
            raise ValueError(
                f'Line {number}: "{plain[:40]}" can be read in two ways. Write the count without a '
                'comma in it, for example "apples; 1200" or "apples; 1.5".'
            )


def _cells(line: str) -> tuple[str, str]:
    """Return the two parts of a line; the second is empty where there is only one."""
    for separator in _SEPARATORS:
        if separator in line:
            cells = _split(line, separator)
            # A separator inside a name, as in "Smith, Jane; 3" or "time: 5 pm 3", is no separator.
            if len(cells) == 2 and any(_number(cell) is not None for cell in cells):
                return cells[0], cells[1]
            if len(cells) > 2 and _number(cells[-1]) is not None:
                return _joined(line, separator, cells[:-1]), cells[-1]
            if len(cells) > 2 and _number(cells[0]) is not None:
                return cells[0], separator.join(cells[1:]).strip()
    return _cells_without_separator(line)


def _joined(line: str, separator: str, parts: list[str]) -> str:
    """Return a name that holds the separator itself, as it was written if nothing is quoted."""
    if '"' in line or line.rstrip().endswith(separator):
        return separator.join(parts)
    return " ".join(line.rsplit(separator, 1)[0].split())


def _cells_without_separator(line: str) -> tuple[str, str]:
    words = line.split()
    if len(words) > 1 and _number(words[-1]) is not None:
        return _unquoted(" ".join(words[:-1])), words[-1]
    if len(words) > 1 and _number(words[0]) is not None:
        return words[0], _unquoted(" ".join(words[1:]))
    for separator in _SEPARATORS:
        cells = _split(line, separator) if separator in line else []
        if len(cells) == 2:
            return cells[0], cells[1]
    return _unquoted(line.strip()), ""


def _split(line: str, separator: str) -> list[str]:
    """Split a line as CSV does; a quotation mark that is never closed is a mere sign."""
    try:
        cells = next(csv.reader([line.strip()], delimiter=separator, strict=True))
    except csv.Error:
        cells = line.split(separator)
    cells = [" ".join(cell.split()) for cell in cells]
    while len(cells) > 2 and not cells[-1]:  # a table may end its lines with a separator
        cells.pop()
    return cells


def _unquoted(name: str) -> str:
    if len(name) > 1 and name[0] == name[-1] == '"':
        return name[1:-1].replace('""', '"')
    return name


def _number(cell: str) -> float | None:
    """Return the number that a cell is, or None; "1_000", "nan" and "infinity" are names."""
    cell = cell.translate(_DIRECTION_MARKS)
    if "_" in cell or not any(sign.isdigit() for sign in cell):
        return None
    try:
        return float(cell)
    except ValueError:
        return None


def _is_header(cells: tuple[str, str]) -> bool:
    """Return whether a line names two columns: two cells, and no digit in either."""
    return bool(cells[1]) and not any(sign.isdigit() for cell in cells for sign in cell)


def _read(number: int, line: str, cells: tuple[str, str], count_first: bool) -> tuple[str, float]:
    shown = line.strip()[:40]
    name, written = (cells[1], cells[0]) if count_first else cells
    if not count_first and _number(written) is None and _number(name) is not None:
        name, written = written, name
    if not written or (not name and "," not in line):
        raise ValueError(f'Line {number}: "{shown}" has a name or a count only. {_EXAMPLE}')
    count = _number(written)
    if count is None:
        raise ValueError(
            f'Line {number}: "{written[:40]}" is not a number. Write the count in digits, with a '
            'point for decimals, for example "apples, 12".'
        )
    if not 0.0 <= count <= LARGEST_COUNT:
        raise ValueError(
            f"Line {number}: the count {written[:40]} is out of range. Write a number from 0 to "
            f"{LARGEST_COUNT:,.0f}."
        )
    if not name:
        raise ValueError(f'Line {number}: "{shown}" has no name. {_EXAMPLE}')
    if len(name) > LONGEST_NAME:
        raise ValueError(
            f'Line {number}: the name "{name[:40]}..." is longer than {LONGEST_NAME} signs. '
            "Shorten it."
        )
    return name, count


def _checked(merged: dict[str, float], rows: int, notes: list[str]) -> Counts:
    repeated = rows - len(merged)
    if repeated:
        lines = "1 line repeats a name" if repeated == 1 else f"{repeated:,} lines repeat a name"
        notes.append(f"{lines}: the counts were added.")
    kept = {name: count for name, count in merged.items() if count > 0.0}
    if not kept:
        raise ValueError("All counts are 0. Give at least two names a count above 0.")
    zeros = [name for name in merged if name not in kept]
    if zeros:
        named = ", ".join(zeros[:3]) + (", ..." if len(zeros) > 3 else "")
        notes.append(f"Left out because the count is 0: {named} ({len(zeros):,} in all).")
    if len(kept) == 1:
        raise ValueError(
            f'Only "{next(iter(kept))[:40]}" has a count above 0, and one category cannot lose '
            f"its tail. Give at least two names a count above 0. {' '.join(notes)}".rstrip()
        )
    return Counts(tuple(kept), tuple(kept.values()), tuple(notes))


def _quoted(name: str) -> str:
    if any(sign in name for sign in (*_SEPARATORS, '"', "#")):
        doubled = name.replace('"', '""')
        return f'"{doubled}"'
    return name


def _plain(count: float) -> str:
    return str(int(count)) if count.is_integer() else repr(count)
