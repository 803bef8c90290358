"""What a figure draws, in numbers: tables of it are then the same by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from re import sub
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Curve", "Reads", "Standing", "standing_tables", "with_curves"]

Array = NDArray[np.float64]
Reads = Callable[[Array], Array]

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
        panel, name = _plain(self.panel), _plain(self.name)
        return name if panel in ("", name) else f"{panel}: {name}"

    def along(self, ticks: int) -> Array | None:
        """Return its value at each tick, nan where it has none; None if it is no course.

        A course has one value at a tick. Two points with a gap between them, or of one height,
        only mark a level.

        Parameters
        ----------
        ticks : int
            How many, from 0.
        """
        known = self.x.size > 1 and bool(np.isfinite(self.x).all())
        if not known or (np.diff(self.x) <= 0).any() or (self.x != np.floor(self.x)).any():
            return None
        if self.x.size == 2 and (np.diff(self.x)[0] > 1 or self.y[0] == self.y[1]):
            return None
        inside = (self.x >= 0) & (self.x < ticks)
        values = np.full(ticks, np.nan)
        values[self.x[inside].astype(int)] = self.y[inside]
        return values


@dataclass(frozen=True, eq=False)
class Standing:
    """What is drawn in a panel that has another axis than the clock's.

    Parameters
    ----------
    panel, across, name : str
        Words above the panel, under its horizontal axis, and its own.
    x, y : ndarray, shape (points,)
        Places across, and values.
    changes : sequence of dict
        Its ``x`` and ``y`` at each tick, where they move.
    floor : float
        What is drawn there or below stands for 0.
    reads : callable, optional
        From a place across to what the axis says there.
    """

    panel: str
    across: str
    name: str
    x: Array
    y: Array
    changes: Sequence[Mapping[str, Any]] = ()
    floor: float = -np.inf
    reads: Reads | None = None

    def at(self, tick: int) -> tuple[Array, Array]:
        """Return the points as they stand at a tick, without those that are not drawn."""
        moved = self.changes[min(tick, len(self.changes) - 1)] if self.changes else {}
        x, y = (np.asarray(moved.get(side, old), float) for side, old in self._sides())
        y = np.where(y <= self.floor * (1.0 + ALIKE), 0.0, y) if self.floor > 0.0 else y
        x = x if self.reads is None else self.reads(x)
        seen = np.isfinite(x) & np.isfinite(y)
        return x[seen], y[seen]

    def _sides(self) -> tuple[tuple[str, Array], tuple[str, Array]]:
        return ("x", self.x), ("y", self.y)


def standing_tables(
    drawn: Sequence[Standing], tick: int, curve: str, across: str
) -> dict[str, dict[str, Any]]:
    """Return a table for each panel without a clock, at a tick: a row for each point.

    Parameters
    ----------
    drawn : sequence of Standing
        What stands in the panels.
    tick : int
        Where the clock stands.
    curve, across : str
        Headings of the names, and of the horizontal axis where nothing stands under it.

    Returns
    -------
    dict
        Columns by the words above their panel: names, places across, values.
    """
    tables: dict[str, dict[str, Any]] = {}
    for one in drawn:
        x, y = one.at(tick)
        title, below = _plain(one.panel), _plain(one.across) or across
        table = tables.setdefault(title, {curve: [], below: [], title: []})
        columns: list[list[Any]] = [[_plain(one.name)] * x.size, x.tolist(), y.tolist()]
        for heading, cells in zip(table, columns, strict=True):
            table[heading] += cells
    return {title: table for title, table in tables.items() if table[curve]}


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
        if curve.heading in table and _same(_numbers(table[curve.heading]), values):
            continue  # drawn in several panels
        at = next((n for n, told in enumerate(free) if _same(told, values)), None)
        if at is None:
            table[_unused(curve.heading, table)] = values
        else:
            free.pop(at)
    return table


def _plain(words: str) -> str:
    """Return words without what Plotly takes for markup."""
    return " ".join(unescape(sub("<[^>]*>", " ", words)).split())


def _numbers(values: Any) -> Array | None:
    """Return a column as numbers, None if it is one of words or unknown."""
    if values is None or any(isinstance(value, str) for value in values):
        return None
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _same(column: Array | None, curve: Array) -> bool:
    """Return whether a column has every number of a curve; it may have more, at other ticks."""
    drawn = np.isfinite(curve)
    return column is not None and bool(
        np.allclose(column[drawn], curve[drawn], rtol=ALIKE, atol=0.0)
    )


def _unused(heading: str, table: Mapping[str, Any]) -> str:
    number, name = 1, heading
    while name in table:
        number += 1
        name = f"{heading} ({number})"
    return name
