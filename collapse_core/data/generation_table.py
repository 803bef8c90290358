"""A table of text, such as a CSV file: rows of numbers with their generation.

What people export is read: a comma, a semicolon, a tab or spaces between the cells, decimal commas
where they cannot be mistaken, an index column, a header or none. What can be read in two ways is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_text
from collapse_core.data.generation_rows import (
    MOST_NUMBERS,
    MOST_VALUES,
    GenerationRows,
    checked_rows,
    whole_generations,
)
from collapse_core.data.table_columns import Columns, columns_of, is_header, without_index
from collapse_core.lessons.messages import RefusedError, message
from collapse_core.reading.lines import Line, cells_of, read_lines
from collapse_core.reading.quoted import quoted
from collapse_core.reading.written_number import is_endless, written_number

__all__ = ["read_generation_table"]

MOST_ROWS = 200_000
MOST_TRIED = 100_000  # numbers that may tell what a comma or a point in them means


def read_generation_table(text: str, name: str) -> GenerationRows:
    """Return the rows of a table.

    Parameters
    ----------
    text : str
        A row of numbers on each line. A header may name a column "generation" and one "label".
    name : str
        Of the file, for messages.

    Raises
    ------
    ValueError
        If it cannot be read for certain; the message names the file, the row and what helps.
    """
    name = check_text("name", name)
    if check_text("text", text).count("\n") + text.count("\r") > 2 * MOST_ROWS:
        raise RefusedError("table", "too_many_lines", name=name, most=MOST_ROWS)
    found = read_lines(_with_header(text))
    lines = found.lines
    if not lines:
        raise RefusedError("table", "empty", name=name)
    separator = found.separator or _separator(lines[0].text)
    first = _cells(lines[0].text, separator)
    header = first if is_header(first) else []
    lines = lines[1:] if header else lines
    if not lines:
        raise RefusedError("table", "only_header", name=name)
    if len(lines) > MOST_ROWS:
        raise RefusedError("table", "too_many_rows", name=name, count=len(lines), most=MOST_ROWS)
    width = len(header or first)
    columns = columns_of(header, width, name)
    notes = found.notes
    if header and all(cell.isdecimal() for cell in header):
        notes += (message("table", "counted_columns", name=name),)
    _check_width(lines, separator, width, name, bool(header))
    rows = [line.text for line in lines]
    if _decimal(lines, separator, columns, name) == ",":
        rows = [row.replace(",", ".") for row in rows]
    numbers = _numbers(rows, lines, separator, columns, name)
    labels = _labels(lines, separator, columns)
    return _told_apart(numbers, labels, columns, name, notes)


def _with_header(text: str) -> str:
    """Return a text whose header is no comment, as numpy.savetxt writes it."""
    plain = text.removeprefix("\ufeff").lstrip()
    header, rest, body = plain.partition("\n")
    bare = header.lstrip("# ")
    named = header.startswith("#") and "generation" in bare.casefold()
    return bare + rest + body if named else text


def _separator(line: str) -> str:
    """Return what stands between the cells; nothing for spaces."""
    return next((sign for sign in "\t;," if sign in line), "")


def _cells(line: str, separator: str) -> list[str]:
    if not separator:
        return [cell.strip('"') for cell in line.split()]
    return cells_of(line, separator)


def _check_width(
    lines: Sequence[Line], separator: str, width: int, name: str, header: bool
) -> None:
    if width > MOST_VALUES + 3:
        raise RefusedError("table", "too_wide", name=name, width=width, most=MOST_VALUES)
    if width * len(lines) > MOST_NUMBERS:
        told = {"name": name, "count": width * len(lines), "most": MOST_NUMBERS}
        raise RefusedError("table", "too_many_numbers", **told)
    for line in lines:
        plain = separator and '"' not in line.text
        here = line.text.count(separator) + 1 if plain else len(_cells(line.text, separator))
        if here != width:
            case = "width_header" if header else "width_first"
            case = f"{case}_commas" if separator == "," else case
            told = {"number": line.number, "name": name, "count": here, "width": width}
            raise RefusedError("table", case, **told)


def _decimal(lines: Sequence[Line], separator: str, columns: Columns, name: str) -> str:
    """Return the mark of fractions; refuse a table in which nothing tells it."""
    texts = _texts(lines, separator, columns)
    comma = separator != "," and any("," in text for text in texts)
    point = any("." in text for text in _texts(lines, separator, columns))
    if comma and point:
        raise RefusedError("table", "commas_and_points", name=name)
    if separator == ",":
        _check_no_commas(lines, columns, name, point)
        return "."
    if not comma and not point:
        return "."
    mark = "," if comma else "."
    return _certain(mark, lines, separator, columns, name)


def _certain(mark: str, lines: Sequence[Line], separator: str, columns: Columns, name: str) -> str:
    """Return the mark, once a number shows that it stands before a fraction."""
    doubtful, tried = None, 0
    for line in lines:
        if mark not in line.text:
            continue
        for place, cell in enumerate(_cells(line.text, separator)):
            written = written_number(cell) if place in columns.numbers else None
            if written is not None and written.unclear:
                doubtful = doubtful or (line, written)
            elif written is not None and written.decimal == mark:
                return mark
            tried += 1
        if tried > MOST_TRIED:
            break
    if doubtful is None:
        return mark
    line, number = doubtful
    raise RefusedError("table", "two_ways", number=line.number, name=name, both=number.both())


def _texts(lines: Sequence[Line], separator: str, columns: Columns) -> Iterator[str]:
    """Yield what may hold numbers: whole lines, without the labels where there are some."""
    if columns.label is None:
        yield from (line.text for line in lines)
        return
    for line in lines:
        cells = _cells(line.text, separator)
        yield " ".join(cells[place] for place in columns.numbers)


def _check_no_commas(lines: Sequence[Line], columns: Columns, name: str, point: bool) -> None:
    """Refuse pairs of cells that look like numbers with decimal commas: 0,05 for 0.05."""
    if point:
        return
    for line in lines:
        if ",0" not in line.text and not line.text.startswith(("0", "-0")):
            continue
        cells = _cells(line.text, ",")
        for place in columns.numbers:
            cell = cells[place]
            if cell == "-0" or (len(cell) > 1 and cell[0] == "0" and cell.isdecimal()):
                told = {"number": line.number, "name": name, "cell": quoted(cell, 30)}
                raise RefusedError("table", "decimal_comma", **told)


def _numbers(
    rows: list[str], lines: Sequence[Line], separator: str, columns: Columns, name: str
) -> NDArray[np.float64]:
    try:
        return np.loadtxt(
            rows,
            delimiter=separator or None,
            comments=None,
            quotechar='"',
            ndmin=2,
            usecols=list(columns.numbers),
        )
    except (ValueError, IndexError, OverflowError):
        raise _what_is_wrong(rows, lines, separator, columns, name) from None


def _what_is_wrong(
    rows: Sequence[str], lines: Sequence[Line], separator: str, columns: Columns, name: str
) -> RefusedError:
    """Return what keeps a table from being one of numbers."""
    for row, line in zip(rows, lines, strict=True):
        cells, shown = _cells(row, separator), _cells(line.text, separator)
        for place in columns.numbers:
            cell = cells[place] if place < len(cells) else ""
            if _is_plain(cell):
                continue
            if not cell:
                return RefusedError("table", "empty_cell", number=line.number, name=name)
            case = "no_number" if written_number(cell) is None else "not_plain"
            told = {"number": line.number, "name": name, "cell": quoted(shown[place], 30)}
            return RefusedError("table", case, **told)
    return RefusedError("table", "no_table", name=name)


def _is_plain(cell: str) -> bool:
    if not cell.isascii() or "_" in cell:
        return False
    try:
        float(cell)
    except ValueError:
        return is_endless(cell)
    return True


def _labels(lines: Sequence[Line], separator: str, columns: Columns) -> NDArray[np.str_] | None:
    if columns.label is None:
        return None
    return np.array([_cells(line.text, separator)[columns.label][:100] for line in lines])


def _told_apart(
    numbers: NDArray[np.float64],
    labels: NDArray[np.str_] | None,
    columns: Columns,
    name: str,
    notes: tuple[str, ...],
) -> GenerationRows:
    """Return the rows with their generations apart, and without an index."""
    told, places = None, list(range(len(columns.numbers)))
    if columns.generation is not None:
        place = columns.numbers.index(columns.generation)
        told = whole_generations(numbers[:, place], name)
        places.remove(place)
    kept, left_out = without_index(numbers, places, columns, told, name)
    if not kept:
        raise RefusedError("table", "nothing_beside", name=name)
    return GenerationRows(
        checked_rows(numbers[:, kept], name),
        told,
        labels,
        tuple(columns.names[columns.numbers[place]] for place in kept) if columns.names else (),
        (*notes, *left_out),
    )
