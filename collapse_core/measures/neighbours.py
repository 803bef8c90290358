"""How far a made sample covers a real one, and the reverse, by balls around the rows of each.

A ball reaches from a row to one of its nearest neighbours in the same sample. Rows at exactly that
distance count as inside it, so that repeated rows cover each other; but a real sample without any
spread has no neighbourhoods: nothing is said to be like it, and all four measures are 0.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_numbers, check_whole_number
from collapse_core.models.principal_axes import check_rows

__all__ = [
    "NeighbourMeasures",
    "PrecisionRecall",
    "coverage_of_equal_laws",
    "measures_of_squares",
    "neighbour_measures",
    "precision_and_recall",
    "radii_of",
    "squares_between",
]

Array = NDArray[np.float64]

NEIGHBOURS = 3
NEIGHBOURS_OF_FOUR = 5  # as in the paper on density and coverage
BY_DIFFERENCES = 8  # columns; with more, products are far faster
AT_ONCE = 128  # rows, which stay in the processor's cache
EQUAL = 1e-12  # of the squared lengths: products cannot tell such rows apart


class PrecisionRecall(NamedTuple):
    """Share of made points that look real, and share of real points that are still made."""

    precision: float
    recall: float


class NeighbourMeasures(NamedTuple):
    """Precision, recall, density and coverage of a made sample.

    Precision and recall are those of `precision_and_recall`. Density is how many real balls hold a
    made row, on average, divided by the neighbours a ball reaches: 1 for equal laws. Coverage is
    the share of real balls that hold a made row.
    """

    precision: float
    recall: float
    density: float
    coverage: float


def precision_and_recall(real: Array, made: Array, neighbours: int = NEIGHBOURS) -> PrecisionRecall:
    """Return precision and recall for distributions.

    A point is covered by a sample if it is within the ball around one of its points that reaches
    that point's third nearest neighbour. Precision is the share of made points that the real sample
    covers, recall the share of real points that the made sample covers. Two samples of the same law
    do not quite reach 1: with 500 points in the plane both are about 0.97.

    Source: Kynkaanniemi et al. 2019, "Improved precision and recall metric for assessing generative
    models". There the points are features of a network.

    Parameters
    ----------
    real, made : ndarray, shape (n, d)
        Samples, best of equal size.
    neighbours : int
        Which neighbour a ball reaches, from 1; the last one where there are fewer.
    """
    four = neighbour_measures(real, made, neighbours)
    return PrecisionRecall(four.precision, four.recall)


def neighbour_measures(
    real: Array, made: Array, neighbours: int = NEIGHBOURS_OF_FOUR
) -> NeighbourMeasures:
    """Return precision, recall, density and coverage of a made sample.

    The time grows as the square of the number of rows: 1,000 of each take a tenth of a second.

    Source: Naeem et al. 2020, "Reliable fidelity and diversity metrics for generative models"; as
    in their package prdc, but for ties (see the module).

    Parameters
    ----------
    real, made : ndarray, shape (n, d)
        Samples, each with at least one row. The real one is the first, as in prdc.
    neighbours : int
        Which neighbour a ball reaches, from 1; the last one where there are fewer.

    Raises
    ------
    ValueError
        If the rows are no finite numbers, or not as wide as each other.
    """
    real = check_numbers("real", check_rows(real, name="real"))
    made = check_rows(check_rows(made, name="made"), real.shape[1], "made")
    made = check_numbers("made", made)
    neighbours = check_whole_number("neighbours", neighbours, 1)
    within = squares_between(real, real), squares_between(made, made)
    return measures_of_squares(*within, squares_between(made, real), neighbours)


def measures_of_squares(
    real: Array, made: Array, across: Array, neighbours: int = NEIGHBOURS_OF_FOUR
) -> NeighbourMeasures:
    """Return the same from squared distances.

    Parameters
    ----------
    real, made : ndarray, shape (N, N) and (M, M)
        Within each sample.
    across : ndarray, shape (M, N)
        From the made rows to the real ones.
    neighbours : int
        As for `neighbour_measures`.
    """
    if len(real) > 1 and not real.any():
        return NeighbourMeasures(0.0, 0.0, 0.0, 0.0)
    in_real = across <= radii_of(real, neighbours)
    in_made = across <= radii_of(made, neighbours)[:, None]
    reach = max(1, min(neighbours, len(real) - 1))
    return NeighbourMeasures(
        precision=float(in_real.any(axis=1).mean()),
        recall=float(in_made.any(axis=0).mean()),
        density=float(in_real.sum(axis=1).mean()) / reach,
        coverage=float(in_real.any(axis=0).mean()),
    )


def coverage_of_equal_laws(real: int, made: int, neighbours: int = NEIGHBOURS_OF_FOUR) -> float:
    """Return the average coverage of a made sample that has the law of the real one, exactly.

    1 - prod_{j=1..k} (N - j) / (N + M - j): a real row is not covered if its k nearest among all
    others are real. It holds for every continuous law, in every dimension.

    Source: Naeem et al. 2020, lemma 2.

    Parameters
    ----------
    real, made : int
        Rows N and M of each, at least 1.
    neighbours : int
        Which neighbour a ball reaches: k, at most N - 1.

    Raises
    ------
    ValueError
        If one of them is out of range.
    """
    real = check_whole_number("real", real, 2)
    made = check_whole_number("made", made, 1)
    neighbours = check_whole_number("neighbours", neighbours, 1, min(real - 1, 10**6))
    places = np.arange(1, neighbours + 1)
    return float(1.0 - np.prod((real - places) / (real + made - places)))


def squares_between(one: Array, other: Array) -> Array:
    """Return squared distances, shape (rows of one, rows of other); equal rows are exactly 0 apart.

    By differences for up to eight columns; beyond, by products around the mean of the second, where
    rows closer than a millionth of their distance from it count as equal.
    """
    if one.shape[1] <= BY_DIFFERENCES:
        return _by_differences(one, other)
    middle = other.mean(axis=0)
    one, other = one - middle, other - middle
    squares, far = np.empty((len(one), len(other))), np.square(other).sum(axis=1)
    for start in range(0, len(one), AT_ONCE):
        part = one[start : start + AT_ONCE]
        lengths = np.square(part).sum(axis=1)[:, None] + far
        found = (-2.0 * part) @ other.T + lengths
        squares[start : start + AT_ONCE] = np.where(found > EQUAL * lengths, found, 0.0)
    return squares


def _by_differences(one: Array, other: Array) -> Array:
    squares = np.zeros((len(one), len(other)))
    for column in range(one.shape[1]):
        apart = one[:, column, None] - other[:, column]
        squares += apart * apart
    return squares


def radii_of(squares: Array, neighbours: int = NEIGHBOURS_OF_FOUR) -> Array:
    """Return the squared distance of some rows to one of their nearest neighbours.

    Parameters
    ----------
    squares : ndarray, shape (any, n)
        Squared distances of rows of a sample to all its rows, themselves among them.
    neighbours : int
        Which neighbour; the last one where there are fewer.
    """
    place = min(neighbours, squares.shape[1] - 1)
    return np.asarray(np.partition(squares, place, axis=1)[:, place])
