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
from collapse_core.reading.lines import Line, cells_of, read_lines
from collapse_core.reading.quoted import quoted
from collapse_core.reading.written_number import is_endless, written_number

__all__ = ["read_generation_table"]

MOST_ROWS = 200_000
MOST_TRIED = 100_000  # numbers that may tell what a comma or a point in them means
PLAIN = "keep plain numbers, with a point for the decimals and nothing between thousands"


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
        raise ValueError(f"{name} has too many lines: at most {MOST_ROWS:,} rows are read.")
    found = read_lines(_with_header(text))
    lines = found.lines
    if not lines:
        raise ValueError(f"{name} is empty: give a row of numbers for each point.")
    separator = found.separator or _separator(lines[0].text)
    first = _cells(lines[0].text, separator)
    header = first if is_header(first) else []
    lines = lines[1:] if header else lines
    if not lines:
        raise ValueError(f"{name} has a header and no rows: add a row for each point.")
    if len(lines) > MOST_ROWS:
        raise ValueError(f"{name} has {len(lines):,} rows: at most {MOST_ROWS:,} are read.")
    width = len(header or first)
    columns = columns_of(header, width, name)
    notes = found.notes
    if header and all(cell.isdecimal() for cell in header):
        notes += (f"The first line of {name} counts the columns and was taken as their names.",)
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
        raise ValueError(
            f"{name} has {width:,} columns: give at most {MOST_VALUES:,}, for example the first "
            "principal axes."
        )
    if width * len(lines) > MOST_NUMBERS:
        raise ValueError(
            f"{name} has {width * len(lines):,} numbers: at most {MOST_NUMBERS:,} are read."
        )
    for line in lines:
        plain = separator and '"' not in line.text
        here = line.text.count(separator) + 1 if plain else len(_cells(line.text, separator))
        if here != width:
            counted = "1 cell" if here == 1 else f"{here:,} cells"
            other = "the header" if header else "the first row"
            commas = " Write decimals with a point." if separator == "," else ""
            raise ValueError(
                f"Line {line.number:,} of {name} has {counted} and {other} has {width:,}: all "
                f"need the same number.{commas}"
            )


def _decimal(lines: Sequence[Line], separator: str, columns: Columns, name: str) -> str:
    """Return the mark of fractions; refuse a table in which nothing tells it."""
    texts = _texts(lines, separator, columns)
    comma = separator != "," and any("," in text for text in texts)
    point = any("." in text for text in _texts(lines, separator, columns))
    if comma and point:
        raise ValueError(f"{name} has numbers with commas and numbers with points: {PLAIN}.")
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
    raise ValueError(
        f"Line {line.number:,} of {name} can be read in two ways: write {number.both()}."
    )


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
                raise ValueError(
                    f"Line {line.number:,} of {name} holds “{quoted(cell, 30)}”, as a decimal "
                    "comma would make it: write decimals with a point, or put semicolons "
                    "between the cells."
                )


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
        raise ValueError(_what_is_wrong(rows, lines, separator, columns, name)) from None


def _what_is_wrong(
    rows: Sequence[str], lines: Sequence[Line], separator: str, columns: Columns, name: str
) -> str:
    """Return what keeps a table from being one of numbers."""
    for row, line in zip(rows, lines, strict=True):
        cells, shown = _cells(row, separator), _cells(line.text, separator)
        for place in columns.numbers:
            cell = cells[place] if place < len(cells) else ""
            if _is_plain(cell):
                continue
            where = f"Line {line.number:,} of {name}"
            if not cell:
                return f"{where} has an empty cell: fill it, or take the row out."
            number = f"“{quoted(shown[place], 30)}”"
            if written_number(cell) is not None:
                return f"{where} holds {number}: {PLAIN}."
            return f"{where} holds {number}, which is no number: {PLAIN}."
    return f"{name} is no table of numbers: give a row of numbers for each point."


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
        raise ValueError(f"{name} has no numbers beside its generation or index: add them.")
    return GenerationRows(
        checked_rows(numbers[:, kept], name),
        told,
        labels,
        tuple(columns.names[columns.numbers[place]] for place in kept) if columns.names else (),
        (*notes, *left_out),
    )
