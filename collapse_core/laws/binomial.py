"""Binomial counts with M known trials: two colours, with M marbles for every point.

A sample of n points of M trials is a sample of n M trials, and so are real points, imaginary ones
and everything accumulated. Only a sample of a memory is different, since it picks whole points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.families.binomial import Binomial
from collapse_core.law import Distribution, Law
from collapse_core.laws.quadratic_variance import quadratic_variance_law
from collapse_core.laws.recipes import prior_mean
from collapse_core.laws.registry import begins_alike, known_law
from collapse_core.laws.two_colours import same_formulas, two_colour_law
from collapse_core.policies import Recipe

__all__ = ["binomial_law"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class _Scaled:
    """Quantiles of a share, in units of counts."""

    share: Distribution
    trials: int

    def quantile(self, level: float) -> Array:
        return self.trials * self.share.quantile(level)

    def until(self, generations: int) -> _Scaled:
        return _Scaled(self.share.until(generations), self.trials)


@known_law.register
def binomial_law(
    family: Binomial, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return what is known of binomial counts under a recipe.

    Parameters
    ----------
    family : Binomial
        The truth.
    recipe : Recipe
        What each training set holds.
    generations : int
        Number of fits.
    temperature : float
        Sampling temperature; at any but 1 nothing is known, as a sharpened count is not binomial.
    approximate : bool
        Whether to fill gaps with named approximations.

    Raises
    ------
    ValueError
        If the mean of a prior does not belong to the family.
    """
    if temperature != 1.0 and recipe.synthetic:
        return Law.unknown(generations)
    if recipe.memory in ("subsample", "resample"):
        law = quadratic_variance_law(family, recipe, generations, temperature, approximate)
        return replace(law, absorbed=None, lost=None, taken_over=None)
    trials, marbles = family.trials, _marbles(family, recipe)
    law = two_colour_law(family.probability, marbles, generations, 1.0, approximate)
    return replace(
        law,
        mean=_scaled(law.mean, trials),
        variance=_scaled(law.variance, trials**2),
        diversity=_scaled(law.diversity, trials),
        distribution=None if law.distribution is None else _Scaled(law.distribution, trials),
    )


@begins_alike.register
def _binomial_begins_alike(
    family: Binomial, recipe: Recipe, generations: int, longer: int, temperature: float
) -> bool:
    if temperature != 1.0 or recipe.memory != "none":
        return True
    return same_formulas(_marbles(family, recipe), generations, longer, 1.0)


def _marbles(family: Binomial, recipe: Recipe) -> Recipe:
    """Return the recipe in marbles: M of them for every point."""
    trials = family.trials
    mean = float(prior_mean(family, recipe)) / trials if recipe.pseudo_count else None
    return replace(
        recipe,
        synthetic=recipe.synthetic * trials,
        fresh=recipe.fresh * trials,
        fixed=recipe.fixed * trials,
        pseudo_count=recipe.pseudo_count * trials,
        pseudo_mean=mean,
    )


def _scaled(values: Array | None, factor: float) -> Array | None:
    return None if values is None else values * factor
