"""The closed loop on rows: sample rows, mix as the policy says, fit, repeat.

The same loop as `collapse_core.ClosedLoop`, for models that must see every row. Generation 0 is the
truth; generation 1 is the first fit. One generation is made from the one before, so that a run can
be watched, stopped and taken up again. Random numbers belong to (seed, generation, role): a run
that was stopped goes on as if it had never been.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_generations, check_whole_number
from collapse_core.data.sources import RowSource
from collapse_core.models.base import FittedModel, Model, Report, Rows, no_report
from collapse_core.models.choosing import accepted_rows, check_choosable, real_rows_by_chance
from collapse_core.policies import Policy
from collapse_core.recipe import Recipe
from collapse_core.streams import generator

__all__ = ["LARGEST_ROW_SAMPLE", "Generation", "ModelLoop"]

LARGEST_ROW_SAMPLE = 10**6

Born = NDArray[np.int64]
Part = tuple[Born, Rows]


@dataclass(frozen=True, eq=False)
class Generation:
    """One generation of a run.

    Parameters
    ----------
    number : int
        0 for the truth.
    rows : ndarray
        What the model was trained on; for the truth, its own rows.
    born : ndarray of int, shape (rows,)
        The generation in which each row was born: 0 is real, 3 was made by the third model.
    fitted : FittedModel or None
        The model; None for the truth.
    made : ndarray
        Rows that this generation makes, as many as the sample size says; the next generation
        trains on them.
    pool : tuple of (ndarray of int, ndarray)
        What policies with a memory have kept: when rows were born, and the rows.
    """

    number: int
    rows: Rows
    born: Born
    fitted: FittedModel | None
    made: Rows
    pool: tuple[Part, ...] = ()


@dataclass(frozen=True)
class ModelLoop:
    """A model that is trained on rows that it made, generation after generation.

    Parameters
    ----------
    model : Model
        What is fitted.
    source : RowSource
        The truth.
    policy : Policy
        What each generation trains on. A `Prior`'s imaginary points are real rows drawn once, a
        whole number of them, moved so that their average is the prior's mean if it has one;
        `Weighted` draws a training set of the usual size in which the real rows have the share
        that their weight says, and neither side may be rounded away.
    sample_size : int
        Points (words, for text) that each generation makes, 1 to 10**6.
    generations : int
        Number of fits, at least 1.

    Raises
    ------
    ValueError
        If a part is of the wrong kind or a number out of range.
    """

    model: Model
    source: RowSource
    policy: Policy
    sample_size: int
    generations: int

    def __post_init__(self) -> None:
        kinds = (("model", Model), ("source", RowSource), ("policy", Policy))
        for name, kind in kinds:
            if not isinstance(getattr(self, name), kind):
                raise ValueError(f"{name}={getattr(self, name)!r} is not a {kind.__name__}.")
        size = check_whole_number("sample_size", self.sample_size, 1, LARGEST_ROW_SAMPLE)
        object.__setattr__(self, "sample_size", size)
        generations = check_generations(self.generations, 1)
        object.__setattr__(self, "generations", generations)
        self._check_whole_rows()
        check_choosable(self.source, self.policy.recipe(self.sample_size))

    def _check_whole_rows(self) -> None:
        """Refuse a policy whose real rows would be rounded away: there is no half of a row."""
        recipe = self.policy.recipe(self.sample_size)
        if recipe.pseudo_count != round(recipe.pseudo_count):
            raise ValueError(
                f"strength={recipe.pseudo_count:g} of the prior is out of range: a model that sees "
                "rows takes whole imaginary rows. Choose a whole number."
            )
        weight = recipe.real_weight or 0.0
        if 0.0 < weight < 1.0 and round(weight * self.sample_size) in (0, self.sample_size):
            raise ValueError(
                f"real_weight={weight:g} is out of range: of {self.sample_size:,} rows it leaves "
                "one side without any. Choose a weight nearer to 0.5, or a larger sample_size."
            )

    def iterate(self, seed: int) -> Iterator[Generation]:
        """Yield every generation, from the truth (generation 0) on."""
        generation = self.first(seed)
        yield generation
        for _ in range(self.generations):
            generation = self.following(generation, seed)
            yield generation

    def first(self, seed: int) -> Generation:
        """Return generation 0: real rows."""
        rows = self.source.draw(self.sample_size, generator(seed, 0, "synthetic rows"))
        return Generation(0, rows, _born_in(0, rows), None, rows)

    def following(self, last: Generation, seed: int, report: Report = no_report) -> Generation:
        """Return the generation after another one.

        Parameters
        ----------
        last : Generation
            The generation before, of the same loop and seed.
        seed : int
            0 to 2**32 - 1. Same seed, same run.
        report : callable
            Is told how much of the fit is done, 0 to 1; it may raise to stop the work.
        """
        number = last.number + 1
        rows, born, pool = self._training_set(last, number, seed)
        fitted = self.model.fit(rows, generator(seed, number, "fit"), report)
        made = fitted.sample(self.sample_size, generator(seed, number, "synthetic rows"))
        return Generation(number, rows, born, fitted, made, pool)

    def _training_set(
        self, last: Generation, number: int, seed: int
    ) -> tuple[Rows, Born, tuple[Part, ...]]:
        """Return the rows that the policy asks for, when each was born, and the memory."""
        recipe = self.policy.recipe(self.sample_size)
        parts: list[Part] = []
        if recipe.real_chance is not None:
            members = real_rows_by_chance(recipe, generator(seed, number, "membership"))
            recipe = Recipe(recipe.synthetic - members, fresh=members)
        if recipe.synthetic:
            synthetic = self.source.take(last.made, recipe.synthetic)
            if recipe.judge is not None:
                rng = generator(seed, number, "judge")
                known = (self.source, last.fitted, synthetic, recipe.judge)
                synthetic = accepted_rows(*known, rng)
            parts.append((_born_in(last.number, synthetic), synthetic))
        pool = () if recipe.memory == "none" else (*last.pool, *parts)
        if pool:
            parts = [_pooled(pool)]
        if recipe.memory in ("subsample", "resample"):
            picks = generator(seed, number, "subsample")
            replacement = recipe.memory == "resample"
            parts = [self._chosen(parts[0], recipe.synthetic, picks, replacement)]
        parts += self._real_parts(recipe, number, seed)
        if recipe.real_weight is not None:
            parts = self._weighted(parts, recipe, generator(seed, number, "weights"))
        born, rows = _pooled(tuple(parts))
        return rows, born, pool

    def _real_parts(self, recipe: Recipe, number: int, seed: int) -> list[Part]:
        """Return the rows that no model made: fixed, imaginary and fresh ones."""
        parts = []
        if recipe.fixed:
            parts.append(self.source.draw(recipe.fixed, generator(seed, 0, "fixed rows")))
        if recipe.pseudo_count:
            parts.append(self._imaginary(recipe, generator(seed, 0, "imaginary rows")))
        if recipe.fresh:
            parts.append(self.source.draw(recipe.fresh, generator(seed, number, "real rows")))
        return [(_born_in(0, rows), rows) for rows in parts]

    def _imaginary(self, recipe: Recipe, rng: np.random.Generator) -> Rows:
        """Return a prior's imaginary rows: real ones, moved to the prior's mean."""
        rows = self.source.draw(round(recipe.pseudo_count), rng)
        if recipe.pseudo_mean is None:
            return rows
        mean = np.atleast_1d(np.asarray(recipe.pseudo_mean, dtype=np.float64))
        if rows.dtype == object or rows.ndim != 2 or mean.size not in (1, rows.shape[1]):
            raise ValueError(
                f"mean={recipe.pseudo_mean!r} of the prior fits no row of this data. Leave it out "
                "for imaginary rows that look like real ones."
            )
        moved: Rows = rows - rows.mean(axis=0) + mean
        return moved

    def _weighted(self, parts: list[Part], recipe: Recipe, rng: np.random.Generator) -> list[Part]:
        """Return a training set of which the fresh real rows, the last part, have their weight."""
        weight = recipe.real_weight or 0.0
        real = round(weight * self.sample_size)
        counts = (self.sample_size - real, real)
        sides = ((parts[0], counts[0]), (parts[-1], counts[1]))
        return [self._chosen(part, count, rng, True) for part, count in sides if count]

    def _chosen(self, part: Part, count: int, rng: np.random.Generator, replacement: bool) -> Part:
        """Return a sample of rows with the generations in which they were born."""
        born, rows = part
        places = self.source.choose(rows, count, rng, replacement=replacement)
        chosen = self.source.take(rows[places], count)  # the last sentence of a text may be cut
        return born[places][: len(chosen)], chosen


def _born_in(number: int, rows: Rows) -> Born:
    return np.full(len(rows), number, dtype=np.int64)


def _pooled(parts: tuple[Part, ...]) -> Part:
    born, rows = zip(*parts, strict=True)
    return np.concatenate(born), np.concatenate(rows)
