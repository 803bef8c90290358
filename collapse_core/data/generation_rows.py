"""Rows of numbers that were read from one file, with what it says of each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks.numbers import LARGEST
from collapse_core.lessons.messages import RefusedError

__all__ = ["MOST_NUMBERS", "MOST_VALUES", "GenerationRows", "checked_rows", "whole_generations"]

Array = NDArray[np.float64]

MOST_VALUES = 1000  # of a row
MOST_NUMBERS = 10_000_000  # of all rows together: 80 MB in memory
LARGEST_GENERATION = 1_000_000


@dataclass(frozen=True, eq=False)
class GenerationRows:
    """Rows of one file.

    Parameters
    ----------
    values : ndarray, shape (rows, values)
        The numbers.
    told : ndarray of int, shape (rows,), optional
        The generation of each row; None where the file does not say.
    labels : ndarray of str, shape (rows,), optional
        What each row is called.
    columns : tuple of str
        Names of the values; empty where the file has none.
    notes : tuple of str
        Sentences on what was left out.
    """

    values: Array = field(repr=False)
    told: NDArray[np.int64] | None = None
    labels: NDArray[np.str_] | None = None
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def checked_rows(rows: NDArray[np.generic], name: str, first: int = 1) -> Array:
    """Return rows as finite numbers.

    Parameters
    ----------
    rows : ndarray
        What was read.
    name : str
        Of the file, for messages.
    first : int
        Number of the first row, as a reader counts them.

    Raises
    ------
    ValueError
        If they are no table of finite numbers.
    """
    if rows.ndim != 2 or rows.dtype.kind not in "iuf":
        raise RefusedError("rows", "shape", name=name, shape=str(rows.shape), kind=str(rows.dtype))
    if not 1 <= rows.shape[1] <= MOST_VALUES:
        raise RefusedError("rows", "width", name=name, width=rows.shape[1], most=MOST_VALUES)
    found = rows.astype(np.float64, copy=False)
    # No second array of this size is made unless something is wrong.
    if found.size and not (found.min() >= -LARGEST and found.max() <= LARGEST):
        row, column = (int(place) for place in np.argwhere(~(np.abs(found) <= LARGEST))[0])
        told = {"row": row + first, "name": name, "most": LARGEST, "column": column + 1}
        raise RefusedError("rows", "not_finite", **told)
    return found


def whole_generations(told: NDArray[np.generic], name: str) -> NDArray[np.int64]:
    """Return the generation of each row as a whole number.

    Raises
    ------
    ValueError
        If one is none; the message names the row.
    """
    numbers = np.asarray(told, dtype=np.float64)
    fits = (numbers == np.floor(numbers)) & (numbers >= 0) & (numbers <= LARGEST_GENERATION)
    if not fits.all():
        row = int(np.flatnonzero(~fits)[0])
        given = {"row": row + 1, "generation": float(numbers[row]), "most": LARGEST_GENERATION}
        raise RefusedError("rows", "generation", name=name, **given)
    return numbers.astype(np.int64)
