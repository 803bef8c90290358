"""The closed loop: sample from the current model, mix as the policy says, fit, repeat.

Generation 0 is the truth; generation 1 is the first fit. Everything else in this project is this
loop with another model or another policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from collapse_core.alone import categories_alone, runs_alone
from collapse_core.checks import check_memory, check_whole_number, fits_memory
from collapse_core.choosing import choosing
from collapse_core.families.base import Array
from collapse_core.families.categorical import Categorical
from collapse_core.families.living_categories import LivingCategories
from collapse_core.families.point_pool import check_budget, fits_budget
from collapse_core.horizon import furthest
from collapse_core.law import Law
from collapse_core.laws import begins_alike, law_of
from collapse_core.loop_settings import LoopSettings
from collapse_core.mixing import drawing, joined, mixing, remembering_points, true_states
from collapse_core.policies import Recipe
from collapse_core.streams import Blocks, Streams
from collapse_core.trajectory import Trajectory

__all__ = ["ClosedLoop"]

MANY_CATEGORIES = 30  # fewer are drawn as quickly with the dead ones


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
        rows, truth = self._blocks(replicates).replicates, self.family.truth
        check_memory("generations", self.generations, (self.generations + 1) * rows * truth.size)
        # Generation by generation in memory, so that each write is one contiguous block.
        history = np.empty((self.generations + 1, rows, *truth.shape))
        for block, states in self._parts(replicates, seed):
            for generation, mean in enumerate(map(self.family.mean_of, states)):
                history[generation, block] = mean
        return Trajectory(self, seed, np.moveaxis(history[:, :replicates], 0, 1))

    def horizon_of_runs(self, replicates: int) -> ClosedLoop:
        """Return the loop over a rounded-up number of generations.

        ``loop.horizon_of_runs(r).simulate(r, seed).until(loop.generations)`` has the runs of
        ``loop.simulate(r, seed)``, bit for bit. It is as long as `rounded_horizon`, or as memory
        allows.
        """
        family, recipe = self.family, self.policy.recipe(self.sample_size)
        rows = self._blocks(replicates).replicates

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

        There may be more rows than ``replicates``, as blocks of random streams are drawn whole;
        the first ``replicates`` rows are the answer. Do not write to them.
        """
        return map(self.family.mean_of, self.states(replicates, seed))

    def states(self, replicates: int, seed: int) -> Iterator[Array]:
        """Yield what `iterate` yields, in the form in which the family keeps its models.

        That is the mean parameter itself for every family but `MultivariateGaussian`.
        """
        parts = [states for _, states in self._parts(replicates, seed)]
        return map(joined, zip(*parts, strict=True))

    def _parts(self, replicates: int, seed: int) -> list[tuple[slice, Iterator[Array]]]:
        """Return the states of parts of the replicates: as many as can go on without the others."""
        family, recipe = self.family, self.policy.recipe(self.sample_size)
        blocks = self._blocks(replicates)
        if recipe.alone and family.in_order:
            streams = Streams(seed, "synthetic", blocks).of_blocks
            return [(rows, self._alone(rows.stop - rows.start, stream)) for rows, stream in streams]
        everyone = slice(blocks.replicates)
        if (
            isinstance(family, Categorical)
            and family.categories >= MANY_CATEGORIES
            and self._are_categories_alone(family)
        ):
            models = self._categories_alone(family, blocks, seed)
            return [(everyone, (each.full() for each in models))]
        return [(everyone, self._mixed(recipe, blocks, seed))]

    def _blocks(self, replicates: int) -> Blocks:
        replicates = check_whole_number("replicates", replicates, 1)
        check_memory("replicates", replicates, replicates * self.family.truth.size)
        in_order = self.family.in_order and not self.policy.recipe(self.sample_size).choosing
        return Blocks.of(replicates, self.family.replicate_block, in_order)

    def _mixed(self, recipe: Recipe, blocks: Blocks, seed: int) -> Iterator[Array]:
        """Yield the states where a training set is put together from several parts."""
        family = self.family
        sampled = family if self.temperature == 1.0 else family.tempered(self.temperature)
        state = true_states(family, blocks.replicates).copy()
        if recipe.choosing:
            step = choosing(sampled, family, recipe, blocks, seed)
            yield state
            for _ in range(self.generations):
                state = step(family.sampled_from(state, self.temperature))
                yield state
            return
        if recipe.memory in ("subsample", "resample") and family.materialises_points:
            check_budget(family, blocks.replicates, recipe, self.generations)
            draw = drawing(sampled, blocks, seed, "synthetic", one_by_one=True)
            mix = remembering_points(family, recipe, blocks, seed, self.generations)
        else:
            draw = drawing(sampled, blocks, seed, "synthetic")
            mix = mixing(family, recipe, blocks, seed)
        yield state
        for _ in range(self.generations):
            if recipe.synthetic:
                state = draw(family.sampled_from(state, self.temperature), recipe.synthetic)
            state = mix(state)
            yield state

    def _alone(self, replicates: int, stream: np.random.Generator) -> Iterator[Array]:
        """Yield the states where each generation is a sample of the one before, nothing else."""
        yield true_states(self.family, replicates).copy()
        points = self.policy.recipe(self.sample_size).synthetic
        known = (points, self.temperature, stream)
        yield from islice(runs_alone(self.family, replicates, *known), self.generations)

    def living(self, replicates: int, seed: int) -> Iterator[LivingCategories]:
        """Yield the models of ``replicates`` runs without their dead categories, as `iterate` does.

        Raises
        ------
        ValueError
            If the family has no categories.
        """
        family = self.family
        if not isinstance(family, Categorical):
            raise ValueError(f"family={family!r} has no categories: use families.Categorical.")
        if self._are_categories_alone(family):
            blocks = self._categories_alone(family, self._blocks(replicates), seed)
            return (models.first(replicates) for models in blocks)
        states = self.states(replicates, seed)
        return (LivingCategories.of(state[:replicates]) for state in states)

    def _are_categories_alone(self, family: Categorical) -> bool:
        alone = self.policy.recipe(self.sample_size).alone
        return alone and self.temperature == 1.0 and not family.limited

    def _categories_alone(
        self, family: Categorical, blocks: Blocks, seed: int
    ) -> Iterator[LivingCategories]:
        points = self.policy.recipe(self.sample_size).synthetic
        parts = [
            categories_alone(family, points, stream)
            for _, stream in Streams(seed, "synthetic", blocks).of_blocks
        ]
        yield LivingCategories.of(true_states(family, blocks.replicates))
        for _ in range(self.generations):
            yield LivingCategories.joined([next(part) for part in parts])
