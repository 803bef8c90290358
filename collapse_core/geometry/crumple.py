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
from collapse_core.geometry.dimension import NEIGHBOURS, check_cloud, neighbour_distances
from collapse_core.geometry.patterns import PATTERNS
from collapse_core.streams import generator

__all__ = ["crumple", "crumple_steps"]

Array = NDArray[np.float64]

POWERS = {1: 0.5, -1: 1.7}
SIZES = {1: 1.6, -1: 0.5}
DRAWN = 0.9  # share by which threads shrink across
GROUP = 30  # points to a thread
LEAST = 40  # points of a cloud


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
    local, effective, size = PATTERNS[check_choice("pattern", pattern, tuple(PATTERNS))]
    rows, amount = _cloud(cloud), check_share("amount", amount)
    return _crumpled(rows, (local, effective, size), amount, _Texture(rows, local, rng))


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
    texture = _Texture(rows, signs[0], generator(seed, 0, "crumple"))
    return np.array(
        [_crumpled(rows, signs, check_share("amounts", amount), texture) for amount in given]
    )


def _cloud(cloud: ArrayLike) -> Array:
    rows = check_cloud("cloud", cloud)
    if len(rows) < LEAST:
        raise ValueError(f"cloud has {len(rows)} points: give at least {LEAST}.")
    return rows


class _Texture:
    """What is random in a pattern: noise for the fuzz, or groups for the threads."""

    def __init__(self, rows: Array, local: int, rng: np.random.Generator) -> None:
        self.local = local
        self.noise = rng.standard_normal(rows.shape) if local > 0 else np.zeros(0)
        self.groups = _groups(rows, rng) if local < 0 else np.zeros(0, dtype=np.int64)

    def put_on(self, rows: Array, amount: float) -> Array:
        """Return a cloud with this texture."""
        if amount == 0.0:
            return rows
        if self.local > 0:
            far = neighbour_distances(np.unique(rows, axis=0), min(NEIGHBOURS, len(rows) - 1))
            wide = float(np.median(far[:, -1])) / np.sqrt(rows.shape[1])
            return np.asarray(rows + amount * wide * self.noise, dtype=np.float64)
        made = rows.copy()
        for group in range(int(self.groups.max()) + 1):
            inside = self.groups == group
            middle = rows[inside].mean(axis=0)
            off = rows[inside] - middle
            axis = np.linalg.svd(off, full_matrices=False)[2][:1]
            along = off @ axis.T @ axis
            made[inside] = middle + along + (1.0 - DRAWN * amount) * (off - along)
        return made


def _groups(rows: Array, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the group of each point: near ones together."""
    with extra("models"):
        from sklearn.cluster import KMeans

    count = max(2, len(rows) // GROUP)
    state = int(rng.integers(2**31))
    found = KMeans(count, n_init=1, max_iter=30, random_state=state).fit(rows)
    return np.asarray(found.labels_, dtype=np.int64)


def _crumpled(rows: Array, signs: tuple[int, int, int], amount: float, texture: _Texture) -> Array:
    """Return a cloud with its spectrum, its texture and its size changed, each by an amount."""
    if amount == 0.0:
        return rows
    _, effective, size = signs
    middle = rows.mean(axis=0)
    off = rows - middle
    whole = float(np.square(off).sum())
    if whole == 0.0:
        return rows
    _, heights, axes = np.linalg.svd(off, full_matrices=False)
    power = 1.0 + amount * (POWERS[effective] - 1.0)
    kept = heights > 1e-9 * heights[0]
    shares = np.where(kept, heights / heights[0], 1.0)
    stretched = off @ (axes.T * np.where(kept, shares ** (power - 1.0), 1.0)) @ axes
    made = texture.put_on(stretched, amount)
    made = made - made.mean(axis=0)
    wanted = whole * (1.0 + amount * (SIZES[size] - 1.0))
    return np.asarray(middle + made * np.sqrt(wanted / np.square(made).sum()), dtype=np.float64)
