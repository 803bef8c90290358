"""A line of a list as a name and a count, and whether it can be read in two ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from collapse_core.lessons.messages import Message, RefusedError
from collapse_core.reading.lines import Line, cells_of
from collapse_core.reading.written_number import written_number

__all__ = [
    "HEADINGS",
    "SEPARATORS",
    "CountRow",
    "are_names_alone",
    "check_commas",
    "is_header",
    "read_row",
]

LONGEST_LINE = 300

SEPARATORS = "\t;,=:"
_NO_NUMBER = {"nan", "inf", "infinity", "na", "n/a", "null", "none", "-", "?"}
# What the first column of a table is often called; its count is then a heading too, as 2024 is.
HEADINGS = frozenset((
    "art", "begriff", "categories", "category", "city", "count", "counts", "country", "id", "item",
    "items", "kategorie", "key", "kind", "kinds", "label", "letter", "mot", "name", "names", "nom",
    "nombre", "palabra", "product", "species", "title", "type", "value", "word", "words", "wort",
))  # fmt: skip
_NO_COMMA = Message("counts", "no_comma")


class CountRow(NamedTuple):
    """A line as two parts, and what was between them: nothing for spaces."""

    line: Line
    left: str
    right: str
    between: str


def read_row(line: Line, declared: str) -> CountRow:
    """Return the two parts of a line; the second is empty where there is only one."""
    if len(line.text) > LONGEST_LINE:
        raise RefusedError("counts", "long_line", line=line, most=LONGEST_LINE)
    for separator in declared or SEPARATORS:
        if separator not in line.text:
            continue
        cells = cells_of(line.text, separator)
        # A separator inside a name, as in "Smith, Jane; 3" or "time: 5 pm 3", is no separator.
        if len(cells) == 2 and (_is_number(cells[0]) or _is_number(cells[1])):
            return CountRow(line, cells[0], cells[1], separator)
        if len(cells) > 2 and _is_number(cells[-1]):
            _check_columns(line, separator, cells)
            return CountRow(line, _joined(line.text, separator, cells[:-1]), cells[-1], separator)
        if len(cells) > 2 and _is_number(cells[0]):
            return CountRow(line, cells[0], separator.join(cells[1:]), separator)
    return _row_of_words(line)


def _row_of_words(line: Line) -> CountRow:
    """Return the parts of a line with spaces between them."""
    # A space that does not break belongs to its number: "1 200".
    words = [word for word in line.text.replace("\t", " ").split(" ") if word]
    for number, beside, name in ((-1, -2, words[:-1]), (0, 1, words[1:])):
        if len(words) > 2 and _are_groups(words[min(number, beside)], words[max(number, beside)]):
            raise RefusedError("counts", "two_ways_semicolon", line=line)
        if len(words) > 1 and _is_number(words[number]):
            parts = (words[number], _unquoted(" ".join(name)))
            return CountRow(line, *(parts if number == 0 else parts[::-1]), "")
    for separator in SEPARATORS:
        cells = cells_of(line.text, separator) if separator in line.text else []
        if len(cells) == 2:
            return CountRow(line, cells[0], cells[1], separator)
    return CountRow(line, _unquoted(line.text.strip()), "", "")


def _check_columns(line: Line, separator: str, cells: Sequence[str]) -> None:
    """Refuse a line whose name would end or begin with a number of its own."""
    if '"' in line.text:
        return
    if separator == "," and _is_number(cells[-2]):
        raise RefusedError("counts", "two_ways_comma", line=line, no_comma=_NO_COMMA)
    if _is_number(cells[-2]) or _is_number(cells[0]):
        raise RefusedError("counts", "columns", line=line, count=len(cells))


def check_commas(rows: Sequence[CountRow]) -> None:
    """Refuse "apples 1,200", unless other lines show that commas are between the columns."""
    shown = any(row.between == "," and not _before_a_comma(row) for row in rows)
    unclear = {} if shown else {row.line: name for row in rows if (name := _before_a_comma(row))}
    # In "item 1,20" and "item 2,7" the first number tells one item from the other.
    if unclear and len(set(unclear.values())) == len(unclear):
        line = next(iter(unclear))
        raise RefusedError("counts", "two_ways_comma", line=line, no_comma=_NO_COMMA)


def _before_a_comma(row: CountRow) -> str:
    """Return the name in "apples 1,5", if the comma of a row can be part of its count."""
    before, _, count = row.line.text.strip().partition(",")
    name = before.rstrip("0123456789")
    unquoted = row.between == "," and '"' not in row.line.text
    apart = name != before and name[-1:] in (" ", "\u00a0", ":", "=")
    return name if unquoted and apart and count.isdecimal() and len(count) <= 3 else ""


def _joined(line: str, separator: str, parts: Sequence[str]) -> str:
    """Return a name that holds the separator itself, as it was written if nothing is quoted."""
    if '"' in line or line.rstrip().endswith(separator):
        return separator.join(parts)
    return line.rsplit(separator, 1)[0]


def _unquoted(name: str) -> str:
    if len(name) > 1 and name[0] == name[-1] == '"':
        return name[1:-1].replace('""', '"')
    return name


def are_names_alone(lines: Sequence[Line]) -> bool:
    """Return whether a list of several lines has names and nothing that could be a count."""
    signs = {sign for line in lines for sign in line.text}
    return len(lines) > 1 and not any(
        sign.isnumeric() or sign in SEPARATORS or sign == '"' for sign in signs
    )


def is_header(row: CountRow, names_alone: bool) -> bool:
    """Return whether a first line names columns: two parts and no digit in either, or its one."""
    if names_alone:
        return row.left.casefold() in HEADINGS
    parts = (row.left, row.right)
    if not row.right or row.right.lower() in _NO_NUMBER:
        return False
    named = any(part.casefold() in HEADINGS for part in parts) and '"' not in row.line.text
    if named and any(map(_is_number, parts)):
        raise RefusedError("counts", "two_ways_header", line=row.line)
    return not any(sign.isdigit() for part in parts for sign in part)


def _is_number(cell: str) -> bool:
    return written_number(cell) is not None


def _are_groups(one: str, other: str) -> bool:
    """Return whether two words can be one number with a space between its thousands."""
    return one.isdecimal() and other.isdecimal() and len(one) <= 3 == len(other) and one[0] != "0"
