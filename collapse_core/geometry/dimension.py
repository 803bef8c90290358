"""In how many directions points differ: around each of them, and all together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_numbers, check_whole_number

__all__ = [
    "NEIGHBOURS",
    "check_cloud",
    "effective_dimension",
    "inverse_dimensions",
    "local_dimension",
    "neighbour_distances",
    "spread",
]

Array = NDArray[np.float64]

NEIGHBOURS = 15
MOST_POINTS, MOST_VALUES = 20_000, 2_000
BLOCK = 512
FEW_VALUES = 12  # up to so many a tree finds neighbours faster


def local_dimension(points: ArrayLike, neighbours: int = NEIGHBOURS) -> float:
    """Return in how many directions points differ around each of them.

    Levina and Bickel's maximum likelihood (2004, NIPS 17) from the distances to the nearest
    neighbours; not the estimates of single points but their inverses are averaged, as MacKay and
    Ghahramani (2005) advise. Where collapse has made points equal, equal ones count once.

    Parameters
    ----------
    points : array_like, shape (points, values)
        The cloud.
    neighbours : int
        k, how many are looked at, at least 3.

    Returns
    -------
    float
        0 for a cloud that has no more different points than neighbours, such as a single place.

    Raises
    ------
    ValueError
        If the cloud is none, or the number is out of range.
    """
    inverses = inverse_dimensions(points, neighbours)
    mean = float(inverses.mean()) if inverses.size else 0.0
    return 1.0 / mean if mean > 0.0 else 0.0


def inverse_dimensions(points: ArrayLike, neighbours: int = NEIGHBOURS) -> Array:
    """Return one over the local dimension at each different point; empty if there are too few."""
    rows = np.unique(check_cloud("points", points), axis=0)
    neighbours = check_whole_number("neighbours", neighbours, 3, 1000)
    if len(rows) <= neighbours:
        return np.empty(0)
    distances: Array = neighbour_distances(rows, neighbours)
    with np.errstate(divide="ignore"):
        logs = np.log(distances[:, -1:] / np.maximum(distances[:, :-1], 1e-300))
    # Levina and Bickel divide by k - 1; by k - 2 it would be right on average for each point.
    return np.asarray(logs.sum(axis=1) / (neighbours - 1), dtype=np.float64)


def neighbour_distances(rows: Array, neighbours: int) -> Array:
    """Return the distances to the nearest others, shape (points, neighbours), nearest first."""
    if rows.shape[1] <= FEW_VALUES:
        from scipy.spatial import cKDTree

        found, _ = cKDTree(rows).query(rows, neighbours + 1)
        return np.asarray(found, dtype=np.float64)[:, 1:]
    squares = np.square(rows).sum(axis=1)
    nearest = np.empty((len(rows), neighbours))
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK]
        apart = squares[start : start + BLOCK, np.newaxis] - 2.0 * part @ rows.T + squares
        apart[np.arange(len(part)), start + np.arange(len(part))] = -1.0
        near = np.partition(apart, neighbours, axis=1)[:, : neighbours + 1]
        nearest[start : start + BLOCK] = np.sort(near, axis=1)[:, 1:]
    return np.sqrt(np.maximum(nearest, 0.0))


def effective_dimension(points: ArrayLike) -> float:
    """Return in how many directions a cloud is spread as a whole; 0 for a single place.

    The participation ratio (tr S)^2 / tr S^2 of its covariance S: d equal directions give d.

    Parameters
    ----------
    points : array_like, shape (points, values)
        The cloud.
    """
    rows = check_cloud("points", points)
    off = rows - rows.mean(axis=0)
    # The smaller of S and the Gram matrix has the same squares.
    squares = off.T @ off if off.shape[1] <= off.shape[0] else off @ off.T
    whole = float(np.trace(squares))
    square = float(np.square(squares).sum())
    return whole**2 / square if square > 1e-280 else 0.0


def spread(points: ArrayLike) -> float:
    """Return the total variance of a cloud.

    Parameters
    ----------
    points : array_like, shape (points, values)
        The cloud.
    """
    return float(check_cloud("points", points).var(axis=0).sum())


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
