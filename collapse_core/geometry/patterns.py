"""How a cloud has changed: three signs, and the name that goes with them.

Eight sign triples have eight names. Four of them, with their analogies, are from a summary of Vats,
Crandall and Goree (2026, arXiv:2602.19033); the four others and the assignment of signs are this
project's own reading, as the paper's table was not to be had.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_whole_number
from collapse_core.geometry.dimension import NEIGHBOURS, check_cloud, inverse_dimensions
from collapse_core.streams import LARGEST_SEED, generator

__all__ = ["FROM_THE_SOURCE", "PATTERNS", "Change", "Pattern", "Shape", "measure", "name_pattern"]

Array = NDArray[np.float64]

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
    """

    local: float
    effective: float
    spread: float
    local_error: float
    effective_error: float
    spread_error: float


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
        Resamples, 20 to 10,000.
    seed : int
        Of the resampling.

    Raises
    ------
    ValueError
        If the cloud is none, or a number is out of range.
    """
    rows = check_cloud("points", points)
    bootstraps = check_whole_number("bootstraps", bootstraps, 20, 10_000)
    seed = check_whole_number("seed", seed, 0, LARGEST_SEED)
    inverses = inverse_dimensions(rows, neighbours)
    weights = _weights(len(rows), bootstraps, seed)
    effective, whole = _moments(rows, np.vstack([np.ones(len(rows)), weights]))
    local, local_error = 0.0, math.inf
    if inverses.size and inverses.mean() > 0.0:
        local = 1.0 / float(inverses.mean())
        means = _weights(len(inverses), bootstraps, seed) @ inverses / len(inverses)
        local_error = LOCAL_ERROR * _log_error(means)
    return Shape(
        local=local,
        effective=float(effective[0]),
        spread=float(whole[0]),
        local_error=local_error,
        effective_error=_log_error(effective[1:]),
        spread_error=_log_error(whole[1:]),
    )


def name_pattern(before: ArrayLike | Shape, after: ArrayLike | Shape, **more: Any) -> Pattern:
    """Return how a cloud has changed, with the name of the change.

    Parameters
    ----------
    before, after : array_like or Shape
        Clouds, or what `measure` says of them.
    **more
        For `measure`.

    Raises
    ------
    ValueError
        If one of them is no cloud.
    """
    one, other = (
        each if isinstance(each, Shape) else measure(each, **more) for each in (before, after)
    )
    changes = (
        _change(one.local, other.local, one.local_error, other.local_error),
        _change(one.effective, other.effective, one.effective_error, other.effective_error),
        _change(one.spread, other.spread, one.spread_error, other.spread_error),
    )
    local, effective, whole = (change.sign for change in changes)
    signs = (local, effective, whole)
    return Pattern(signs, NAME_OF.get(signs, "no_clear_change"), changes)


def _change(before: float, after: float, error: float, other: float) -> Change:
    """Return a change; from or to nothing it is sure."""
    if before <= 0.0 and after <= 0.0:
        return Change(1.0, 1.0, 1.0)
    if after <= 0.0:
        return Change(0.0, 0.0, 0.0)
    if before <= 0.0:
        return Change(math.inf, math.inf, math.inf)
    ratio = after / before
    width = THREE_AT_ONCE * math.hypot(error, other)
    return Change(ratio, ratio * math.exp(-width), ratio * math.exp(min(width, 700.0)))


def _weights(count: int, bootstraps: int, seed: int) -> Array:
    """Return how often each point is drawn in each resample, shape (bootstraps, points)."""
    rng = generator(seed, 0, "bootstrap")
    drawn = rng.integers(count, size=(bootstraps, count))
    flat = (drawn + count * np.arange(bootstraps)[:, np.newaxis]).ravel()
    counts = np.bincount(flat, minlength=bootstraps * count)
    return counts.reshape(bootstraps, count).astype(np.float64)


def _moments(rows: Array, weights: Array) -> tuple[Array, Array]:
    """Return effective dimension and total variance of each weighted cloud.

    tr S^2 is a sum over all pairs of points; over the entries of S it costs less.
    """
    total = weights.sum(axis=1)
    scale = float(np.abs(rows - rows.mean(axis=0)).max()) or 1.0
    centred = (rows - rows.mean(axis=0)) / scale
    means = weights @ centred / total[:, np.newaxis]
    squares = weights @ np.square(centred).sum(axis=1) / total
    whole = squares - np.square(means).sum(axis=1)
    # Half the digits are enough for errors, and twice as fast.
    kept, draws = centred.astype(np.float32), weights.astype(np.float32)
    if rows.shape[1] > 1:  # products of pairs of axes, weighted all at once
        upper = np.triu_indices(rows.shape[1])
        twice = np.where(upper[0] == upper[1], 1.0, 2.0)
        square = np.zeros(len(weights))
        step = max(1, 2**22 // len(rows))
        for start in range(0, len(twice), step):
            i, j = (part[start : start + step] for part in upper)
            entries = draws @ (kept[:, i] * kept[:, j]) / total[:, np.newaxis]
            entries -= means[:, i] * means[:, j]
            square += np.square(entries) @ twice[start : start + step]
    else:
        square = np.square(whole)
    some = square > 1e-280
    effective = np.where(some, np.square(whole) / np.where(some, square, 1.0), 0.0)
    return np.asarray(effective), np.asarray(np.maximum(whole, 0.0)) * scale**2


def _log_error(values: Array) -> float:
    """Return the standard deviation of the logarithms; infinite where one is 0."""
    return float(np.log(values).std(ddof=1)) if np.all(values > 0.0) else math.inf
