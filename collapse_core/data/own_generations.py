"""A reader's own rows, generation by generation: from CSV, NPZ or NPY files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_bytes, check_text, check_whole_number, shown
from collapse_core.data.generation_arrays import read_arrays, rows_of_arrays
from collapse_core.data.generation_rows import MOST_NUMBERS, GenerationRows
from collapse_core.data.generation_table import read_generation_table
from collapse_core.data.plain_text import read_plain_text
from collapse_core.fingerprint import fingerprint
from collapse_core.lessons.messages import Message, RefusedError, message
from collapse_core.reading.quoted import quoted

__all__ = ["ENDINGS", "LARGEST_FILE", "OwnGenerations", "read_generations"]

Array = NDArray[np.float64]

ENDINGS = ("csv", "tsv", "txt", "npz", "npy")
LARGEST_FILE = 20 * 10**6
MOST_GENERATIONS = 100
OTHERS = {
    b"PAR1": "parquet",
    b"\x1f\x8b": "gzip",
    b"\x89HDF": "hdf5",
    b"\x80\x02": "pickle",
    b"\x80\x04": "pickle",
    b"\x80\x05": "pickle",
    b"ARROW1": "arrow",
    b"\xd0\xcf\x11\xe0": "old_workbook",
    b"SQLite": "database",
    b"%PDF": "pdf",
}


@dataclass(frozen=True, eq=False)
class OwnGenerations:
    """Generations that were read from files.

    Parameters
    ----------
    generations : tuple of ndarray, shape (rows, values)
        One for each generation, all with as many values; they may have unequal numbers of rows.
    numbers : tuple of int
        What the generations are called.
    labels : tuple of ndarray of str, optional
        What each row is called; None where the files do not say.
    columns : tuple of str
        Names of the values; empty where the files have none.
    notes : tuple of str
        What was left out.
    """

    generations: tuple[Array, ...] = field(repr=False)
    numbers: tuple[int, ...] = ()
    labels: tuple[NDArray[np.str_], ...] | None = field(default=None, repr=False)
    columns: tuple[str, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    digest: str = field(init=False)  # so that its repr tells all of them apart

    def __post_init__(self) -> None:
        words = self.labels or ()
        object.__setattr__(self, "digest", fingerprint(*self.generations, *words))


def _pairs(files: Sequence[tuple[str, bytes]]) -> Sequence[tuple[str, bytes]]:
    """Return files that are one or more pairs, each beginning with a name."""
    if not isinstance(files, list | tuple) or not files:
        raise TypeError(
            f"files={shown(files)} is out of range: it must be a list of one or more pairs. "
            'Give [(name, content)], as in [("own.csv", content)].'
        )
    for pair in files:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise TypeError(
                f"files holds {shown(pair)}, which is no pair of a name and a content. "
                'Give ("own.csv", content) for each file.'
            )
        check_text("name", pair[0])
    return files


def read_generations(
    files: Sequence[tuple[str, bytes]], fewest: int = 50, least: int = 2
) -> OwnGenerations:
    """Return the generations of one file with several, or of one file for each.

    A CSV file has a row for each point. A column "generation" in its first line says which one it
    belongs to; without it the whole file is one generation. A column "label" may name the rows. An
    NPZ file holds one array for each generation, in the order of their names, in which 2 comes
    before 10; or one array of all rows, with an array "generation" and perhaps "labels".

    Parameters
    ----------
    files : sequence of pairs of str and bytes
        Name and content; several are taken in the order of the generations that they tell, or of
        their names. Together at most 20 MB, and 80 MB when unpacked.
    fewest : int
        Rows that each generation needs at least, from 1.
    least : int
        Generations that are needed, 1 or more.

    Raises
    ------
    ValueError
        If they cannot be read for certain; the message names the file, what is wrong, and what
        helps.
    """
    fewest = check_whole_number("fewest", fewest, 1)
    least = check_whole_number("least", least, 1, MOST_GENERATIONS)
    size = sum(len(check_bytes("content", content)) for _, content in _pairs(files))
    if size > LARGEST_FILE:
        case = "too_large" if len(files) == 1 else "files_too_large"
        told = {"name": _shown(files[0][0]), "files": len(files), "size": size}
        raise RefusedError("generations", case, most=LARGEST_FILE, **told)
    named: list[tuple[str, GenerationRows]] = []
    left = MOST_NUMBERS
    for name, content in sorted(files, key=lambda file: _place(file[0])):
        for rows in _rows_of(content, _shown(name)):
            named.append((_shown(name), rows))
            left -= rows.values.size
        if left < 0:
            raise RefusedError("generations", "too_many_numbers", most=MOST_NUMBERS)
    return _together(named, len(files), fewest, least)


def _shown(name: str) -> str:
    return quoted(check_text("name", name), 60)


def _place(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts names in order, with their numbers as numbers."""
    parts = re.split(r"([0-9]{1,15})", name)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _rows_of(content: bytes, name: str) -> list[GenerationRows]:
    """Return the rows of one file, of each array apart."""
    for mark, kind in OTHERS.items():
        if content.startswith(mark):
            raise RefusedError("generations", kind, name=name)
    if content[:2] == b"PK" or content.startswith(b"\x93NUMPY"):
        arrays = read_arrays(content, name)
        return rows_of_arrays({key: arrays[key] for key in sorted(arrays, key=_place)}, name)
    text = read_plain_text(content, LARGEST_FILE, Message("plain_text", "named", name=name))
    return [read_generation_table(text, name)]


