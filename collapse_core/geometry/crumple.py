"""Eight ways to crumple a cloud, each for real.

Three moves in this order. The spectrum: the variance l along each axis becomes l^g. The texture:
*fuzz*, noise in all directions as wide as the points are apart, or *threads*, small groups drawn
towards their longest axis. Then the size. Found for this project: each changes one measure most,
and all eight are named rightly by `name_pattern`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_choice, check_numbers, check_share
from collapse_core.extras import extra
from collapse_core.geometry.dimension import (
    NEIGHBOURS,
    centred,
    check_cloud,
    distinct_places,
    neighbour_distances,
)
from collapse_core.geometry.patterns import PATTERNS
from collapse_core.streams import generator

__all__ = ["crumple", "crumple_steps"]

Array = NDArray[np.float64]

POWERS = {1: 0.5, -1: 1.7}
SIZES = {1: 1.6, -1: 0.5}
DRAWN = 0.9  # share by which threads shrink across
GROUP = 30  # points to a thread
LEAST = 40  # points of a cloud
FLAT = 1e-9  # an axis so short, against the longest, is none


def crumple(pattern: str, cloud: ArrayLike, amount: float, rng: np.random.Generator) -> Array:
    """Return a cloud that has changed by a pattern.

    Parameters
    ----------
    pattern : str
        A key of ``PATTERNS``.
    cloud : array_like, shape (points, values)
        At least 40 points; a sheet rather than one that fills its space.
    amount : float
        0 (nothing) to 1.
    rng : numpy.random.Generator
        For the fuzz, and for the groups of the threads.

    Raises
    ------
    ValueError
        If the pattern is unknown, the amount out of range, or the cloud none.
    """
    signs = PATTERNS[check_choice("pattern", pattern, tuple(PATTERNS))]
    rows, amount = _cloud(cloud), check_share("amount", amount)
    return _Crumpling(rows, signs, rng).at(amount)


def crumple_steps(pattern: str, cloud: ArrayLike, amounts: ArrayLike, seed: int) -> Array:
    """Return a cloud at several amounts of a pattern, with the same random numbers.

    Parameters
    ----------
    pattern, cloud
        As for `crumple`.
    amounts : array_like
        Each 0 to 1.
    seed : int
        0 to 2**32 - 1.

    Returns
    -------
    ndarray, shape (amounts, points, values)
    """
    signs = PATTERNS[check_choice("pattern", pattern, tuple(PATTERNS))]
    rows, given = _cloud(cloud), np.atleast_1d(check_numbers("amounts", amounts)).ravel()
    crumpling = _Crumpling(rows, signs, generator(seed, 0, "crumple"))
    return np.array([crumpling.at(check_share("amounts", amount)) for amount in given])


def _cloud(cloud: ArrayLike) -> Array:
    rows = check_cloud("cloud", cloud)
    if len(rows) < LEAST:
        raise ValueError(f"cloud has {len(rows)} points: give at least {LEAST}.")
    return rows


class _Crumpling:
    """A cloud in its own axes, with what is random in its pattern."""

    def __init__(self, rows: Array, signs: tuple[int, int, int], rng: np.random.Generator) -> None:
        self.rows, (self.local, effective, size) = rows, signs
        self.power, self.size = POWERS[effective], SIZES[size]
        off = centred(rows)
        self.whole = float(np.square(off).sum())
        if self.whole == 0.0:
            return
        turned, heights, axes = np.linalg.svd(off, full_matrices=False)
        kept = heights > FLAT * heights[0]
        self.axes, self.shares = axes[kept], heights[kept] / heights[0]
        self.turned = turned[:, kept] * heights[0]
        if self.local > 0:
            self.noise = rng.standard_normal(rows.shape)
        else:
            self.groups = _groups(self.turned * self.shares, rng)

    def at(self, amount: float) -> Array:
        """Return the cloud with its spectrum, its texture and its size changed by an amount."""
        if amount == 0.0 or self.whole == 0.0:
            return self.rows.copy()
        stretched = self.turned * self.shares ** (1.0 + amount * (self.power - 1.0))
        if self.local > 0:
            wide = _apart(stretched) / np.sqrt(self.rows.shape[1])
            made = stretched @ self.axes + amount * wide * self.noise
        else:
            made = _threads(stretched, self.groups, 1.0 - DRAWN * amount) @ self.axes
        made = centred(made)
        wanted = self.whole * (1.0 + amount * (self.size - 1.0))
        made *= np.sqrt(wanted / np.square(made).sum())
        return np.asarray(self.rows.mean(axis=0) + made, dtype=np.float64)


def _apart(rows: Array) -> float:
    """Return how far the places of a cloud are from their neighbours, in the middle."""
    places, extent = distinct_places(rows), float(np.abs(centred(rows)).max())
    far = neighbour_distances(places, min(NEIGHBOURS, len(places) - 1))[:, -1]
    return extent * float(np.median(far))


def _threads(rows: Array, groups: NDArray[np.int64], across: float) -> Array:
    """Return points drawn towards the longest axis of their group."""
    made = rows.copy()
    for group in np.unique(groups):
        inside = groups == group
        middle = rows[inside].mean(axis=0)
        off = rows[inside] - middle
        axis = np.linalg.svd(off, full_matrices=False)[2][:1]
        along = off @ axis.T @ axis
        made[inside] = middle + along + across * (off - along)
    return made


def _groups(rows: Array, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the group of each point: near ones together."""
    with extra("models"):
        from sklearn.cluster import KMeans

    count = min(max(2, len(rows) // GROUP), len(distinct_places(rows)))
    state = int(rng.integers(2**31))
    found = KMeans(count, n_init=1, max_iter=30, random_state=state).fit(rows)
    return np.asarray(found.labels_, dtype=np.int64)
