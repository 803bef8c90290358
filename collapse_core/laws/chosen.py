"""The laws of loops whose training sets are chosen: filtered, judged, filled up to a quota."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

import numpy as np
from numpy.typing import NDArray

from collapse_core.families.base import Family
from collapse_core.families.bernoulli import Bernoulli
from collapse_core.families.categorical import Categorical
from collapse_core.families.gaussian import Gaussian
from collapse_core.families.judged import accepted_state, favourite
from collapse_core.families.quadratic_variance import QuadraticVarianceFamily
from collapse_core.families.quotas import filled_up
from collapse_core.law import Law
from collapse_core.recipe import Recipe
from collapse_core.theory.filtered_means import filtered_gaussian_averages, filtered_moments
from collapse_core.theory.judged import judged_course
from collapse_core.theory.quadratic_variance import QuadraticVariance
from collapse_core.theory.two_colours.mapped import LARGEST_MAPPED_SAMPLE_SIZE, mapped_share_law

__all__ = ["UNLIMITED", "chosen_law"]

Array = NDArray[np.float64]

UNLIMITED = "unlimited samples"
COLOURS = QuadraticVariance(0.0, 1.0, -1.0)


@singledispatch
def chosen_law(
    family: Family, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return what is known of a family under a filter, a judge or a quota.

    Two colours are exact and complete under all three, up to 599 points. A filter's mean, variance
    and diversity are exact for Gaussians, categories and one-parameter families. A judge's taste
    alone is known for a Gaussian with unlimited samples, as a named approximation.

    Parameters
    ----------
    family, recipe, generations, temperature, approximate
        As for `known_law`; the recipe is ``choosing``.
    """
    return Law.unknown(generations)


@chosen_law.register
def _colours(
    family: Bernoulli, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    size, truth = recipe.synthetic, family.share
    if size > LARGEST_MAPPED_SAMPLE_SIZE:
        return _moments(COLOURS, truth, recipe, generations, temperature)
    counted = np.arange(size + 1.0) / size
    shares = filled_up(family, counted, size, recipe.quota) if recipe.quota else counted
    known = (family, recipe, temperature)
    chances = _drawn(shares, *known)
    first = float(_drawn(np.array([truth]), *known)[0])
    law = mapped_share_law(truth, first, shares, chances, generations)
    names = ("mean", "variance", "diversity", "absorbed", "lost", "taken_over")
    curves = {name: getattr(law, name) for name in names}
    return Law(generations, **curves, distribution=law)


def _drawn(shares: Array, family: Bernoulli, recipe: Recipe, temperature: float) -> Array:
    """Return the chance that a point of the next training set is blue."""
    drawn = family.sampled_from(shares, temperature)
    if recipe.real_chance is not None:
        return (1.0 - recipe.real_chance) * drawn + recipe.real_chance * family.share
    if recipe.judge is not None:
        accepted = accepted_state(family, drawn, recipe.judge)
        assert accepted is not None
        return accepted
    return drawn


@chosen_law.register
def _quadratic(
    family: QuadraticVarianceFamily,
    recipe: Recipe,
    generations: int,
    temperature: float,
    approximate: bool,
) -> Law:
    known = (recipe, generations, temperature)
    return _moments(family.variance_function, float(family.truth), *known)


def _moments(
    function: QuadraticVariance,
    mean: float,
    recipe: Recipe,
    generations: int,
    temperature: float,
) -> Law:
    """Return a filter's exact averages, and nothing for the other two."""
    if recipe.real_chance is None or temperature != 1.0:
        return Law.unknown(generations)
    left_over = 1.0 - recipe.real_chance
    known = filtered_moments(function, mean, recipe.synthetic, generations, left_over)
    return Law(generations, known.mean, known.variance, known.diversity)


@chosen_law.register
def _categories(
    family: Categorical, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    # Each category alone is a chain of two colours; their variances add up.
    alone = _moments(COLOURS, 0.5, recipe, generations, temperature)
    if family.limited or alone.variance is None:
        return Law.unknown(generations)
    gini = float(family.variance(family.truth))
    variance = alone.variance * gini / 0.25
    mean = np.broadcast_to(family.truth, (generations + 1, family.categories))
    return Law(generations, mean, variance, np.maximum(gini - variance, 0.0))


@chosen_law.register
def _gaussian(
    family: Gaussian, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    truth = family.sd**2
    if temperature != 1.0:
        return Law.unknown(generations)
    if recipe.real_chance is not None:
        known = (recipe.synthetic, generations, 1.0 - recipe.real_chance)
        averages = filtered_gaussian_averages(truth, *known, unbiased=family.unbiased)
        mean, spread = np.full(generations + 1, family.mean), averages.expected_variance
        return Law(generations, np.column_stack([mean, spread]), averages.variance_of_mean, spread)
    judge = recipe.judge
    if judge is None or not judge.fair or not approximate:
        return Law.unknown(generations)
    centre = float(favourite(family, judge))
    means, spread = judged_course(family.mean, truth, centre, judge.bias, generations, truth or 1.0)
    named = dict.fromkeys(("mean", "diversity"), UNLIMITED)
    law = Law(generations, np.column_stack([means, spread]), diversity=spread)
    return replace(law, approximations=named)
