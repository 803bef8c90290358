"""How a cloud has changed: three signs, and the name that goes with them.

Eight sign triples have eight names. Four of them, with their analogies, are from a summary of Vats,
Crandall and Goree (2026, arXiv:2602.19033); the four others and the assignment of signs are this
project's own reading, as the paper's table was not to be had.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_whole_number
from collapse_core.geometry.dimension import (
    NEIGHBOURS,
    centred,
    check_cloud,
    effective_dimension,
    inverse_dimensions,
    spread,
    thinned,
)
from collapse_core.streams import LARGEST_SEED, generator

__all__ = ["FROM_THE_SOURCE", "PATTERNS", "Change", "Pattern", "Shape", "measure", "name_pattern"]

Array = NDArray[np.float64]
Half = NDArray[np.float32]

PATTERNS: Mapping[str, tuple[int, int, int]] = {
    "coherent_expansion": (1, 1, 1),
    "wrinkled_expansion": (1, 1, -1),
    "streaked_expansion": (1, -1, 1),
    "tangled_expansion": (1, -1, -1),
    "scattering_contraction": (-1, 1, 1),
    "rounding_contraction": (-1, 1, -1),
    "oblate_contraction": (-1, -1, 1),
    "coherent_contraction": (-1, -1, -1),
}
FROM_THE_SOURCE = (
    "coherent_expansion",
    "wrinkled_expansion",
    "oblate_contraction",
    "coherent_contraction",
)
NAME_OF = {signs: name for name, signs in PATTERNS.items()}

BOOTSTRAPS = 200
ROUNDED = 1e-6  # a change that rounding may make where no resample differs
TINY = 1e-30
BLOCK = 512
THREE_AT_ONCE = 2.394  # standard errors of a 98.3 % interval: 5 % for all three together
LOCAL_ERROR = 1.5  # the bootstrap's error of local dimension is a fifth to a third too small


@dataclass(frozen=True)
class Shape:
    """Three measures of a cloud, each with the standard error of its logarithm.

    Parameters
    ----------
    local, effective, spread : float
        Local and effective dimension, and total variance.
    local_error, effective_error, spread_error : float
        Bootstrap standard errors of their logarithms; infinite where a measure is 0.
    points, neighbours : int
        Of how many points, and neighbours: others give other dimensions of the same law.
    """

    local: float
    effective: float
    spread: float
    local_error: float
    effective_error: float
    spread_error: float
    points: int
    neighbours: int


@dataclass(frozen=True)
class Change:
    """How one measure has changed, as a ratio of after to before.

    Parameters
    ----------
    ratio : float
        1 for no change.
    low, high : float
        Ends of its 98.3 % interval.
    """

    ratio: float
    low: float
    high: float

    @property
    def sign(self) -> int:
        """1 if it has grown for sure, -1 if it has shrunk, 0 if the interval holds 1."""
        return 1 if self.low > 1.0 else -1 if self.high < 1.0 else 0


@dataclass(frozen=True)
class Pattern:
    """How a cloud has changed.

    Parameters
    ----------
    signs : tuple of int
        Of local dimension, effective dimension and spread; 0 where no change is clear.
    name : str
        A key of ``PATTERNS``, or "no_clear_change" where a sign is 0.
    changes : tuple of Change
        In the same order.
    """

    signs: tuple[int, int, int]
    name: str
    changes: tuple[Change, Change, Change]


def measure(
    points: ArrayLike,
    neighbours: int = NEIGHBOURS,
    bootstraps: int = BOOTSTRAPS,
    seed: int = 1,
) -> Shape:
    """Return the three measures of a cloud with their errors.

    Parameters
    ----------
    points : array_like, shape (points, values)
        The cloud, at least two points.
    neighbours : int
        For the local dimension, at least 3.
    bootstraps : int
        Resamples, 20 to 1,000.
    seed : int
        Of the resampling.

    Raises
    ------
    ValueError
        If the cloud is none, or a number is out of range.
    """
    rows = check_cloud("points", points)
    bootstraps = check_whole_number("bootstraps", bootstraps, 20, 1000)
    seed = check_whole_number("seed", seed, 0, LARGEST_SEED)
    inverses = inverse_dimensions(rows, neighbours)
    weights = _weights(len(rows), bootstraps, seed)
    effective, whole = _moments(rows, weights)
    local, local_error = 0.0, math.inf
    if inverses.size and inverses.mean() > 0.0:
        local = 1.0 / float(inverses.mean())
        if len(inverses) < len(rows):
            weights = _weights(len(inverses), bootstraps, seed)
        local_error = LOCAL_ERROR * _log_error(weights @ inverses)
    return Shape(
        local=local,
        effective=effective_dimension(rows),
        spread=spread(rows),
        local_error=local_error,
        effective_error=_log_error(effective),
        spread_error=_log_error(whole),
        points=len(rows),
        neighbours=int(neighbours),
    )


def name_pattern(
    before: ArrayLike | Shape,
    after: ArrayLike | Shape,
    neighbours: int = NEIGHBOURS,
    bootstraps: int = BOOTSTRAPS,
    seed: int = 1,
) -> Pattern:
    """Return how a cloud has changed, with the name of the change.

    Parameters
    ----------
    before, after : array_like or Shape
        Clouds, or what `measure` says of them. Of the larger cloud as many points are taken as the
        smaller one has, as dimensions that are found grow with their number.
    neighbours, bootstraps, seed : int
        For `measure`, where clouds are given.

    Raises
    ------
    ValueError
        If one of them is no cloud, or they cannot be compared.
    """
    if not (isinstance(before, Shape) or isinstance(after, Shape)):
        before, after = _as_many(check_cloud("before", before), check_cloud("after", after), seed)
    one, other = (
        each if isinstance(each, Shape) else measure(each, neighbours, bootstraps, seed)
        for each in (before, after)
    )
    for what, ours, theirs in (
        ("points", one.points, other.points),
        ("neighbours", one.neighbours, other.neighbours),
    ):
        if ours != theirs:
            raise ValueError(
                f"before was measured with {ours:,} {what} and after with {theirs:,}, and that "
                "alone changes dimensions: measure both with as many."
            )
    changes = (
        _change(one.local, other.local, one.local_error, other.local_error),
        _change(one.effective, other.effective, one.effective_error, other.effective_error),
        _change(one.spread, other.spread, one.spread_error, other.spread_error),
    )
    local, effective, whole = (change.sign for change in changes)
    signs = (local, effective, whole)
    return Pattern(signs, NAME_OF.get(signs, "no_clear_change"), changes)


def _as_many(before: Array, after: Array, seed: int) -> tuple[Array, Array]:
    """Return two clouds with as many points, of the larger one any."""
    if before.shape[1] != after.shape[1]:
        raise ValueError(
            f"before has {before.shape[1]} values per point and after {after.shape[1]}: "
            "give clouds in one space."
        )
    fewest = min(len(before), len(after))
    return thinned(before, fewest, seed), thinned(after, fewest, seed)


def _change(before: float, after: float, error: float, other: float) -> Change:
    """Return a change; from or to nothing it is sure."""
    if before <= 0.0 and after <= 0.0:
        return Change(1.0, 1.0, 1.0)
    if after <= 0.0:
        return Change(0.0, 0.0, 0.0)
    if before <= 0.0:
        return Change(math.inf, math.inf, math.inf)
    ratio = after / before
    width = THREE_AT_ONCE * math.hypot(error, other) + ROUNDED
    return Change(ratio, ratio * math.exp(-width), ratio * math.exp(min(width, 700.0)))


def _weights(count: int, bootstraps: int, seed: int) -> Array:
    """Return how often each point is drawn in each resample, shape (bootstraps, points)."""
    rng = generator(seed, 0, "bootstrap")
    weights = np.empty((bootstraps, count))
    for row in weights:
        row[:] = np.bincount(rng.integers(count, size=count), minlength=count)
    return weights


def _moments(rows: Array, weights: Array) -> tuple[Array, Array]:
    """Return effective dimension and total variance of each weighted cloud."""
    off = centred(rows)
    scale = float(np.abs(off).max()) or 1.0
    off /= scale
    shares = weights / weights.sum(axis=1)[:, np.newaxis]
    means = shares @ off
    whole = shares @ np.square(off).sum(axis=1) - np.square(means).sum(axis=1)
    # Half the digits are enough for errors, and twice as fast.
    kept, draws = off.astype(np.float32), shares.astype(np.float32)
    axes = rows.shape[1]
    by_axes = axes * (axes + 1) // 2 <= 2 * len(rows)
    square = _over_axes(kept, draws, means) if by_axes else _over_points(kept, draws)
    some = (whole > TINY) & (square > TINY)
    effective = np.where(some, np.square(whole) / np.where(some, square, 1.0), 0.0)
    return np.asarray(effective), np.asarray(np.where(some, whole, 0.0) * scale**2)


def _over_axes(rows: Half, draws: Half, means: Array) -> Array:
    """Return tr S^2 of each weighted cloud as a sum over pairs of axes."""
    total = np.zeros(len(draws))
    across = np.ascontiguousarray(rows.T)
    first, second = np.triu_indices(len(across))
    for start in range(0, len(first), BLOCK):
        i, j = first[start : start + BLOCK], second[start : start + BLOCK]
        entries = draws @ (across[i] * across[j]).T - means[:, i] * means[:, j]
        total += np.square(entries) @ np.where(i == j, 1.0, 2.0)
    return total


def _over_points(rows: Half, draws: Half) -> Array:
    """Return the same as a sum over pairs of points, which costs less for many axes."""
    total, length = np.zeros(len(draws)), np.zeros(len(draws))
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        products = rows[part] @ rows.T
        along = draws @ products.T  # of each point with each mean
        total += ((draws @ np.square(products).T - 2.0 * np.square(along)) * draws[:, part]).sum(1)
        length += (along * draws[:, part]).sum(axis=1)
    return np.asarray(total + np.square(length))


def _log_error(values: Array) -> float:
    """Return the standard deviation of the logarithms; infinite where one is 0."""
    return float(np.log(values).std(ddof=1)) if np.all(values > 0.0) else math.inf
