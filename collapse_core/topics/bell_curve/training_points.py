"""The points that one run of a fitted Gaussian was trained on, as far as the run itself knows them.

The loop draws averages and mean squares, never points. Given both, normal points are normal numbers
moved and stretched until they have exactly this average and this mean square; so the points shown
are as random as any that the run could have seen, and a fit to them gives the next model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Gaussian
from collapse_core.loop import ClosedLoop
from collapse_core.streams import generator
from collapse_core.trajectory import Trajectory

__all__ = ["TrainingPoints", "points_with", "training_points"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TrainingPoints:
    """Points by generation; entry 0 of an axis is generation 1.

    Parameters
    ----------
    synthetic : ndarray, shape (generations, shown)
        Points drawn from the model before; all of them, or as many as asked for.
    real : ndarray, shape (generations, shown)
        Real points in the same training set; no columns if there are none.
    """

    synthetic: Array
    real: Array


@dataclass(frozen=True)
class _Recorded(Gaussian):
    """A Gaussian that notes what it pools, for one row of replicates."""

    row: int = 0
    pooled: list[list[tuple[float, Array]]] = field(default_factory=list, compare=False)

    def pool(self, parts: Sequence[tuple[float, Array]]) -> Array:
        self.pooled.append([(weight, part[self.row].copy()) for weight, part in parts])
        return super().pool(parts)


def points_with(average: Array, count: int, shown: int, rng: np.random.Generator) -> Array:
    """Draw some of ``count`` normal points whose average and mean square are given.

    Parameters
    ----------
    average : ndarray, shape (generations, 2)
        Average of all points, and their mean square about it (divisor ``count``).
    count, shown : int
        How many points there are, and how many of them at most are returned.

    Returns
    -------
    ndarray, shape (generations, min(count, shown))
    """
    rows, shown = len(average), min(count, shown)
    drawn, rest = rng.standard_normal((rows, shown)), count - shown
    center, squares = drawn.mean(axis=1), drawn.var(axis=1) * shown
    if rest:
        # The points that are not drawn matter only through their own average and squares.
        others = rng.standard_normal(rows) / np.sqrt(rest)
        inside = rng.chisquare(rest - 1, rows) if rest > 1 else np.zeros(rows)
        squares += inside + shown * rest / count * np.square(others - center)
        center = (shown * center + rest * others) / count
    spread = np.sqrt(squares / count)
    spread[spread == 0.0] = 1.0
    scale = np.sqrt(average[:, 1]) / spread
    return np.asarray(average[:, :1] + (drawn - center[:, None]) * scale[:, None])


def training_points(paths: Trajectory, run: int, shown: int = 50) -> TrainingPoints:
    """Return the points that the models of one run were fitted to.

    Parameters
    ----------
    paths : Trajectory
        Runs of a `Gaussian`.
    run : int
        Number of the run.
    shown : int
        At most how many points of each kind.

    Raises
    ------
    ValueError
        If the family is not a `Gaussian`.
    """
    loop = paths.loop
    if not isinstance(loop.family, Gaussian):
        raise ValueError(f"family={loop.family!r} has no points to show: use a Gaussian.")
    recipe = loop.policy.recipe(loop.sample_size)
    rng = generator(paths.seed, run, "shown points")
    if recipe == type(recipe)(recipe.synthetic):
        average = paths.mean[run, 1:].copy()
        if loop.family.unbiased:
            average[:, 1] *= 1.0 - 1.0 / recipe.synthetic
        points = points_with(average, recipe.synthetic, shown, rng)
        return TrainingPoints(points, np.empty((loop.generations, 0)))
    synthetic, real = _recorded_averages(paths, run)
    count = recipe.synthetic
    real_count = recipe.fresh + recipe.fixed
    drawn = points_with(synthetic, count, shown, rng) if count else real[:, :0]
    kept = points_with(real, real_count, shown, rng) if real_count else real[:, :0]
    if recipe.fixed:
        kept = np.broadcast_to(kept[:1], kept.shape)
    return TrainingPoints(drawn, kept)


def _recorded_averages(paths: Trajectory, run: int) -> tuple[Array, Array]:
    """Run the loop once more and return what it averaged: of synthetic and of real points."""
    loop = paths.loop
    family = loop.family
    assert isinstance(family, Gaussian)
    recorded = _Recorded(family.mean, family.sd, family.unbiased, row=run)
    again = ClosedLoop(**{**vars(loop), "family": recorded})
    for _ in again.iterate(run + 1, paths.seed):
        pass
    recipe = loop.policy.recipe(loop.sample_size)
    if recipe.memory != "none":
        # The first generation is not pooled with anything: it is the pool.
        first = paths.mean[run, 1].copy()
        if family.unbiased:
            first[1] *= 1.0 - 1.0 / recipe.synthetic
        newest = [parts[-1][1] for parts in recorded.pooled]
        return np.stack([first, *newest]), np.empty((loop.generations, 2))
    if not recipe.synthetic:
        real = np.stack([parts[0][1] for parts in recorded.pooled])
        return real, real
    others = np.stack([parts[1][1] for parts in recorded.pooled])
    return np.stack([parts[0][1] for parts in recorded.pooled]), others
