"""What the columns of a table are: generation, label, index, and the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.lessons.messages import RefusedError, message
from collapse_core.reading.quoted import quoted
from collapse_core.reading.written_number import is_endless, written_number

__all__ = ["Columns", "columns_of", "is_header", "without_index"]

GENERATION = ("generation", "gen")
LABEL = ("label", "labels", "class")
INDEX = ("", "index", "id", "row", "unnamed: 0")


@dataclass(frozen=True)
class Columns:
    """The columns of a table, by their place.

    Parameters
    ----------
    names : tuple of str
        As the header has them; empty without a header.
    numbers : tuple of int
        Those of numbers, the generation among them.
    generation, label : int, optional
        That of the generation, and that of labels.
    """

    names: tuple[str, ...]
    numbers: tuple[int, ...]
    generation: int | None = None
    label: int | None = None


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a first row holds names: texts, or 0, 1, 2 and so on as pandas writes them."""
    if any(written_number(cell) is None and not is_endless(cell) for cell in cells):
        return True
    count = len(cells)
    return count > 2 and any(
        list(cells) == [str(start + place) for place in range(count)] for start in (0, 1)
    )


def columns_of(header: Sequence[str], width: int, name: str) -> Columns:
    """Return what the columns are, by their names.

    Raises
    ------
    ValueError
        If two columns claim to be the generation, or the label.
    """
    names = [cell.strip().casefold() for cell in header]
    generation = _only(names, GENERATION, name)
    label = _only(names, LABEL, name)
    numbers = tuple(place for place in range(width) if place != label)
    shown = tuple(quoted(cell.strip(), 40) for cell in header)
    return Columns(shown, numbers, generation, label)


def _only(names: Sequence[str], known: Sequence[str], name: str) -> int | None:
    places = [place for place, each in enumerate(names) if each in known]
    if len(places) > 1:
        told = {"name": name, "count": len(places), "column": known[0]}
        raise RefusedError("table", "same_columns", **told)
    return places[0] if places else None


def without_index(
    numbers: NDArray[np.float64],
    places: Sequence[int],
    columns: Columns,
    told: NDArray[np.int64] | None,
    name: str,
) -> tuple[list[int], tuple[str, ...]]:
    """Return the places of the values without those of an index, and a note on what was left out.

    An index is a column that counts the rows, of the table or of each generation; a column with
    the name of one, or without a name, may also hold them in another order.

    Raises
    ------
    ValueError
        If a column without a name is no index.
    """
    kept, notes = [], []
    for place in places:
        given = columns.names[columns.numbers[place]] if columns.names else None
        number = columns.numbers[place] + 1
        values = numbers[:, place]
        named = given is not None and given.casefold() in INDEX
        if (named and _is_whole(values)) or (place in (0, 1) and _counts(values, told)):
            case, column = ("index_named", given) if given else ("index", str(number))
            notes.append(message("table", case, name=name, column=column))
            continue
        if given == "":
            raise RefusedError("table", "nameless", name=name, column=number)
        kept.append(place)
    return kept, tuple(notes)


def _is_whole(values: NDArray[np.float64]) -> bool:
    return bool(np.all(values == np.floor(values))) and len(np.unique(values)) > 1


def _counts(values: NDArray[np.float64], told: NDArray[np.int64] | None) -> bool:
    """Return whether values count the rows, of the whole table or of each generation."""
    parts = [values] if told is None else [values[told == t] for t in np.unique(told)]
    return _counting([values]) or (len(parts) > 1 and _counting(parts))


def _counting(parts: Sequence[NDArray[np.float64]]) -> bool:
    return all(
        len(part) > 2 and part[0] in (0.0, 1.0) and bool(np.all(np.diff(part) == 1.0))
        for part in parts
    )