def _together(
    named: Sequence[tuple[str, GenerationRows]], files: int, fewest: int, least: int
) -> OwnGenerations:
    """Return the generations of all files in their order."""
    _check_columns(named)
    parts = _split(named, files)
    if len(parts) < least:
        if not named:
            raise RefusedError("generations", "none")
        raise RefusedError("generations", "only_one", name=named[0][0])
    if len(parts) > MOST_GENERATIONS:
        told = {"name": parts[0].name, "count": len(parts), "most": MOST_GENERATIONS}
        raise RefusedError("generations", "too_many", **told)
    for part in parts:
        if len(part.values) < fewest:
            told = {"name": part.name, "count": len(part.values), "least": fewest}
            raise RefusedError("generations", "too_few_rows", number=part.number, **told)
    numbers = tuple(part.number for part in parts)
    notes = [note for _, rows in named for note in rows.notes]
    missing = sorted(set(range(numbers[0], numbers[-1])) - set(numbers))
    if missing:
        shown = ", ".join(map(str, missing[:5])) + (" …" if len(missing) > 5 else "")
        notes.append(message("generations", "missing", numbers=shown))
    labels = tuple(part.labels for part in parts if part.labels is not None)
    return OwnGenerations(
        tuple(part.values for part in parts),
        numbers,
        labels if len(labels) == len(parts) else None,
        named[0][1].columns,
        tuple(dict.fromkeys(notes)),
    )


@dataclass(frozen=True, eq=False)
class _Part:
    """One generation, and the file that it is from."""

    number: int
    name: str
    values: Array
    labels: NDArray[np.str_] | None


def _split(named: Sequence[tuple[str, GenerationRows]], files: int) -> list[_Part]:
    """Return the generations, in the order that the files tell, or else of their names."""
    told = [np.unique(rows.told) for _, rows in named if rows.told is not None]
    if len(named) > 1 and any(len(each) > 1 for each in told):
        raise RefusedError("generations", "several_each", name=named[0][0])
    if len(named) == 1 and told:
        name, rows = named[0]
        where = [(int(number), rows.told == number) for number in told[0]]
        return [
            _Part(
                number,
                name,
                rows.values[chosen],
                None if rows.labels is None else rows.labels[chosen],
            )
            for number, chosen in where
        ]
    order = list(range(len(named)))
    numbers = [int(each[0]) for each in told]
    if len(set(numbers)) > 1:
        if len(set(numbers)) < len(named):
            raise RefusedError("generations", "same_number", files=files)
        order = sorted(order, key=numbers.__getitem__)
    else:
        numbers = order
    return [
        _Part(numbers[place], named[place][0], named[place][1].values, named[place][1].labels)
        for place in order
    ]


def _check_columns(named: Sequence[tuple[str, GenerationRows]]) -> None:
    """Refuse files whose rows do not hold the same."""
    for name, rows in named[1:]:
        first, known = named[0]
        if rows.values.shape[1] != known.values.shape[1]:
            widths = {"width": rows.values.shape[1], "others": known.values.shape[1]}
            raise RefusedError("generations", "unequal", name=name, other=first, **widths)
        if rows.columns != known.columns:
            raise RefusedError("generations", "other_names", name=name, other=first)
