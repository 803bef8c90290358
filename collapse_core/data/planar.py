"""Data in the plane: laws that can be drawn from for ever, each with its real modes.

A *mode* is a place where real points lie: a cluster, or a piece of a curve. It lets us ask what a
model has forgotten. All laws fit into one square, ``LIMITS``, so that pictures can be compared.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_positive, check_share
from collapse_core.data.sources import RowSource
from collapse_core.streams import generator

__all__ = [
    "HELD_OUT",
    "LIMITS",
    "EightGaussians",
    "Modes",
    "PlanarSource",
    "Ring",
    "SwissRoll",
    "ThreeBlobs",
    "TwoMoons",
]

Array = NDArray[np.float64]

LIMITS = (-3.0, 3.0)
HELD_OUT = 500
REFERENCE = 20_000  # real points from which expected shares and moments are taken
JUDGING_SEED = 20_011
PIECES, PLACES_PER_PIECE = 8, 10
REACH = 3.0  # standard deviations of the noise that still belong to a mode


@dataclass(frozen=True, eq=False)
class Modes:
    """Places where real points lie.

    Parameters
    ----------
    places : ndarray, shape (places, 2)
        Points that mark the modes; a piece of a curve has several.
    owner : ndarray of int, shape (places,)
        The mode that each place marks, from 0.
    reach : ndarray, shape (places,)
        A point belongs to the nearest place if it is no further away than this.
    """

    places: Array
    owner: NDArray[np.int64]
    reach: Array

    @property
    def count(self) -> int:
        """Number of modes."""
        return int(self.owner.max()) + 1

    def shares(self, rows: Array) -> Array:
        """Return the share of rows that lie at each mode, shape (modes,); some lie at none."""
        squares = np.square(rows[:, None, :] - self.places).sum(axis=2)
        nearest = squares.argmin(axis=1)
        near = squares[np.arange(len(rows)), nearest] <= np.square(self.reach[nearest])
        counts = np.bincount(self.owner[nearest[near]], minlength=self.count)
        return np.asarray(counts / max(1, len(rows)))


class PlanarSource(RowSource):
    """Real points in the plane."""

    @property
    @abstractmethod
    def modes(self) -> Modes:
        """The places where real points lie."""

    def log_density(self, rows: Array) -> Array | None:
        """Return the exact log density of each row, or None where it has no closed form."""
        return None

    @property
    def reference(self) -> Array:
        """Many real rows, always the same, to take expected shares and moments from."""
        return _reference(self)

    @property
    def expected_shares(self) -> Array:
        """Share of real rows at each mode, shape (modes,), measured on ``reference``."""
        return _expected_shares(self)

    @property
    def held_out(self) -> Array:
        """A fixed sample of 500 real rows that no model is trained on."""
        return _held_out(self)


@lru_cache(maxsize=16)
def _reference(source: PlanarSource) -> Array:
    rows: Array = source.draw(REFERENCE, generator(JUDGING_SEED, 0, "reference rows"))
    return rows


@lru_cache(maxsize=16)
def _expected_shares(source: PlanarSource) -> Array:
    return source.modes.shares(source.reference)


@lru_cache(maxsize=16)
def _held_out(source: PlanarSource) -> Array:
    rows: Array = source.draw(HELD_OUT, generator(JUDGING_SEED, 0, "held-out rows"))
    return rows


class _Curve(PlanarSource):
    """Points along a curve, at a uniform place of its parameter, plus normal noise.

    A subclass is a frozen dataclass with a field ``noise``: its standard deviation, above 0.
    """

    noise: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "noise", check_positive("noise", self.noise))

    @abstractmethod
    def along(self, share: Array) -> Array:
        """Return the points of the curve at a share of its parameter, 0 to 1: shape (n, 2)."""

    def draw(self, count: int, rng: np.random.Generator) -> Array:
        """Return points of the curve plus noise."""
        points = self.along(rng.random(count))
        return np.asarray(points + self.noise * rng.standard_normal((count, 2)))

    @property
    def modes(self) -> Modes:
        """Eight pieces of the curve, with equal chances."""
        count = PIECES * PLACES_PER_PIECE
        places = self.along((np.arange(count) + 0.5) / count)
        ends = self.along(np.arange(count) / count), self.along((np.arange(count) + 0.999) / count)
        half = 0.5 * np.linalg.norm(ends[1] - ends[0], axis=1)
        owner = np.arange(count) // PLACES_PER_PIECE
        return Modes(places, owner, REACH * self.noise + half)


@dataclass(frozen=True)
class TwoMoons(_Curve):
    """Two half circles that reach into each other."""

    noise: float = 0.12

    def along(self, share: Array) -> Array:
        """Return the points of both moons, the first half of the parameter on the upper one."""
        angle = 2.0 * math.pi * share
        upper = share < 0.5
        x = np.where(upper, np.cos(angle), 1.0 + np.cos(angle))
        y = np.where(upper, np.sin(angle), 0.5 + np.sin(angle))
        return np.asarray(1.6 * (np.stack([x, y], axis=1) - np.array([0.5, 0.25])))


@dataclass(frozen=True)
class Ring(_Curve):
    """A circle."""

    noise: float = 0.15

    def along(self, share: Array) -> Array:
        """Return points of a circle of radius 2."""
        angle = 2.0 * math.pi * share
        return np.asarray(2.0 * np.stack([np.cos(angle), np.sin(angle)], axis=1))


@dataclass(frozen=True)
class SwissRoll(_Curve):
    """A spiral: the Swiss roll seen from its side."""

    noise: float = 0.1

    def along(self, share: Array) -> Array:
        """Return points of a spiral with one and a half turns."""
        angle = 1.5 * math.pi * (1.0 + 2.0 * share)
        radius = 2.5 * angle / (4.5 * math.pi)
        return np.asarray(radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1))


class _Gaussians(PlanarSource):
    """A mixture of round Gaussians, known exactly."""

    @abstractmethod
    def parts(self) -> tuple[Array, Array, Array]:
        """Return shares (m,), centres (m, 2) and standard deviations (m,)."""

    def draw(self, count: int, rng: np.random.Generator) -> Array:
        """Return rows: a part by its share, then a normal point of it."""
        shares, centres, deviations = self.parts()
        part = rng.choice(len(shares), size=count, p=shares)
        noise = rng.standard_normal((count, 2))
        return np.asarray(centres[part] + deviations[part, None] * noise)

    def log_density(self, rows: Array) -> Array:
        """Return the exact log density of each row."""
        shares, centres, deviations = self.parts()
        squares = np.square(rows[:, None, :] - centres).sum(axis=2)
        heights = np.log(shares / (2.0 * math.pi * np.square(deviations)))
        logs: Array = np.logaddexp.reduce(heights - 0.5 * squares / np.square(deviations), axis=1)
        return logs

    @property
    def modes(self) -> Modes:
        """The centres, each reaching three standard deviations."""
        shares, centres, deviations = self.parts()
        return Modes(centres, np.arange(len(shares)), REACH * deviations)


@dataclass(frozen=True)
class EightGaussians(_Gaussians):
    """Eight equal Gaussians on a circle of radius 2, of a standard deviation above 0."""

    deviation: float = 0.2

    def __post_init__(self) -> None:
        object.__setattr__(self, "deviation", check_positive("deviation", self.deviation))

    def parts(self) -> tuple[Array, Array, Array]:
        """Return shares, centres and standard deviations."""
        angle = 2.0 * math.pi * np.arange(8) / 8.0
        centres = 2.0 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        return np.full(8, 0.125), centres, np.full(8, self.deviation)


@dataclass(frozen=True)
class ThreeBlobs(_Gaussians):
    """Three Gaussians of unequal size.

    ``second`` and ``third`` are the shares of the two smaller ones; the largest must keep a rest.
    """

    second: float = 0.15
    third: float = 0.05

    def __post_init__(self) -> None:
        for name in ("second", "third"):
            object.__setattr__(self, name, check_share(name, getattr(self, name)))
        if not (self.second > 0.0 and self.third > 0.0 and self.second + self.third < 1.0):
            raise ValueError(
                f"second={self.second!r} and third={self.third!r} must be above 0 and add up to "
                "less than 1. Choose smaller shares."
            )

    def parts(self) -> tuple[Array, Array, Array]:
        """Return shares, centres and standard deviations."""
        shares = np.array([1.0 - self.second - self.third, self.second, self.third])
        centres = np.array([[-0.9, -0.6], [1.5, 1.4], [1.7, -1.5]])
        return shares, centres, np.array([0.55, 0.35, 0.25])
