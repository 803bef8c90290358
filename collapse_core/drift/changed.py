"""Which rows changed most: real ones that are made no more, and made ones that are like none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_numbers, check_whole_number
from collapse_core.measures.neighbours import radii_of, squares_between
from collapse_core.models.principal_axes import check_rows

__all__ = ["ChangedRows", "most_changed"]

MOST_ROWS = 5000  # of each, whose distances to all others are held at once


class ChangedRows(NamedTuple):
    """Rows that changed most, the farthest first.

    Parameters
    ----------
    lost : ndarray of int
        Places of real rows, by how far the nearest made row is.
    lost_by : ndarray
        That distance, in distances to the fifth nearest real row: above 1 it is not covered.
    strange : ndarray of int
        Places of made rows, by how far the nearest real row is.
    strange_by : ndarray
        That distance, in distances of that real row to its own fifth nearest.
    """

    lost: NDArray[np.int64]
    lost_by: NDArray[np.float64]
    strange: NDArray[np.int64]
    strange_by: NDArray[np.float64]


def most_changed(real: ArrayLike, made: ArrayLike, count: int = 10) -> ChangedRows:
    """Return the rows of two generations that have changed most.

    Parameters
    ----------
    real, made : array_like, shape (n, d)
        At most 5,000 rows of each.
    count : int
        How many of each, at least 1; fewer where there are not so many.

    Raises
    ------
    ValueError
        If the rows are no finite numbers, not as wide as each other, or too many.
    """
    first = check_numbers("real", check_rows(real, name="real"))
    second = check_rows(check_rows(made, name="made"), first.shape[1], "made")
    second = check_numbers("made", second)
    count = check_whole_number("count", count, 1)
    for name, rows in (("real", first), ("made", second)):
        if len(rows) > MOST_ROWS:
            raise ValueError(
                f"{name} has {len(rows):,} rows: give at most {MOST_ROWS:,}, drawn at random."
            )
    reach = radii_of(squares_between(first, first))
    across = squares_between(second, first)
    nearest = across.argmin(axis=1)
    lost = _ratios(across.min(axis=0), reach)
    strange = _ratios(across.min(axis=1), reach[nearest])
    one, other = (np.argsort(-each, kind="stable")[:count] for each in (lost, strange))
    return ChangedRows(one, lost[one], other, strange[other])


def _ratios(squares: NDArray[np.float64], reach: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return distances by reaches; where a row has copies, by the smallest reach of all others."""
    some = reach[reach > 0.0]
    least = float(some.min()) if len(some) else 1.0
    return np.asarray(np.sqrt(squares / np.maximum(reach, least)))
