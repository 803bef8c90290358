"""The law of two colours under every recipe: exact where a chain or a closed form is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from collapse_core.families.bernoulli import Bernoulli
from collapse_core.law import Law
from collapse_core.laws.first_fits import BetaMatched, FirstFit, first_quantile
from collapse_core.laws.recipes import prior_mean
from collapse_core.laws.registry import begins_alike, known_law
from collapse_core.policies import Recipe
from collapse_core.theory import quadratic_variance, two_colours
from collapse_core.theory.two_colours import approximations

__all__ = ["same_formulas", "two_colour_law"]

Array = NDArray[np.float64]
Formulas = Callable[[float, Recipe, int, float, bool], Law]

BETA = "a Beta distribution with the exact mean and variance"
DIFFUSION = "Kimura's diffusion, with the branching process's clock"
ABSENT = "a branching process with immigration"
SHARPENED = "normal noise on the log-odds, by its quantiles"
FEWEST_RARE = 20  # expected points of the rarer colour, for a temperature above 1
SHORT_ENOUGH = 4  # points per generation for each generation


def two_colour_law(
    share: float, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return what is known of two colours under a recipe.

    Parameters
    ----------
    share : float
        Share of blue in the truth.
    recipe : Recipe
        What each training set holds.
    generations : int
        Number of fits.
    temperature : float
        Sampling temperature; 1 for none.
    approximate : bool
        Whether to fill gaps with named approximations.

    Returns
    -------
    Law
        Exact and complete where the chain is small enough; otherwise exact moments, with None, or
        an approximation, for the rest.
    """
    formulas = _formulas(recipe, generations, temperature)
    return formulas(share, recipe, generations, temperature, approximate)


def same_formulas(recipe: Recipe, generations: int, longer: int, temperature: float) -> bool:
    """Return whether `two_colour_law` takes the same formulas for more generations."""
    asked = _formulas(recipe, generations, temperature)
    return _formulas(recipe, longer, temperature) is asked


def _formulas(recipe: Recipe, generations: int, temperature: float) -> Formulas:
    """Return what computes the law: it depends on the generations where an exact one is slow."""
    if recipe.memory != "none":
        return _with_memory
    if recipe.synthetic == 0:
        return _all_real
    if recipe.real_weight is not None:
        return _weighted
    if _chain_is_small(recipe, generations):
        return _chain
    if temperature == 1.0:
        return _large
    return _unknown if SHORT_ENOUGH * generations > recipe.synthetic else _large_and_sharpened


