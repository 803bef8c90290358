"""How training sets are put together: what is drawn, what is added, what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from collapse_core.checks import check_whole_number
from collapse_core.families.base import Array, Family
from collapse_core.families.point_pool import PointPool
from collapse_core.recipe import Recipe
from collapse_core.streams import Blocks, Streams

__all__ = ["Draw", "drawing", "joined", "mixing", "remembering_points", "true_states"]

Draw = Callable[[Array, int], Array]


def true_states(family: Family, replicates: int) -> Array:
    """Return the truth as the state of every replicate (a view that must not be written to)."""
    replicates = check_whole_number("replicates", replicates, 1)
    truth = family.state_of(family.truth)
    return np.broadcast_to(truth, (replicates, *truth.shape))


def joined(parts: Sequence[Array]) -> Array:
    """Return the states of several blocks as one array."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def drawing(family: Family, blocks: Blocks, seed: int, role: str, one_by_one: bool = False) -> Draw:
    """Return a function that draws for all replicates, each block from its own stream.

    It draws averages, or the points themselves if they are wanted one by one.
    """
    streams = Streams(seed, role, blocks)
    drawn = family.draw_points if one_by_one else family.draw_average

    def draw(mean: Array, points: int) -> Array:
        return joined([drawn(mean[rows], points, stream) for rows, stream in streams.for_a_draw()])

    return draw


def mixing(family: Family, recipe: Recipe, blocks: Blocks, seed: int) -> Callable[[Array], Array]:
    """Return the step from a synthetic average to the next mean parameter."""
    if recipe.memory != "none":
        return _remembering(family, recipe, blocks, seed)
    truth = true_states(family, blocks.replicates)
    draw_real = drawing(family, blocks, seed, "real")
    kept: list[tuple[float, Array]] = []
    if recipe.fixed:
        kept.append((recipe.fixed, draw_real(truth, recipe.fixed)))
    if recipe.pseudo_count:
        kept.append((recipe.pseudo_count, _imaginary(family, recipe, truth)))
    if not kept and not recipe.fresh:
        return lambda synthetic: family.fit(synthetic, recipe.synthetic)
    points = recipe.synthetic + recipe.fresh + recipe.fixed

    def mix(synthetic: Array) -> Array:
        parts = [(recipe.synthetic, synthetic), *kept] if recipe.synthetic else list(kept)
        if recipe.fresh:
            parts.append((recipe.fresh, draw_real(truth, recipe.fresh)))
        if recipe.real_weight is not None:
            parts = [(1.0 - recipe.real_weight, synthetic), (recipe.real_weight, parts[-1][1])]
        return family.fit(family.pool(parts), points)

    return mix


def _imaginary(family: Family, recipe: Recipe, truth: Array) -> Array:
    """Return the average statistic of a prior's imaginary points, checked against the family."""
    if recipe.pseudo_mean is None:
        return truth
    mean = family.check_mean(recipe.pseudo_mean)
    return np.broadcast_to(family.state_of(mean), truth.shape)


def _remembering(
    family: Family, recipe: Recipe, blocks: Blocks, seed: int
) -> Callable[[Array], Array]:
    """Return the step of a policy that keeps a pool of everything generated so far."""
    pooled: Array | None = None
    pool_size = 0
    picks = Streams(seed, "subsample", blocks)

    def remember(synthetic: Array) -> Array:
        nonlocal pooled, pool_size
        newest = (recipe.synthetic, synthetic)
        pooled = synthetic if pooled is None else family.pool([(pool_size, pooled), newest])
        pool_size += recipe.synthetic
        if recipe.memory == "all":
            return family.fit(pooled, pool_size)
        replacement = recipe.memory == "resample"
        asked = pool_size, recipe.synthetic, replacement
        parts = [family.subsample(pooled[rows], *asked, pick) for rows, pick in picks.for_a_draw()]
        return family.fit(joined(parts), recipe.synthetic)

    return remember


def remembering_points(
    family: Family, recipe: Recipe, blocks: Blocks, seed: int, generations: int
) -> Callable[[Array], Array]:
    """Return the step of a policy that samples a pool of which every point is kept."""
    picks = Streams(seed, "subsample", blocks)
    capacity = recipe.synthetic * generations
    pool = PointPool(picks, capacity, recipe.memory == "resample")

    def remember(points: Array) -> Array:
        pool.add(points)
        return family.fit(family.average(pool.sample(recipe.synthetic)), recipe.synthetic)

    return remember
