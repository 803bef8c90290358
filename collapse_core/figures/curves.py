"""What a figure draws over its clock, in numbers: a table of it is then the same by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from re import sub
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Curve", "with_curves"]

Array = NDArray[np.float64]

ALIKE = 1e-6  # relative; a figure keeps 24 bits of a number


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve that is drawn over the ticks of a clock.

    Parameters
    ----------
    panel, name : str
        Words above its panel, and its own.
    x, y : ndarray, shape (points,)
        Ticks and values, as they are before an axis places them.
    """

    panel: str
    name: str
    x: Array
    y: Array

    @property
    def heading(self) -> str:
        """Words above its column: of the panel and of the curve, where they are not the same."""
        panel, name = (unescape(sub("<[^>]*>", " ", words)) for words in (self.panel, self.name))
        return name if panel in ("", name) else f"{panel}: {name}"

    def along(self, ticks: int) -> Array | None:
        """Return its value at each tick, nan where it has none; None if it is no course.

        A course has one value at a tick. What joins two of more than two ticks, or has one value
        at both of two, only marks a level.

        Parameters
        ----------
        ticks : int
            How many, from 0.
        """
        known = self.x.size > 1 and bool(np.isfinite(self.x).all())
        if not known or (np.diff(self.x) <= 0).any() or (self.x != np.floor(self.x)).any():
            return None
        if self.x.size == 2 and (ticks > 2 or self.y[0] == self.y[1]):
            return None
        inside = (self.x >= 0) & (self.x < ticks)
        values = np.full(ticks, np.nan)
        values[self.x[inside].astype(int)] = self.y[inside]
        return values


def with_curves(columns: Mapping[str, Any], curves: Sequence[Curve]) -> dict[str, Any]:
    """Return a table over the ticks of a clock, with each curve of a figure that it has not yet.

    Parameters
    ----------
    columns : mapping
        Columns of equal length by their heading, None where nothing is known. Only if the first
        counts from 0 is anything added.
    curves : sequence of Curve
        What the figure draws. One of them is told by a column that has its very numbers; each
        column tells one.
    """
    table = dict(columns)
    first = next((values for values in table.values() if values is not None), ())
    ticks = list(first)
    if not ticks or ticks != list(range(len(ticks))):
        return table
    free = [found for values in list(table.values())[1:] if (found := _numbers(values)) is not None]
    for curve in curves:
        values = curve.along(len(ticks))
        if values is None or not np.isfinite(values).any():
            continue
        at = next((n for n, told in enumerate(free) if _same(told, values)), None)
        if at is None:
            table[_unused(curve.heading, table)] = values
        else:
            free.pop(at)
    return table


def _numbers(values: Any) -> Array | None:
    """Return a column as numbers, None if it is one of words or unknown."""
    if values is None or any(isinstance(value, str) for value in values):
        return None
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _same(column: Array, curve: Array) -> bool:
    """Return whether a column has every number of a curve; it may have more, at other ticks."""
    drawn = np.isfinite(curve)
    return bool(np.allclose(column[drawn], curve[drawn], rtol=ALIKE, atol=0.0))


def _unused(heading: str, table: Mapping[str, Any]) -> str:
    number, name = 1, heading
    while name in table:
        number += 1
        name = f"{heading} ({number})"
    return name
