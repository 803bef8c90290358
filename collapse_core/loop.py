"""The closed loop: sample from the current model, mix as the policy says, fit, repeat.

Generation 0 is the truth; generation 1 is the first fit. Everything else in this project is this
loop with another model or another policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from collapse_core.checks import check_memory, fits_memory
from collapse_core.families.base import Array, Family
from collapse_core.families.point_pool import PointPool, check_budget, fits_budget
from collapse_core.horizon import furthest
from collapse_core.law import Law
from collapse_core.laws import begins_alike, law_of
from collapse_core.loop_settings import LoopSettings
from collapse_core.policies import Recipe
from collapse_core.streams import block_count, generator
from collapse_core.trajectory import Trajectory

__all__ = ["ClosedLoop"]

Draw = Callable[[Array, int], Array]


@dataclass(frozen=True)
class ClosedLoop(LoopSettings):
    """A model that is trained on what it generated, generation after generation.

    Its parameters are those of `LoopSettings`: ``family``, ``policy``, ``sample_size``,
    ``generations`` and ``temperature``.
    """

    def exact(self, approximate: bool = False) -> Law:
        """Return the law of the loop, without sampling.

        Parameters
        ----------
        approximate : bool
            False: a field without a known closed form is None. True: it holds an approximation
            where there is one, and ``Law.approximations`` names it.

        Raises
        ------
        ValueError
            If the family has no temperature, or a prior's mean is no mean parameter of it.
        """
        family = self.family
        check_memory("generations", self.generations, self.generations * (family.truth.size + 5))
        if self.temperature != 1.0 and self.policy.recipe(self.sample_size).synthetic:
            family.sampled_from(family.state_of(family.truth)[np.newaxis], self.temperature)
        known = (self.sample_size, self.generations, self.temperature, approximate)
        return law_of(family, self.policy, *known)

    def simulate(self, replicates: int, seed: int) -> Trajectory:
        """Run the loop.

        Parameters
        ----------
        replicates : int
            Independent runs, at least 1. Asking for more leaves the first ones as they are.
        seed : int
            0 to 2**32 - 1. Same seed, same runs.

        Returns
        -------
        Trajectory
            Mean parameters of shape (replicates, generations + 1[, dimension]).

        Raises
        ------
        ValueError
            If a parameter is out of range, or the runs would take more than 4 GB.
        """
        states = self.iterate(replicates, seed)
        first = next(states)
        check_memory("generations", self.generations, (self.generations + 1) * first.size)
        # Generation by generation in memory, so that each write is one contiguous block.
        history = np.empty((self.generations + 1, *first.shape))
        history[0] = first
        for generation, state in enumerate(states, start=1):
            history[generation] = state
        return Trajectory(self, seed, np.moveaxis(history[:, :replicates], 0, 1))

    def horizon_of_runs(self, replicates: int) -> ClosedLoop:
        """Return the loop over a rounded-up number of generations.

        ``loop.horizon_of_runs(r).simulate(r, seed).until(loop.generations)`` has the runs of
        ``loop.simulate(r, seed)``, bit for bit. It is as long as `rounded_horizon`, or as memory
        allows.
        """
        family, recipe = self.family, self.policy.recipe(self.sample_size)
        rows = block_count(replicates, family.replicate_block) * family.replicate_block

        def holds(generations: int) -> bool:
            kept = (generations + 1) * rows * family.truth.size
            return fits_memory(kept) and fits_budget(family, rows, recipe, generations)

        return replace(self, generations=furthest(self.generations, holds))

    def horizon_of_law(self) -> ClosedLoop:
        """Return the loop over a rounded-up number of generations.

        ``loop.horizon_of_law().exact(approximate).until(loop.generations)`` is the law of
        ``loop``. It is as long as `rounded_horizon`, or as its formulas stay the same: an exact
        chain is not computed for ever.
        """
        family, recipe = self.family, self.policy.recipe(self.sample_size)
        if hasattr(family, "law"):
            return self

        def holds(generations: int) -> bool:
            same = (self.generations, generations, self.temperature)
            return fits_memory(generations * (family.truth.size + 5)) and (
                recipe.mixed or begins_alike(family, recipe, *same)
            )

        return replace(self, generations=furthest(self.generations, holds))

    def iterate(self, replicates: int, seed: int) -> Iterator[Array]:
        """Yield the mean parameters of each generation, from the truth (generation 0) on.

        The number of rows is ``replicates`` rounded up to whole blocks of random streams; the
        first ``replicates`` rows are the answer.
        """
        return map(self.family.mean_of, self.states(replicates, seed))

    def states(self, replicates: int, seed: int) -> Iterator[Array]:
        """Yield what `iterate` yields, in the form in which the family keeps its models.

        That is the mean parameter itself for every family but `MultivariateGaussian`.
        """
        family = self.family
        recipe = self.policy.recipe(self.sample_size)
        blocks = block_count(replicates, family.replicate_block)
        sampled = family if self.temperature == 1.0 else family.tempered(self.temperature)
        if recipe.memory in ("subsample", "resample") and family.materialises_points:
            check_budget(family, blocks * family.replicate_block, recipe, self.generations)
            draw = _drawing(sampled, blocks, seed, "synthetic", one_by_one=True)
            mix = _remembering_points(family, recipe, blocks, seed, self.generations)
        else:
            draw = _drawing(sampled, blocks, seed, "synthetic")
            mix = _mixing(family, recipe, blocks, seed)
        state = _truth(family, blocks).copy()
        yield state
        for _ in range(self.generations):
            if recipe.synthetic:
                state = draw(family.sampled_from(state, self.temperature), recipe.synthetic)
            state = mix(state)
            yield state


def _truth(family: Family, blocks: int) -> Array:
    """Return the truth as the state of every replicate (a view that must not be written to)."""
    truth = family.state_of(family.truth)
    return np.broadcast_to(truth, (blocks * family.replicate_block, *truth.shape))


def _drawing(family: Family, blocks: int, seed: int, role: str, one_by_one: bool = False) -> Draw:
    """Return a function that draws for all replicates, each block from its own stream.

    It draws averages, or the points themselves if they are wanted one by one.
    """
    streams = [generator(seed, block, role) for block in range(blocks)]
    drawn = family.draw_points if one_by_one else family.draw_average
    if blocks == 1:
        return lambda mean, points: drawn(mean, points, streams[0])
    size = family.replicate_block

    def draw(mean: Array, points: int) -> Array:
        parts = [
            drawn(mean[block * size : (block + 1) * size], points, stream)
            for block, stream in enumerate(streams)
        ]
        return np.concatenate(parts)

    return draw


def _mixing(family: Family, recipe: Recipe, blocks: int, seed: int) -> Callable[[Array], Array]:
    """Return the step from a synthetic average to the next mean parameter."""
    if recipe.memory != "none":
        return _remembering(family, recipe, blocks, seed)
    truth = _truth(family, blocks)
    draw_real = _drawing(family, blocks, seed, "real")
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
    family: Family, recipe: Recipe, blocks: int, seed: int
) -> Callable[[Array], Array]:
    """Return the step of a policy that keeps a pool of everything generated so far."""
    pooled: Array | None = None
    pool_size = 0
    picks = [generator(seed, block, "subsample") for block in range(blocks)]
    size = family.replicate_block

    def remember(synthetic: Array) -> Array:
        nonlocal pooled, pool_size
        newest = (recipe.synthetic, synthetic)
        pooled = synthetic if pooled is None else family.pool([(pool_size, pooled), newest])
        pool_size += recipe.synthetic
        if recipe.memory == "all":
            return family.fit(pooled, pool_size)
        replacement = recipe.memory == "resample"
        parts = [
            family.subsample(
                pooled[block * size : (block + 1) * size],
                pool_size,
                recipe.synthetic,
                replacement,
                pick,
            )
            for block, pick in enumerate(picks)
        ]
        return family.fit(np.concatenate(parts), recipe.synthetic)

    return remember


def _remembering_points(
    family: Family, recipe: Recipe, blocks: int, seed: int, generations: int
) -> Callable[[Array], Array]:
    """Return the step of a policy that samples a pool of which every point is kept."""
    picks = [generator(seed, block, "subsample") for block in range(blocks)]
    capacity = recipe.synthetic * generations
    pool = PointPool(picks, family.replicate_block, capacity, recipe.memory == "resample")

    def remember(points: Array) -> Array:
        pool.add(points)
        return family.fit(family.average(pool.sample(recipe.synthetic)), recipe.synthetic)

    return remember
