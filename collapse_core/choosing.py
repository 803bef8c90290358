"""Training sets whose points are chosen: by a filter, by a judge, or to fill a quota."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from collapse_core.families.base import Array, Family
from collapse_core.families.judged import accepted_average
from collapse_core.families.quotas import filled_up
from collapse_core.mixing import drawing, joined
from collapse_core.recipe import Recipe
from collapse_core.streams import Blocks, Streams

__all__ = ["choosing"]

Step = Callable[[Array], Array]


def choosing(sampled: Family, family: Family, recipe: Recipe, blocks: Blocks, seed: int) -> Step:
    """Return the step from the models that points are drawn from to the next fits.

    Parameters
    ----------
    sampled, family : Family
        Whose points are drawn, which is the other one but for a temperature.
    recipe : Recipe
        With a filter, a judge or a quota.
    blocks : Blocks
        How replicates share streams, not in order: how many random numbers are asked for depends
        on the states.
    seed : int
        0 to 2**32 - 1.
    """
    if recipe.real_chance is not None:
        return _filtering(sampled, family, recipe, blocks, seed)
    if recipe.judge is not None:
        return _judging(family, recipe, blocks, seed)
    draw = drawing(sampled, blocks, seed, "synthetic")

    def fill(state: Array) -> Array:
        shares = draw(state, recipe.synthetic)
        return family.fit(
            filled_up(family, shares, recipe.synthetic, recipe.quota), recipe.synthetic
        )

    return fill


def _judging(family: Family, recipe: Recipe, blocks: Blocks, seed: int) -> Step:
    judge, streams = recipe.judge, Streams(seed, "synthetic", blocks)
    assert judge is not None

    def step(state: Array) -> Array:
        parts = [
            accepted_average(family, state[rows], judge, recipe.synthetic, stream)
            for rows, stream in streams.for_a_draw()
        ]
        return family.fit(joined(parts), recipe.synthetic)

    return step


def _filtering(sampled: Family, family: Family, recipe: Recipe, blocks: Blocks, seed: int) -> Step:
    """Return the step in which the number of real points is a matter of chance."""
    roles = [Streams(seed, role, blocks) for role in ("membership", "synthetic", "real")]

    def step(state: Array) -> Array:
        parts = [
            _filtered(sampled, family, recipe, state[rows], (members, made, fresh))
            for (rows, members), (_, made), (_, fresh) in zip(
                *(role.for_a_draw() for role in roles), strict=True
            )
        ]
        return joined(parts)

    return step


def _filtered(
    sampled: Family,
    family: Family,
    recipe: Recipe,
    state: Array,
    streams: tuple[np.random.Generator, np.random.Generator, np.random.Generator],
) -> Array:
    """Return the next fits of one block, one number of real points after the other."""
    members, made, fresh = streams
    points = recipe.synthetic
    real = members.binomial(points, recipe.real_chance or 0.0, size=len(state))
    truth = family.state_of(family.truth)
    following = np.empty_like(state)
    for count in np.unique(real).tolist():
        rows = real == count
        parts = []
        if count < points:
            average = sampled.draw_average(state[rows], points - count, made)
            parts.append((points - count, average))
        if count:
            truths = np.broadcast_to(truth, state[rows].shape)
            parts.append((count, family.draw_average(truths, count, fresh)))
        following[rows] = family.fit(family.pool(parts), points)
    return following