@known_law.register
def _bernoulli_law(
    family: Bernoulli, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    return two_colour_law(family.share, recipe, generations, temperature, approximate)


@begins_alike.register
def _bernoulli_begins_alike(
    family: Bernoulli, recipe: Recipe, generations: int, longer: int, temperature: float
) -> bool:
    return same_formulas(recipe, generations, longer, temperature)


def _unknown(
    share: float, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    return Law.unknown(generations)


def _arguments(share: float, recipe: Recipe) -> dict[str, float | int | bool]:
    """Return the recipe in the words of the theory: anchors, or a prior, or neither."""
    if recipe.pseudo_count:
        mean = float(prior_mean(Bernoulli(share), recipe))
        return {"prior_strength": recipe.pseudo_count, "prior_mean": mean}
    return {"anchors": recipe.fresh + recipe.fixed, "fresh": not recipe.fixed}


def _chain_is_small(recipe: Recipe, generations: int) -> bool:
    anchors = recipe.fresh + recipe.fixed
    return two_colours.is_exact_feasible(
        recipe.synthetic, generations, anchors=anchors, fresh=not recipe.fixed
    )


def _chain(
    share: float, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    law = two_colours.share_law(
        recipe.synthetic,
        share,
        generations,
        temperature=temperature,
        **_arguments(share, recipe),  # type: ignore[arg-type]
    )
    return Law(
        generations,
        mean=law.mean,
        variance=law.variance,
        diversity=law.diversity,
        absorbed=law.absorbed,
        lost=law.lost,
        taken_over=law.taken_over,
        distribution=law,
    )


def _large(
    share: float, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return exact moments for a jar that is too large for the chain."""
    mean, variance, diversity = approximations.share_moments(
        recipe.synthetic,
        share,
        generations,
        **_arguments(share, recipe),  # type: ignore[arg-type]
    )
    variance = np.maximum(variance, 0.0)  # rounding may leave -1e-20 where nothing varies
    law = Law(generations, mean=mean, variance=variance, diversity=diversity)
    if recipe.pseudo_count:
        return _with_beta(_kept_by_prior(law, share, recipe), share, recipe, approximate)
    if not approximate:
        return law
    lost = _missing_colour(share, recipe, generations)
    taken_over = _missing_colour(1.0 - share, recipe, generations)
    name = ABSENT if recipe.fresh else DIFFUSION
    return _with_beta(_with_losses(law, lost, taken_over, name), share, recipe, approximate)


def _kept_by_prior(law: Law, share: float, recipe: Recipe) -> Law:
    """Return the law with its chances of loss: a colour that the prior holds is never missing."""
    blue = float(_arguments(share, recipe)["prior_mean"])
    lost = _missing_with_prior(share, blue, law.generations)
    taken_over = _missing_with_prior(1.0 - share, 1.0 - blue, law.generations)
    absorbed = None if lost is None or taken_over is None else lost + taken_over
    return replace(law, lost=lost, taken_over=taken_over, absorbed=absorbed)


def _missing_with_prior(share: float, imagined: float, generations: int) -> Array | None:
    """Return the chance that a colour is missing, or None where the prior does not hold it."""
    if imagined == 0.0:
        return np.ones(generations + 1) if share == 0.0 else None
    missing = np.zeros(generations + 1)
    missing[0] = float(share == 0.0)
    return missing


def _missing_colour(share: float, recipe: Recipe, generations: int) -> Array | None:
    """Return the approximate chance that the colour with this share is missing."""
    if recipe.fixed:
        return None
    if recipe.fresh:
        rare = share <= 0.5
        absent = (
            approximations.absent_branching_approximation
            if rare
            else approximations.absent_beta_approximation
        )
        return absent(recipe.synthetic, share, generations, recipe.fresh)
    return approximations.lost_approximation(recipe.synthetic, share, generations)


def _with_losses(law: Law, lost: Array | None, taken_over: Array | None, name: str) -> Law:
    """Return the law with approximate chances of loss."""
    if lost is None or taken_over is None:
        return law
    absorbed = np.minimum(lost + taken_over, 1.0)
    named = dict.fromkeys(("lost", "taken_over", "absorbed"), name)
    return replace(law, lost=lost, taken_over=taken_over, absorbed=absorbed, approximations=named)


def _large_and_sharpened(
    share: float, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return approximate moments, where they are good: at a temperature none is exact."""
    if not approximate or recipe.fixed or recipe.pseudo_count:
        return Law.unknown(generations)
    rare = recipe.synthetic * min(share, 1.0 - share)
    if temperature > 1.0 and 0.0 < rare < FEWEST_RARE:
        return Law.unknown(generations)
    moments = approximations.sharpened_share_approximation(
        recipe.synthetic, share, generations, temperature, anchors=recipe.fresh
    )
    named = dict.fromkeys(("mean", "diversity"), SHARPENED)
    return Law(generations, mean=moments.mean, diversity=moments.diversity, approximations=named)


def _all_real(
    share: float, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return the law without any synthetic point: every generation is a new first fit."""
    points = recipe.fresh
    moved = np.arange(generations + 1) > 0
    variance = np.where(moved, share * (1.0 - share) / points, 0.0)
    lost = np.where(moved, (1.0 - share) ** points, float(share == 0.0))
    taken_over = np.where(moved, share**points, float(share == 1.0))
    mean = np.full(generations + 1, share)
    return Law(
        generations,
        mean=mean,
        variance=variance,
        diversity=share * (1.0 - share) - variance,
        absorbed=lost + taken_over,
        lost=lost,
        taken_over=taken_over,
        distribution=FirstFit(share, recipe, generations),
    )


def _with_memory(
    share: float, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return the law when everything is kept."""
    if temperature != 1.0:
        return Law.unknown(generations)
    if recipe.memory == "all":
        mean, variance, diversity, lost = approximations.accumulate_share(
            recipe.synthetic, share, generations
        )
        taken_over = approximations.accumulate_share(recipe.synthetic, 1 - share, generations)[3]
        law = Law(
            generations,
            mean=mean,
            variance=variance,
            diversity=diversity,
            absorbed=lost + taken_over,
            lost=lost,
            taken_over=taken_over,
        )
    else:
        law = _subsampled(share, recipe, generations)
    return _with_beta(law, share, recipe, approximate)


def _subsampled(share: float, recipe: Recipe, generations: int) -> Law:
    moments = quadratic_variance.accumulate_subsample(
        quadratic_variance.QuadraticVariance(0.0, 1.0, -1.0),
        share,
        recipe.synthetic,
        generations,
        replacement=recipe.memory == "resample",
    )
    return Law(
        generations,
        mean=moments.mean,
        variance=moments.variance,
        diversity=moments.diversity,
    )


def _weighted(
    share: float, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return exact moments when the real points have a weight of their own."""
    if temperature != 1.0:
        return Law.unknown(generations)
    moments = quadratic_variance.weighted(
        quadratic_variance.QuadraticVariance(0.0, 1.0, -1.0),
        share,
        recipe.synthetic,
        generations,
        recipe.fresh,
        float(recipe.real_weight or 0.0),
    )
    law = Law(
        generations,
        mean=moments.mean,
        variance=moments.variance,
        diversity=moments.diversity,
    )
    return _with_beta(law, share, recipe, approximate)


def _with_beta(law: Law, share: float, recipe: Recipe, approximate: bool) -> Law:
    """Return the law with Beta quantiles added where approximations are welcome."""
    if not approximate or law.mean is None or law.variance is None:
        return law
    # A sample with replacement of the first sample is not binomial.
    first = None if recipe.memory == "resample" else partial(first_quantile, share, recipe)
    return replace(
        law,
        distribution=BetaMatched(law.mean, law.variance, first),
        approximations={**law.approximations, "distribution": BETA},
    )
