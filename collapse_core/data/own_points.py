"""Points in the plane that a learner pastes: two numbers on each line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_text
from collapse_core.data.planar import HELD_OUT, LIMITS, Modes, PlanarSource
from collapse_core.data.sources import RowTable
from collapse_core.lessons.messages import Message, RefusedError
from collapse_core.reading.lines import Line, cells_of, read_lines
from collapse_core.reading.written_number import (
    WrittenNumber,
    decimal_mark,
    is_endless,
    written_number,
)
from collapse_core.streams import generator

__all__ = ["EXAMPLE", "FEWEST_POINTS", "LONGEST_TEXT", "MOST_POINTS", "OwnPoints", "pasted_points"]

Array = NDArray[np.float64]

FEWEST_POINTS, MOST_POINTS = 10, 5000
LONGEST_TEXT = 200_000  # bytes
LARGEST_VALUE = 1e12
GROUPS = 8
INSIDE = 0.8  # share of the picture that the points fill
SPLITTING_SEED = 20_021
LONGEST_LINE = 300
_SEPARATORS = (";", "\t", ",", "")
_TRIED = 50  # lines that tell what is between the numbers
_REMEDY = Message("points", "remedy")


def _heart() -> str:
    angles = [2.0 * math.pi * number / 200 for number in range(200)]
    pairs = (
        (16 * math.sin(a) ** 3,
         13 * math.cos(a) - 5 * math.cos(2 * a) - 2 * math.cos(3 * a) - math.cos(4 * a))
        for a in angles
    )  # fmt: skip
    return "\n".join(["x, y", *(f"{x:.2f}, {y:.2f}" for x, y in pairs)])


EXAMPLE = _heart()


@dataclass(frozen=True, eq=False, repr=False)
class OwnPoints(RowTable, PlanarSource):
    """A finite table of points, moved and stretched so that it fills the picture.

    Each coordinate has a scale of its own, as the two columns may have different units. One point
    in five is held out. The modes are groups found by k-means, at most eight; a point belongs to a
    group if it is about as near to a point of it as these are to each other.

    Parameters
    ----------
    name : str
        What they are called.
    training, testing : ndarray, shape (points, 2)
        Points to train on, and points that are held out.
    notes : tuple of str
        Sentences about what was left out.
    """

    notes: tuple[str, ...] = ()

    @property
    def reference(self) -> Array:
        """All points."""
        return np.concatenate([self.training, self.testing])

    @property
    def modes(self) -> Modes:
        """Groups of points."""
        return _groups(self)

    @property
    def expected_shares(self) -> Array:
        """Share of all points in each group."""
        return self.modes.shares(self.reference)

    @property
    def held_out(self) -> Array:
        """Points that no model is trained on, at most 500."""
        rows: Array = self.testing[:HELD_OUT]
        return rows


def pasted_points(text: str) -> OwnPoints:
    """Return the points of a text of two columns.

    Parameters
    ----------
    text : str
        Two numbers per line, with a comma, a semicolon, a tab or spaces between them. Empty lines
        and a header line are skipped, lines that begin with ``#`` are comments. Unless there is a
        comma between the columns, the other numbers tell whether a comma or a point in a number is
        before its fraction or between thousands.

    Raises
    ------
    ValueError
        If a line is not two finite numbers, or there are too few or too many, or all are equal.
        The message names the line, the value and the remedy.
    """
    size = len(check_text("text", text).encode("utf-8", "replace"))
    if size > LONGEST_TEXT:
        raise RefusedError("points", "too_long", size=size, most=LONGEST_TEXT)
    points, notes = _columns(text)
    if not FEWEST_POINTS <= len(points) <= MOST_POINTS:
        raise _wrong_count(len(points))
    if not np.ptp(points, axis=0).any():
        first = ", ".join(f"{value:g}" for value in points[0])
        raise RefusedError("points", "all_equal", count=len(points), first=first)
    scaled = _fitted_to_the_picture(points)
    order = generator(SPLITTING_SEED, 0, "held-out points").permutation(len(scaled))
    cut = len(scaled) // 5
    return OwnPoints("own points", scaled[order[cut:]], scaled[order[:cut]], notes)


def _fitted_to_the_picture(points: Array) -> Array:
    """Return points with each coordinate centred and as wide as the picture allows."""
    low, high = points.min(axis=0), points.max(axis=0)
    half = 0.5 * (high - low)
    half[half == 0.0] = 1.0
    return np.asarray(INSIDE * LIMITS[1] * (points - 0.5 * (low + high)) / half)


def _columns(text: str) -> tuple[Array, tuple[str, ...]]:
    """Return the points as they were written, and notes on what was left out."""
    found = read_lines(text)
    if not found.lines:
        raise RefusedError("points", "none", remedy=_REMEDY)
    separator = found.separator or _separator(found.lines)
    lines = found.lines
    if len(lines) > 1 and not any(_is_value(cell) for cell in _cells(lines[0].text, separator)):
        lines = lines[1:]
    if len(lines) > MOST_POINTS:
        raise _wrong_count(len(lines))
    numbers = [number for line in lines for number in _pair(line, separator)]
    decimal = "." if separator == "," else decimal_mark(numbers)
    unclear = [place for place, number in enumerate(numbers) if number.unclear]
    # If all can be read in two ways, both ways make the same picture.
    if decimal is None and len(unclear) < len(numbers):
        for place in unclear:
            told = {"line": lines[place // 2], "both": numbers[place].both()}
            raise RefusedError("points", "two_ways", **told)
    values = [number.value if decimal is None else number.read(decimal) for number in numbers]
    return np.array(values, dtype=np.float64).reshape(-1, 2), found.notes


def _separator(lines: Sequence[Line]) -> str:
    """Return what is between the two numbers of most of the first lines; nothing for spaces."""
    tried = [*lines[:_TRIED], lines[-1]]

    def fits(separator: str) -> int:
        rows = (_cells(line.text, separator) for line in tried)
        return sum(len(cells) == 2 and all(map(_is_value, cells)) for cells in rows)

    most = max(_SEPARATORS, key=fits)  # the first one where several fit alike
    if fits(most):
        return most
    return next((sign for sign in _SEPARATORS if sign and sign in lines[-1].text), "")


def _cells(line: str, separator: str) -> list[str]:
    """Return the cells of a line, of one that is too long its beginning."""
    if separator:
        return cells_of(line[:LONGEST_LINE], separator)
    return [cell.strip('"') for cell in line[:LONGEST_LINE].replace("\t", " ").split(" ") if cell]


def _is_value(cell: str) -> bool:
    """Return whether a cell is a number, an infinite one and NaN included."""
    return written_number(cell) is not None or is_endless(cell)


def _pair(line: Line, separator: str) -> tuple[WrittenNumber, WrittenNumber]:
    cells = _cells(line.text, separator)
    if len(cells) != 2:
        raise RefusedError("points", "columns", line=line, count=len(cells), remedy=_REMEDY)
    return _number(line, cells[0]), _number(line, cells[1])


def _number(line: Line, cell: str) -> WrittenNumber:
    shown = Line(line.number, cell)
    if is_endless(cell):
        raise RefusedError("points", "not_finite", line=shown)
    number = written_number(cell)
    if number is None:
        raise RefusedError("points", "no_number", line=shown, remedy=_REMEDY)
    if not abs(number.value) <= LARGEST_VALUE:
        raise RefusedError("points", "out_of_range", line=shown, most=LARGEST_VALUE)
    return number


def _wrong_count(count: int) -> ValueError:
    name = "too_few" if count < FEWEST_POINTS else "too_many"
    return RefusedError("points", name, count=count, least=FEWEST_POINTS, most=MOST_POINTS)


@lru_cache(maxsize=8)
def _groups(points: OwnPoints) -> Modes:
    """Return groups of points by k-means, marked by some of the points themselves."""
    from scipy.cluster.vq import kmeans2

    rng = generator(SPLITTING_SEED, 0, "groups of points")
    rows = points.training[:HELD_OUT]
    count = min(GROUPS, len(np.unique(rows, axis=0)))
    _, labels = kmeans2(rows, count, minit="++", rng=rng, missing="warn")
    kept, owner = np.unique(labels, return_inverse=True)
    apart = np.sqrt(np.square(rows[:, None] - rows).sum(axis=2))
    apart[owner[:, None] != owner] = np.inf
    np.fill_diagonal(apart, np.inf)
    nearest = np.where(np.isfinite(apart.min(axis=1)), apart.min(axis=1), 0.0)
    # Twice the usual distance to a neighbour: a new draw of the same data falls within it.
    usual = [np.quantile(nearest[owner == group], 0.9) for group in range(len(kept))]
    reach = np.maximum(2.0 * np.array(usual), 0.05)[owner]
    return Modes(rows, owner.astype(np.int64), reach)
