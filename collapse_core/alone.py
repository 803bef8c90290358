"""Runs that train on their own points alone: what has collapsed for good is drawn no more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_made, check_memory, check_number, check_whole_number
from collapse_core.families.base import Array, Family
from collapse_core.families.categorical import Categorical
from collapse_core.families.living_categories import LivingCategories
from collapse_core.loop_settings import COLDEST, HOTTEST, LARGEST_SAMPLE_SIZE
from collapse_core.streams import RestartingGenerator

__all__ = ["categories_alone", "runs_alone"]

GENERATIONS_BETWEEN = 16  # looks for what has collapsed; more often costs more than it saves


def runs_alone(
    family: Family, replicates: int, points: int, temperature: float, rng: np.random.Generator
) -> Iterator[Array]:
    """Yield the models of generation 1, 2, ... of a block of runs, without end.

    A model that makes only one kind of point stays as it is. It is left out if it takes no random
    number, so that the others draw what they would have drawn; once all are such, nothing is drawn.

    Parameters
    ----------
    family : Family
        The truth; it draws in order.
    replicates, points : int
        Number of runs, and of synthetic points in each generation.
    temperature : float
        At which a model is sampled.
    rng : numpy.random.Generator
        The block's random stream.

    Raises
    ------
    TypeError, ValueError
        If one of them is out of range, once the first models are asked for.
    """
    check_made("family", family, Family)
    temperature = check_number("temperature", temperature, COLDEST, HOTTEST)
    points = check_whole_number("points", points, 1, LARGEST_SAMPLE_SIZE)
    replicates = check_whole_number("replicates", replicates, 1)
    check_memory("replicates", replicates, 3 * replicates * family.truth.size)
    restarting = rng if isinstance(rng, RestartingGenerator) else None
    sampled = family if temperature == 1.0 else family.tempered(temperature)
    draw, fit, sampled_from = sampled.draw_average, family.fit, family.sampled_from
    truth = family.state_of(family.truth)
    drawn = np.broadcast_to(truth, (replicates, *truth.shape)).copy()
    all_of_them, who = drawn, np.arange(replicates)
    while who.size:
        for _ in range(GENERATIONS_BETWEEN):
            if restarting is not None:
                restarting.next_draw()
            drawn = fit(draw(sampled_from(drawn, temperature), points, rng), points)
            if who.size < replicates:
                all_of_them = all_of_them.copy()
                all_of_them[who] = drawn
            else:
                all_of_them = drawn
            yield all_of_them
        moving = _moving(family, drawn)
        if np.count_nonzero(moving) < who.size:
            who, drawn = who[moving], drawn[moving]
    while True:
        yield all_of_them


def _moving(family: Family, models: Array) -> NDArray[np.bool_]:
    """Return which models are to be drawn from: all but those that stay as they are."""
    moving = np.asarray(family.variance(models) != 0.0)
    if np.count_nonzero(moving) == 0:
        return moving
    return models != family.lowest if family.silent_at_lowest else np.ones(len(models), dtype=bool)


def categories_alone(
    family: Categorical, points: int, rng: np.random.Generator
) -> Iterator[LivingCategories]:
    """Yield the models of generation 1, 2, ... of a block of runs, without end.

    Parameters
    ----------
    family : Categorical
        The truth.
    points : int
        Synthetic points of each generation.
    rng : numpy.random.Generator
        The block's random stream.

    Raises
    ------
    TypeError, ValueError
        If one of them is out of range, once the first models are asked for.
    """
    check_made("family", family, Categorical)
    points = check_whole_number("points", points, 1, LARGEST_SAMPLE_SIZE)
    truth = np.broadcast_to(family.truth, (family.replicate_block, family.categories))
    models = LivingCategories.of(family.draw_average(truth, points, rng))
    while True:
        yield models
        if models.category.size > models.replicates:  # otherwise each run has one category left
            models = models.drawn(points, rng)
