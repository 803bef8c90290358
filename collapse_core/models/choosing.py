"""Rows that are chosen before a model learns from them: by a filter, or by a judge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from collapse_core.checks import shown
from collapse_core.data.sources import Rows, RowSource
from collapse_core.models.base import FittedModel
from collapse_core.recipe import Judge, Recipe

__all__ = ["accepted_rows", "check_choosable", "real_rows_by_chance"]

MOST_ROUNDS = 64
Sampler = Callable[[int, np.random.Generator], Rows]


def check_choosable(source: RowSource, recipe: Recipe) -> None:
    """Refuse a quota or a judge that means nothing for this kind of rows.

    Raises
    ------
    ValueError
        If rows have no categories, no distance or no known density that is needed.
    """
    if recipe.quota:
        raise ValueError(
            f"minimum={recipe.quota} points per category means nothing for rows, which have no "
            "categories: use a family of categories, or another policy."
        )
    judge = recipe.judge
    if judge is None:
        return
    if not judge.fair and getattr(source, "log_density", None) is None:
        raise ValueError(
            f"accept_right={judge.accept_right:g} and accept_wrong={judge.accept_wrong:g} differ, "
            "but the density of the real rows is not known, so no judge can tell right from "
            "wrong. Set both alike, or use real rows with a known density."
        )
    if judge.bias and source.held_out.dtype == object:
        raise ValueError(
            f"bias={judge.bias:g} is a taste for places, and rows of text have none: set it to 0."
        )


def real_rows_by_chance(recipe: Recipe, rng: np.random.Generator) -> int:
    """Return how many rows of a filtered training set are real: a binomial number."""
    return int(rng.binomial(recipe.synthetic, recipe.real_chance or 0.0))


def accepted_rows(
    source: RowSource,
    fitted: FittedModel | None,
    made: Rows,
    judge: Judge,
    rng: np.random.Generator,
) -> Rows:
    """Return as many rows as were made, all of them accepted by a judge.

    Parameters
    ----------
    source : RowSource
        The truth, which says what is right.
    fitted : FittedModel or None
        The model that made the rows; None for the truth, of which every row is right.
    made : ndarray, shape (rows, coordinates)
        The first candidates; others are made until there are enough. If 64 times as many have been
        judged, those accepted are all there are; if there are none, nothing was accepted and the
        rows are taken as they are.
    judge : Judge
        Who accepts.
    rng : numpy.random.Generator
        Source of randomness.
    """
    sample: Sampler = source.draw if fitted is None else fitted.sample
    kept, candidates = list[Rows](), made
    for _ in range(MOST_ROUNDS):
        chance = _chance(source, fitted, candidates, judge)
        kept.append(candidates[rng.random(len(candidates)) < chance])
        if sum(map(len, kept)) >= len(made):
            break
        candidates = sample(len(made), rng)
    rows = np.concatenate(kept)[: len(made)]
    return rows if len(rows) else made


def _chance(source: Any, fitted: FittedModel | None, rows: Rows, judge: Judge) -> np.ndarray:
    """Return the chance that each row is accepted."""
    right = np.ones(len(rows))
    if fitted is not None and not judge.fair:
        logs = source.log_density(rows)
        if logs is None:
            raise ValueError(
                f"accept_wrong={judge.accept_wrong:g} needs the density of the real rows, which "
                f"has no closed form for {type(source).__name__}: set it to accept_right."
            )
        with np.errstate(under="ignore", invalid="ignore"):
            right = np.exp(np.minimum(logs - fitted.log_density(rows), 0.0))
    chance = judge.accept_wrong + right * (judge.accept_right - judge.accept_wrong)
    if judge.bias:
        centre, unit = _taste(source, judge)
        squares = np.square(rows - centre).sum(axis=1) / unit
        with np.errstate(under="ignore"):
            chance = chance * np.exp(-0.5 * judge.bias * squares)
    return np.asarray(chance)


def _taste(source: RowSource, judge: Judge) -> tuple[np.ndarray, float]:
    """Return the place that a judge likes best, and the variance in which distances count."""
    real = source.held_out
    unit = float(real.var(axis=0).sum()) or 1.0
    if judge.centre is None:
        return real.mean(axis=0) + np.sqrt(unit / real.shape[1]), unit
    centre = np.asarray(judge.centre, dtype=np.float64)
    if centre.shape != real.shape[1:]:
        raise ValueError(
            f"centre={shown(judge.centre)} is no point of this data: give {real.shape[1]} numbers, "
            "or None."
        )
    return centre, unit
