"""A reader's own embeddings, generation by generation: from CSV or NPZ files."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_bytes, check_text
from collapse_core.checks.numbers import LARGEST
from collapse_core.data.plain_text import read_plain_text
from collapse_core.fingerprint import fingerprint
from collapse_core.geometry.dimension import thinned
from collapse_core.reading.quoted import quoted

__all__ = ["LARGEST_FILE", "OwnClouds", "read_clouds"]

Array = NDArray[np.float64]

LARGEST_FILE = 20 * 10**6
FEWEST, MOST = 50, 2000  # points of a generation; more than any neighbours asked for
MOST_GENERATIONS, MOST_VALUES = 100, 1000
COLUMN = "generation"


@dataclass(frozen=True, eq=False)
class OwnClouds:
    """Clouds that were read from files.

    Parameters
    ----------
    clouds : tuple of ndarray
        One for each generation, all with as many values.
    notes : tuple of str
        What was left out.
    """

    clouds: tuple[Array, ...] = field(repr=False)
    notes: tuple[str, ...] = ()
    digest: str = field(init=False)  # so that its repr tells all of them apart

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", fingerprint(*self.clouds))


def read_clouds(files: Sequence[tuple[str, bytes]]) -> OwnClouds:
    """Return the clouds of one file with several generations, or of one file for each.

    A CSV file has a row for each point. A column "generation" in its first line says which one it
    belongs to; without it the whole file is one generation. An NPZ file holds one array for each,
    in the order of their names, in which 2 comes before 10. All generations are brought to as many
    points, as dimensions that are found grow with their number.

    Parameters
    ----------
    files : sequence of pairs of str and bytes
        Name and content; several are taken in the order of their names.

    Raises
    ------
    ValueError
        If they cannot be used; the message names the file, what is wrong, and what helps.
    """
    clouds: list[Array] = []
    for name, content in sorted(files, key=lambda file: _place(file[0])):
        clouds += _clouds_of(check_bytes("content", content), quoted(check_text("name", name), 60))
    if len(clouds) < 2:
        raise ValueError(
            "Only one generation was found: give at least two, in a column "
            f"“{COLUMN}”, as arrays of an NPZ file, or as one file each."
        )
    if len(clouds) > MOST_GENERATIONS:
        raise ValueError(f"There are {len(clouds):,} generations: give at most {MOST_GENERATIONS}.")
    widths = {cloud.shape[1] for cloud in clouds}
    if len(widths) > 1:
        raise ValueError(
            f"Generations have {min(widths)} to {max(widths)} values per point: "
            "all need the same number."
        )
    for number, cloud in enumerate(clouds):
        if len(cloud) < FEWEST:
            raise ValueError(
                f"Generation {number} has {len(cloud)} points: give at least {FEWEST} of each."
            )
    kept = min(MOST, *map(len, clouds))
    notes: tuple[str, ...] = ()
    if any(len(cloud) > kept for cloud in clouds):
        notes = (f"Of each generation {kept:,} points are used, drawn at random.",)
    return OwnClouds(tuple(thinned(cloud, kept, 1) for cloud in clouds), notes)


def _place(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts names in order, with their numbers as numbers."""
    parts = re.split(r"([0-9]{1,15})", name)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _clouds_of(content: bytes, name: str) -> list[Array]:
    """Return the clouds of one file."""
    if len(content) > LARGEST_FILE:
        raise ValueError(
            f"{name} has {len(content) / 1e6:.0f} MB: at most {LARGEST_FILE // 10**6} MB are read. "
            "Keep fewer points, or fewer values."
        )
    if content[:2] == b"PK":
        return _arrays(content, name)
    return _table(read_plain_text(content, LARGEST_FILE), name)


def _arrays(content: bytes, name: str) -> list[Array]:
    """Return the arrays of an NPZ file; what they unpack to is known before it is done."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(item.file_size for item in packed.infolist())
        if size > 10 * LARGEST_FILE:
            raise ValueError(
                f"{name} unpacks to {size / 1e6:,.0f} MB: at most {LARGEST_FILE // 10**5} MB are "
                "read. Keep fewer points."
            )
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            found = [arrays[key] for key in sorted(arrays.files, key=_place)]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, NotImplementedError):
        raise ValueError(f"{name} is no NPZ file that can be read: save it anew.") from None
    except ValueError as error:
        if str(error).startswith(name):
            raise
        raise ValueError(
            f"{name} holds something else than numbers: save arrays of numbers alone."
        ) from None
    return [_numbers(array, name) for array in found]


def _numbers(array: NDArray[np.generic], name: str) -> Array:
    if array.ndim != 2 or array.dtype.kind not in "iuf" or array.shape[1] > MOST_VALUES:
        raise ValueError(
            f"{name} holds an array of shape {array.shape}: give one row of numbers for each "
            f"point, with at most {MOST_VALUES:,} numbers."
        )
    rows = array.astype(np.float64)
    if not np.all(np.abs(rows) <= LARGEST):
        raise ValueError(
            f"{name} holds NaN or infinite numbers, or some beyond {LARGEST:g}: "
            "take those rows out."
        )
    return rows


def _table(text: str, name: str) -> list[Array]:
    """Return the clouds of a CSV file."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    lines = list(csv.reader(io.StringIO(text), delimiter=separator))
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines:
        raise ValueError(f"{name} is empty: give a row of numbers for each point.")
    header = [cell.strip().casefold() for cell in lines[0]]
    place = header.index(COLUMN) if COLUMN in header else None
    if place is not None or not _is_number(lines[0][0]):
        lines = lines[1:]
    try:
        rows = np.array([[float(cell) for cell in line] for line in lines], dtype=np.float64)
    except ValueError:
        raise ValueError(_what_is_wrong(lines, name)) from None
    rows = _numbers(rows, name) if rows.size else rows.reshape(0, 1)
    if place is None:
        return [rows]
    told, values = rows[:, place], np.delete(rows, place, axis=1)
    if not values.size:
        raise ValueError(f"{name} has no numbers beside its column “{COLUMN}”: add them.")
    return [values[told == number] for number in np.unique(told)]


def _what_is_wrong(lines: list[list[str]], name: str) -> str:
    """Return what keeps a table from being one of numbers."""
    for number, line in enumerate(lines, start=1):
        if len(line) != len(lines[0]):
            return (
                f"Row {number} of {name} has {len(line)} cells and the first one "
                f"{len(lines[0])}: all need the same number."
            )
        for cell in line:
            if not _is_number(cell):
                return (
                    f"Row {number} of {name} holds “{quoted(cell, 30)}”, which is no number: "
                    "keep numbers alone, with a point for the decimals."
                )
    return f"{name} is no table of numbers: give a row of numbers for each point."


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
