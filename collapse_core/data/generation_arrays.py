"""Arrays of numbers in an NPZ or NPY file: what they need in memory is known before they are read.

Nothing is unpickled, and nothing is unpacked beyond what is allowed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import IO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from collapse_core.checks import check_bytes, check_text
from collapse_core.data.generation_rows import (
    MOST_NUMBERS,
    GenerationRows,
    checked_rows,
    whole_generations,
)
from collapse_core.lessons.messages import RefusedError
from collapse_core.reading.quoted import quoted

__all__ = ["read_arrays", "rows_of_arrays"]

Arrays = Mapping[str, NDArray[np.generic]]

MOST_BYTES = 8 * MOST_NUMBERS
MOST_ARRAYS = 300
MOST_HEADER = 10_000
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those of numpy; others take any memory
DAMAGED = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, NotImplementedError, RuntimeError,
    ValueError, TypeError, SyntaxError, MemoryError, OverflowError, IndexError,
)  # fmt: skip


def read_arrays(content: bytes, name: str) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a file by their names, as they are stored.

    Parameters
    ----------
    content : bytes
        An NPZ file, or an NPY file, whose one array has the file's name.
    name : str
        Of the file, for messages.

    Raises
    ------
    ValueError
        If it is none, holds something else than plain arrays, or is too large when unpacked.
    """
    content, name = check_bytes("content", content), check_text("name", name)
    stream = io.BytesIO(content)
    try:
        if content[:2] != b"PK":
            return {name: _array(stream, name, MOST_BYTES)}
        with zipfile.ZipFile(stream) as packed:
            return _unpacked(packed, name)
    except RefusedError:
        raise
    except DAMAGED:
        raise RefusedError("arrays", "damaged", name=name) from None


def _unpacked(packed: zipfile.ZipFile, name: str) -> dict[str, NDArray[np.generic]]:
    items = packed.infolist()
    if any(item.filename.startswith(("xl/", "[Content_Types]")) for item in items):
        raise RefusedError("arrays", "workbook", name=name)
    if len(items) > MOST_ARRAYS or any(item.compress_type not in PACKINGS for item in items):
        raise RefusedError("arrays", "packed", name=name, most=MOST_ARRAYS)
    size = sum(item.file_size for item in items)
    if size > MOST_BYTES + MOST_HEADER * len(items):
        most = MOST_BYTES // 10**6
        raise RefusedError("arrays", "too_large", name=name, size=size / 1e6, most=most)
    found: dict[str, NDArray[np.generic]] = {}
    left = MOST_BYTES
    for item in items:
        with packed.open(item) as member:
            array = _array(member, name, left)
        left -= array.size * 8
        found[item.filename.removesuffix(".npy")] = array
    return found


def _array(stream: IO[bytes], name: str, most: int) -> NDArray[np.generic]:
    """Return one array; its header is read before memory is asked for."""
    version = npy.read_magic(stream)
    if version == (1, 0):
        shape, fortran, dtype = npy.read_array_header_1_0(stream, MOST_HEADER)
    else:
        shape, fortran, dtype = npy.read_array_header_2_0(stream, MOST_HEADER)
    if dtype.hasobject:
        raise RefusedError("arrays", "objects", name=name)
    count = 1
    for side in shape:
        count *= int(side)
    size = count * max(8, dtype.itemsize)
    if count < 0 or size > most:
        raise RefusedError("arrays", "far_too_large", name=name, most=MOST_BYTES // 10**6)
    data = stream.read(count * dtype.itemsize + 1)
    if len(data) != count * dtype.itemsize:
        raise ValueError("another length than its header says")
    array = np.frombuffer(data, dtype=dtype, count=count)
    return array.reshape(shape, order="F" if fortran else "C")


def rows_of_arrays(arrays: Arrays, name: str) -> list[GenerationRows]:
    """Return the rows of arrays: one array for each generation, or one with their generations.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        In their order. An array "generation" with one number for each row tells the rows of one
        other array apart; "labels" may name them.
    name : str
        Of the file, for messages.

    Raises
    ------
    ValueError
        If they are something else.
    """
    keys = {key.casefold(): key for key in arrays}
    place = next((keys[key] for key in ("generation", "generations", "gen") if key in keys), None)
    named = next((keys[key] for key in ("labels", "label") if key in keys), None)
    values = {key: each for key, each in arrays.items() if key not in (place, named)}
    if place is None and named is None:
        return [GenerationRows(checked_rows(each, name)) for each in values.values()]
    if place is None or len(values) != 1:
        key = quoted(str(place or named), 30)
        raise RefusedError("arrays", "beside", name=name, count=len(values), key=key)
    rows = checked_rows(next(iter(values.values())), name)
    told = _of_each(arrays[place], len(rows), name, place, "iuf")
    labels = None if named is None else _of_each(arrays[named], len(rows), name, named, "iufUSb")
    return [
        GenerationRows(
            rows,
            whole_generations(told, name),
            None if labels is None else labels.astype(np.str_),
        )
    ]


def _of_each(
    array: NDArray[np.generic], rows: int, name: str, key: str, kinds: str
) -> NDArray[np.generic]:
    if array.shape not in ((rows,), (rows, 1)) or array.dtype.kind not in kinds:
        told = {"shape": str(array.shape), "kind": str(array.dtype), "rows": rows}
        raise RefusedError("arrays", "not_for_each", name=name, key=quoted(key, 30), **told)
    return array.reshape(-1)
