"""What neighbours say of a pair of samples, and what chance alone would make them say.

The chance is that of the pair permuted. The neighbours of each row are found once; a permutation
then only asks on which side they are.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from collapse_core.drift.axes import PairAxes
from collapse_core.drift.rows import Sample
from collapse_core.measures.neighbours import (
    NEIGHBOURS_OF_FOUR,
    coverage_of_equal_laws,
    measures_of_squares,
    radii_of,
    squares_between,
)

__all__ = ["TAIL", "Chance", "Nearby", "nearby"]

Array = NDArray[np.float64]
Sides = NDArray[np.bool_]

TAIL = 0.1  # of the real rows: those farthest out
SHUFFLES = 39
FEWEST_NEIGHBOURS = 48  # that are looked at around each row


class Chance(NamedTuple):
    """What chance makes of a measure: its average, and where 90 of 100 permutations lie."""

    average: float
    low: float
    high: float


class Nearby(NamedTuple):
    """What neighbours say of a made sample, with what chance makes of each.

    Parameters
    ----------
    precision, recall, density, coverage : float
        See `collapse_core.measures.neighbours`.
    tail_coverage : float
        Coverage of the tenth of the real rows that lie farthest out along the axes of the pair.
    chance : dict of str to Chance
        Of each of these.
    equal_laws : float
        Coverage of two samples of one law of these sizes, on average, exactly.
    rows : tuple of int
        Real and made rows that were looked at, at most 1,000 of each.
    """

    precision: float
    recall: float
    density: float
    coverage: float
    tail_coverage: float
    chance: dict[str, Chance]
    equal_laws: float
    rows: tuple[int, int]


def nearby(real: Sample, made: Sample, axes: PairAxes, rng: np.random.Generator) -> Nearby:
    """Return what neighbours say of a pair.

    Parameters
    ----------
    real, made : Sample
        Their drawn rows are used.
    axes : PairAxes
        Of the pair; only the tail is found with them.
    rng : numpy.random.Generator
        Permutes.
    """
    first, second = real.tested, made.tested
    both = np.vstack([first, second])
    far, squares, count = _far(both, axes), squares_between(both, both), len(first)
    within, across = squares[:count, :count], squares[count:, :count]
    four = measures_of_squares(within, squares[count:, count:], across)
    covered = (across.min(axis=0) <= radii_of(within)) & bool(within.any())
    tail = float(covered[_in_the_tail(far[:count])].mean())
    shuffled = _shuffled(squares, far, real, made, rng)
    names = (*four._fields, "tail_coverage")
    chance = {
        name: Chance(float(values.mean()), *map(float, np.quantile(values, (0.05, 0.95))))
        for name, values in zip(names, shuffled.T, strict=True)
    }
    equal = coverage_of_equal_laws(len(first), len(second))
    return Nearby(*four, tail, chance, equal, (len(first), len(second)))


def _far(rows: Array, axes: PairAxes) -> Array:
    """Return how far out each row lies: its Mahalanobis distance, squared, along the axes."""
    axes = axes.tested()
    used = axes.variances > 1e-12 * max(float(axes.variances.max()), 1e-300)
    places = (rows - axes.middle) @ axes.axes[:, used]
    return np.asarray(np.square(places / np.sqrt(axes.variances[used])).sum(axis=1))


def _in_the_tail(far: Array) -> Sides:
    count = max(1, round(TAIL * len(far)))
    found = np.zeros(len(far), dtype=bool)
    found[np.argpartition(far, len(far) - count)[len(far) - count :]] = True
    return found


def _shuffled(
    squares: Array, far: Array, real: Sample, made: Sample, rng: np.random.Generator
) -> Array:
    """Return the five measures of each permutation, shape (permutations, 5)."""
    units = np.concatenate([real.groups, real.units + made.groups])
    first = np.arange(real.units + made.units) < real.units
    share = min(real.units, made.units) / len(first)
    looked_at = max(FEWEST_NEIGHBOURS, round(6 * NEIGHBOURS_OF_FOUR / share))
    nearest = _nearest(squares, looked_at)
    return np.array([_five(nearest, far, rng.permutation(first)[units]) for _ in range(SHUFFLES)])


def _nearest(squares: Array, count: int) -> NDArray[np.int64]:
    """Return the places of the nearest others of each row, in their order."""
    squares = squares.astype(np.float32)
    np.fill_diagonal(squares, np.inf)
    count = min(count, len(squares) - 1)
    found = np.argpartition(squares, count - 1, axis=1)[:, :count]
    order = np.argsort(np.take_along_axis(squares, found, axis=1), axis=1)
    return np.asarray(np.take_along_axis(found, order, axis=1))


def _five(nearest: NDArray[np.int64], far: Array, real: Sides) -> list[float]:
    """Return the five measures if these rows are the real ones."""
    same = real[nearest] == real[:, np.newaxis]
    inside = np.cumsum(same, axis=1, dtype=np.int16) - same < NEIGHBOURS_OF_FOUR
    others = inside & ~same
    held = others.any(axis=1)
    reached = [np.zeros(len(real), dtype=bool) for _ in range(2)]
    for found, side in zip(reached, (real, ~real), strict=True):
        found[nearest[side][others[side]]] = True
    return [
        float(reached[0][~real].mean()),
        float(reached[1][real].mean()),
        float(others[real].sum()) / (NEIGHBOURS_OF_FOUR * np.count_nonzero(~real)),
        float(held[real].mean()),
        float(held[real][_in_the_tail(far[real])].mean()),
    ]
