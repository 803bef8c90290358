"""Runs that train on their own points alone: what has collapsed for good is drawn no more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from collapse_core.families.categorical import Categorical
from collapse_core.families.living_categories import LivingCategories

__all__ = ["categories_alone"]


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
    """
    truth = np.broadcast_to(family.truth, (family.replicate_block, family.categories))
    models = LivingCategories.of(family.draw_average(truth, points, rng))
    while True:
        yield models
        if models.category.size > models.replicates:  # otherwise each run has one category left
            models = models.drawn(points, rng)
