"""In how many directions points differ: around each of them, and all together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_numbers, check_whole_number
from collapse_core.streams import LARGEST_SEED, generator

__all__ = [
    "NEIGHBOURS",
    "centred",
    "check_cloud",
    "distinct_places",
    "effective_dimension",
    "inverse_dimensions",
    "local_dimension",
    "neighbour_distances",
    "spread",
    "thinned",
]

Array = NDArray[np.float64]

NEIGHBOURS = 15
MOST_POINTS, MOST_VALUES = 20_000, 2_000
BLOCK = 128  # points whose distances are looked at together: they stay in the cache
FEW_VALUES = 8  # up to so many a tree finds neighbours faster
ROUNDING = float(np.finfo(np.float64).eps)


def local_dimension(points: ArrayLike, neighbours: int = NEIGHBOURS) -> float:
    """Return in how many directions points differ around each of them.

    Levina and Bickel's maximum likelihood (2004, NIPS 17) from the distances to the nearest
    neighbours; not the estimates of single points but their inverses are averaged, as MacKay and
    Ghahramani (2005) advise. Where collapse has made points equal (but for rounding) their distance
    0 would say dimension 0 for the whole cloud: equal ones count once.

    Parameters
    ----------
    points : array_like, shape (points, values)
        The cloud, more points than neighbours.
    neighbours : int
        k, how many are looked at, at least 3.

    Returns
    -------
    float
        0 for a cloud that lies on no more places than neighbours, such as a single one.

    Raises
    ------
    ValueError
        If the cloud is none or too small, or the number is out of range.
    """
    inverses = inverse_dimensions(points, neighbours)
    mean = float(inverses.mean()) if inverses.size else 0.0
    return 1.0 / mean if mean > 0.0 else 0.0


def inverse_dimensions(points: ArrayLike, neighbours: int = NEIGHBOURS) -> Array:
    """Return one over the local dimension at each place; empty if there are too few of them."""
    rows = check_cloud("points", points)
    neighbours = check_whole_number("neighbours", neighbours, 3, 1000)
    places = distinct_places(rows)
    if len(places) > 1 and len(rows) <= neighbours:
        raise ValueError(
            f"points has {len(rows)} rows, of which the {neighbours} nearest neighbours are asked "
            f"for: give at least {neighbours + 1}, or ask for fewer neighbours."
        )
    if len(places) <= neighbours:
        return np.empty(0)
    distances = neighbour_distances(places, neighbours)
    # Levina and Bickel divide by k - 1; by k - 2 it would be right on average for each point.
    logs = np.log(distances[:, -1:] / distances[:, :-1])
    return np.asarray(logs.sum(axis=1) / (neighbours - 1), dtype=np.float64)


def distinct_places(rows: Array) -> Array:
    """Return where the points of a cloud lie, each place once, centred and in units of its extent.

    Points that differ by rounding alone are at one place: turning a cloud must not part them.
    """
    off = centred(rows)
    extent = float(np.abs(off).max())
    least = 64.0 * ROUNDING * float(np.abs(rows).max())
    if extent <= least:
        return np.zeros((1, rows.shape[1]))
    # Equal points lie side by side along a direction that no two places share.
    along = off @ np.random.default_rng(1).standard_normal(rows.shape[1])
    off = off[np.argsort(along)]
    new = np.abs(np.diff(off, axis=0)).max(axis=1) > least
    return np.asarray(off[np.append(True, new)] / extent, dtype=np.float64)


def neighbour_distances(rows: Array, neighbours: int) -> Array:
    """Return the distances to the nearest others, shape (points, neighbours), nearest first."""
    if rows.shape[1] <= FEW_VALUES:
        from scipy.spatial import cKDTree

        found, _ = cKDTree(rows).query(rows, neighbours + 1)
        return np.asarray(found, dtype=np.float64)[:, 1:]
    off = centred(rows)
    squares = np.square(off).sum(axis=1)
    doubt = 16.0 * (rows.shape[1] + 4) * ROUNDING * float(squares.max())
    nearest = np.empty((len(rows), neighbours))
    for start in range(0, len(rows), BLOCK):
        part = off[start : start + BLOCK]
        # Products tell fast who may be near, and differences how near, as they lose no digits.
        apart = squares - 2.0 * part @ off.T
        apart[np.arange(len(part)), start + np.arange(len(part))] = np.inf
        near = apart <= _bound(apart, neighbours) + doubt
        nearest[start : start + BLOCK] = _exactly(part, off, near, neighbours, start)
    return nearest


def _bound(apart: Array, neighbours: int) -> Array:
    """Return for each row a number that as many values as neighbours do not exceed.

    The rank is looked for among the least of every few values, for speed.
    """
    width = 8 * neighbours
    least = apart[:, :width]
    for start in range(width, apart.shape[1] - width + 1, width):
        least = np.minimum(least, apart[:, start : start + width])
    return np.asarray(np.partition(least, neighbours - 1, axis=1)[:, neighbours - 1 : neighbours])


def _exactly(
    part: Array, off: Array, near: NDArray[np.bool_], neighbours: int, start: int
) -> Array:
    """Return the least distances from some points to those that may be near them, in order."""
    places = np.flatnonzero(near)
    if len(places) > 8 * neighbours * len(part):  # a tight group far out: all may be near
        from scipy.spatial.distance import cdist

        table = cdist(part, off)
        table[np.arange(len(part)), start + np.arange(len(part))] = np.inf
        return np.sort(np.partition(table, neighbours, axis=1)[:, :neighbours], axis=1)
    ours, theirs = np.divmod(places, len(off))
    counts = np.bincount(ours)
    table = np.full((len(part), int(counts.max())), np.inf)
    column = np.arange(len(ours)) - np.repeat(np.cumsum(counts) - counts, counts)
    table[ours, column] = np.square(part[ours] - off[theirs]).sum(axis=1)
    return np.sqrt(np.sort(table, axis=1)[:, :neighbours])


def effective_dimension(points: ArrayLike) -> float:
    """Return in how many directions a cloud is spread as a whole; 0 for a single place.

    The participation ratio (tr S)^2 / tr S^2 of its covariance S: d equal directions give d.

    Parameters
    ----------
    points : array_like, shape (points, values)
        The cloud.
    """
    off = centred(check_cloud("points", points))
    extent = float(np.abs(off).max())
    if extent == 0.0:
        return 0.0
    off = off / extent
    # The smaller of S and the Gram matrix has the same squares.
    squares = off.T @ off if off.shape[1] <= off.shape[0] else off @ off.T
    return float(np.trace(squares)) ** 2 / float(np.square(squares).sum())


def spread(points: ArrayLike) -> float:
    """Return the total variance of a cloud.

    Parameters
    ----------
    points : array_like, shape (points, values)
        The cloud.
    """
    return float(np.square(centred(check_cloud("points", points))).mean(axis=0).sum())


def centred(rows: Array) -> Array:
    """Return rows about their mean; equal ones give exactly 0."""
    off = rows - rows[0]
    return np.asarray(off - off.mean(axis=0), dtype=np.float64)


def thinned(rows: Array, points: int, seed: int) -> Array:
    """Return so many of a cloud's points, drawn at random and in their order; all if it has them.

    Of clouds with as many rows it takes the same ones.
    """
    if len(rows) <= points:
        return rows
    seed = check_whole_number("seed", seed, 0, LARGEST_SEED)
    taken = generator(seed, 0, "thinned").permutation(len(rows))[:points]
    return np.asarray(rows[np.sort(taken)], dtype=np.float64)


def check_cloud(name: str, points: ArrayLike) -> Array:
    """Return points as an array, if they are a cloud: rows of finite numbers.

    Raises
    ------
    ValueError
        If they are not, or too many; the message names them.
    """
    rows = check_numbers(name, points)
    if rows.ndim != 2 or not rows.size:
        raise ValueError(f"{name} has shape {rows.shape}: give one row of numbers for each point.")
    if rows.shape[0] > MOST_POINTS or rows.shape[1] > MOST_VALUES:
        raise ValueError(
            f"{name} has {rows.shape[0]:,} rows of {rows.shape[1]:,} numbers: at most "
            f"{MOST_POINTS:,} of {MOST_VALUES:,} are measured. Take fewer."
        )
    return rows
