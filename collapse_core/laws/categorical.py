"""The law of K categories: exact averages for every policy, by lumping.

Seen alone a category is "it or anything else", so its probability obeys the law of two colours.
The Gini diversity is a sum over categories of p (1 - p), so its average follows without any more
work: every category shrinks by the same factor.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.families.categorical import Categorical
from collapse_core.families.limited_categorical import LimitedCategorical
from collapse_core.law import Law
from collapse_core.laws.recipes import prior_mean
from collapse_core.laws.registry import begins_alike, known_law
from collapse_core.laws.two_colours import same_formulas, two_colour_law
from collapse_core.policies import Recipe
from collapse_core.theory import quadratic_variance

__all__ = ["categorical_law"]

Array = NDArray[np.float64]

_TWO_COLOURS = quadratic_variance.QuadraticVariance(0.0, 1.0, -1.0)
_MOST_CHAINS = 12  # different probabilities for which the chance of taking over is computed


@known_law.register
def categorical_law(
    family: Categorical, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return what is known of K categories under a recipe.

    Parameters
    ----------
    family : Categorical
        The truth.
    recipe : Recipe
        What each training set holds.
    generations : int
        Number of fits.
    temperature : float
        Sampling temperature; 1 for none. Lumping needs 1, unless there are two categories.
    approximate : bool
        Whether to fill gaps with named approximations.

    Returns
    -------
    Law
        ``mean``, shape (generations + 1, K); ``diversity``, the expected Gini diversity;
        ``variance``, the sum of the variances of all K probabilities; all exact. ``lost`` and
        ``taken_over`` speak of the first category. ``absorbed``, the chance that one category is
        left, is None where there are more than 12 different probabilities.

    Notes
    -----
    Source: p (1 - p) is the variance function with v2 = -1 (Morris 1982); the two-type chain of
    Wright and Fisher (Ewens 2004). The sum over categories by lumping is derived for this project.
    """
    if family.categories == 1:
        return _one_category(generations)
    other = prior_mean(family, recipe)
    if family.categories > 2 and temperature != 1.0:
        return Law.unknown(generations)
    first = _alone(family, 0, other, recipe, generations, temperature, approximate)
    if family.categories == 2:
        return _from_two_colours(first)
    names = {name: how for name, how in first.approximations.items() if name in _OF_THE_FIRST}
    mean, variance = _moments(family.truth, other, recipe, generations)
    return Law(
        generations,
        mean=mean,
        variance=variance,
        diversity=np.maximum(family.variance(mean) - variance, 0.0),
        absorbed=_absorbed(family, other, recipe, generations),
        lost=first.lost,
        taken_over=first.taken_over,
        approximations=names,
    )


@begins_alike.register
def _categorical_begins_alike(
    family: Categorical, recipe: Recipe, generations: int, longer: int, temperature: float
) -> bool:
    return same_formulas(recipe, generations, longer, temperature)


@known_law.register
def _limited_law(
    family: LimitedCategorical,
    recipe: Recipe,
    generations: int,
    temperature: float,
    approximate: bool,
) -> Law:
    """Return the law of `Categorical`, or an unknown one where a switch is on."""
    if family.limited:
        return Law.unknown(generations)
    return categorical_law(family, recipe, generations, temperature, approximate)


_OF_THE_FIRST = ("lost", "taken_over")


def _one_category(generations: int) -> Law:
    zeros, ones = np.zeros(generations + 1), np.ones(generations + 1)
    return Law(
        generations,
        mean=ones[:, np.newaxis],
        variance=zeros,
        diversity=zeros,
        absorbed=ones,
        lost=zeros,
        taken_over=ones,
    )


def _alone(
    family: Categorical,
    category: int,
    other: Array,
    recipe: Recipe,
    generations: int,
    temperature: float = 1.0,
    approximate: bool = False,
) -> Law:
    """Return the law of one category against all others together."""
    share = float(family.truth[category])
    if recipe.pseudo_count:
        recipe = replace(recipe, pseudo_mean=float(other[category]))
    return two_colour_law(share, recipe, generations, temperature, approximate)


def _from_two_colours(law: Law) -> Law:
    """Return the law of two categories: what holds for both sums to twice that of one."""
    both = None if law.mean is None else np.stack([law.mean, 1.0 - law.mean], axis=1)
    names = {name: how for name, how in law.approximations.items() if name != "distribution"}
    return replace(
        law,
        mean=both,
        variance=None if law.variance is None else 2.0 * law.variance,
        diversity=None if law.diversity is None else 2.0 * law.diversity,
        distribution=None,
        approximations=names,
    )


def _absorbed(family: Categorical, other: Array, recipe: Recipe, generations: int) -> Array | None:
    """Return the chance that one category has everything: the sum of those of all categories."""
    kinds, members = np.unique(np.stack([family.truth, other]), axis=1, return_counts=True)
    if members.size > _MOST_CHAINS:
        return None
    absorbed = np.zeros(generations + 1)
    for (share, imagined), count in zip(kinds.T.tolist(), members.tolist(), strict=True):
        category = int(np.flatnonzero((family.truth == share) & (other == imagined))[0])
        law = _alone(family, category, other, recipe, generations)
        if law.taken_over is None or not law.is_exact("taken_over"):
            return None
        absorbed += count * law.taken_over
    return np.minimum(absorbed, 1.0)


def _moments(truth: Array, other: Array, recipe: Recipe, generations: int) -> tuple[Array, Array]:
    """Return the expected probabilities and the sum of their variances."""
    if recipe.pseudo_count:
        return _moments_with_prior(truth, other, recipe, generations)
    gini = float(truth @ (1.0 - truth))
    mean = np.broadcast_to(truth, (generations + 1, truth.size))
    return mean, gini * _variance_ratio(recipe, generations)


def _variance_ratio(recipe: Recipe, generations: int) -> Array:
    """Return Var / V of one category, the same for all: computed at a share of one half."""
    n, half = recipe.synthetic, 0.5
    real = recipe.fresh + recipe.fixed
    if n == 0:
        return np.where(np.arange(generations + 1) > 0, 1.0 / real, 0.0)
    if recipe.memory == "all":
        moments = quadratic_variance.accumulate(_TWO_COLOURS, half, n, generations)
    elif recipe.memory != "none":
        replacement = recipe.memory == "resample"
        moments = quadratic_variance.accumulate_subsample(
            _TWO_COLOURS, half, n, generations, replacement=replacement
        )
    elif recipe.real_weight is not None:
        moments = quadratic_variance.weighted(
            _TWO_COLOURS, half, n, generations, recipe.fresh, recipe.real_weight
        )
    else:
        moments = quadratic_variance.anchors(
            _TWO_COLOURS, half, n, generations, real, fresh=not recipe.fixed
        )
    return np.asarray(np.maximum(moments.variance, 0.0) / (half * (1.0 - half)))


def _moments_with_prior(
    truth: Array, other: Array, recipe: Recipe, generations: int
) -> tuple[Array, Array]:
    """Return the moments when the average moves towards a prior's: the sum over categories.

    The recursion of one category's variance, s' = a^2 (s + (m (1 - m) - s) / n), is linear.
    """
    n = recipe.synthetic
    kept = n / (n + recipe.pseudo_count)
    pull = kept ** np.arange(generations + 1.0)[:, np.newaxis]
    mean = other + (truth - other) * pull
    levels = np.einsum("ti,ti->t", mean, 1.0 - mean)
    variance, spread = np.empty(generations + 1), 0.0
    for generation, level in enumerate(levels.tolist()):
        variance[generation] = spread
        spread = kept * kept * (spread + (level - spread) / n)
    return mean, variance
