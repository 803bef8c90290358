"""Worlds that real rows are drawn from, each at its own time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import digits
from collapse_core.data.planar import EightGaussians
from collapse_core.data.sources import RowSource, RowTable
from collapse_core.models.principal_axes import PrincipalAxes, principal_axes
from collapse_core.streams import generator

__all__ = ["STEP", "World", "world_of"]

Array = NDArray[np.float64]

DEVIATIONS = (2.0, 1.4, 1.0, 0.7, 0.5)
CENTRES = ((2.0, 0.0), (-2.0, 1.0), (0.0, -2.0))
STEP = 0.08  # standard deviations per generation
FEATURES = 8
HELD_OUT = 500


class World(Protocol):
    """Real rows at a time, and what is looked at of any rows."""

    @property
    def source(self) -> RowSource:
        """What models are trained on: the world at the start."""

    def at(self, time: int, count: int, rng: np.random.Generator) -> Array:
        """Return so many real rows of a time."""

    def features(self, rows: Array) -> Array:
        """Return what the monitor sees of rows."""


@dataclass(frozen=True)
class GaussianRows(RowSource):
    """Gaussian rows around a centre, each coordinate with a deviation of its own.

    Parameters
    ----------
    deviations : tuple of float
        One for each coordinate.
    centres : tuple of tuple of float
        Rows lie around one of these in their first two coordinates; around 0 without any.
    """

    deviations: tuple[float, ...] = DEVIATIONS
    centres: tuple[tuple[float, float], ...] = ()

    def draw(self, count: int, rng: np.random.Generator) -> Array:
        """Return real rows, drawn anew."""
        rows = rng.standard_normal((count, len(self.deviations))) * self.deviations
        if self.centres:
            rows[:, :2] += np.array(self.centres)[rng.integers(len(self.centres), size=count)]
        return np.asarray(rows)

    @property
    def held_out(self) -> Array:
        """Real rows that no model is trained on."""
        return self.draw(HELD_OUT, generator(1, 0, "held-out rows"))


@dataclass(frozen=True)
class PlainWorld:
    """A world of rows that are looked at as they are, and that may move.

    Parameters
    ----------
    source : RowSource
        The world at the start.
    step : tuple of float
        How far its mean moves per generation, by coordinate; nothing for a world that stays.
    """

    source: RowSource
    step: tuple[float, ...] = ()

    def at(self, time: int, count: int, rng: np.random.Generator) -> Array:
        """Return real rows of a time."""
        rows = np.asarray(self.source.draw(count, rng), dtype=np.float64)
        return rows + time * np.array(self.step) if self.step else rows

    def features(self, rows: Array) -> Array:
        """Return the rows."""
        return rows


@dataclass(frozen=True)
class DigitsWorld:
    """Handwritten digits, seen through their eight main axes.

    The axes are those of held-out images, which no model is trained on.
    """

    source: RowSource
    axes: PrincipalAxes = field(repr=False)

    def at(self, time: int, count: int, rng: np.random.Generator) -> Array:
        """Return real images; they are the same at all times."""
        return np.asarray(self.source.draw(count, rng), dtype=np.float64)

    def features(self, rows: Array) -> Array:
        """Return the coordinates along the axes."""
        return np.asarray((rows - self.axes.mean) @ self.axes.axes[:, :FEATURES])


def _digits() -> DigitsWorld:
    images = digits()
    table = RowTable("digits", images.training_images, images.held_out_images)
    return DigitsWorld(table, principal_axes(table.held_out))


@lru_cache(maxsize=8)
def world_of(history: str) -> World:
    """Return the world of a history of `WatchedHistory`."""
    if history == "digits":
        return _digits()
    if history == "kernel":
        return PlainWorld(EightGaussians())
    if history == "stationary":
        return PlainWorld(GaussianRows((0.6, 0.6, 1.0, 0.7, 0.5), CENTRES))
    moves = history == "moving_world"
    return PlainWorld(GaussianRows(), tuple(STEP * s for s in DEVIATIONS) if moves else ())
