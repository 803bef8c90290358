"""Which rows changed most: real ones that nothing is near to any more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_whole_number
from collapse_core.measures.neighbours import squares_between
from collapse_core.topics.early_warning.watched import Watched

__all__ = ["ChangedRow", "changed_rows"]

MOST_LOOKED_AT = 1000


@dataclass(frozen=True)
class ChangedRow:
    """A real row, and how far away the nearest row of a generation is.

    Parameters
    ----------
    row : int
        Its place among the real rows, from 1.
    label : str
        What it is called; empty without labels.
    nearest : float
        Distance to the nearest row of the generation.
    before : float
        Distance to the nearest other real row.
    values : tuple of float
        Its first values.
    """

    row: int
    label: str
    nearest: float
    before: float
    values: tuple[float, ...]


def changed_rows(found: Watched, t: int, most: int = 10) -> list[ChangedRow]:
    """Return the real rows that a generation has left farthest behind, the farthest first.

    At most 1,000 rows of each are looked at, the first ones.

    Parameters
    ----------
    found : Watched
        The history.
    t : int
        The generation.
    most : int
        How many rows, 1 to 1,000.
    """
    t = check_whole_number("t", t, 0, found.total)
    most = check_whole_number("most", most, 1, MOST_LOOKED_AT)
    real, made = found.real(t)[:MOST_LOOKED_AT], found.history.generations[t][:MOST_LOOKED_AT]
    among = squares_between(real, real)
    np.fill_diagonal(among, np.inf)
    before = np.sqrt(among.min(axis=1))
    if t == 0 and not found.history.references:
        nearest = before
    else:
        nearest = np.sqrt(squares_between(real, made).min(axis=1))
    labels: NDArray[np.str_] | None = None
    if found.history.labels is not None and not found.history.references:
        labels = found.history.labels[0]
    return [
        ChangedRow(
            int(place) + 1,
            "" if labels is None else str(labels[place]),
            float(nearest[place]),
            float(before[place]),
            tuple(float(value) for value in real[place, :3]),
        )
        for place in np.argsort(-nearest, kind="stable")[:most]
    ]
