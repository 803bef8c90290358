"""The law of a Gaussian with both parameters fitted: exact averages for every policy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.families.gaussian import Gaussian
from collapse_core.law import Law
from collapse_core.laws.recipes import Shares, prior_mean, shares
from collapse_core.laws.registry import known_law
from collapse_core.policies import Recipe
from collapse_core.theory import gaussian_refit
from collapse_core.theory.gaussian_mixing import (
    GaussianAverages,
    mixed_gaussian_averages,
    remembered_gaussian_averages,
)
from collapse_core.theory.mixed_means import Mixture

__all__ = ["gaussian_law"]

Array = NDArray[np.float64]


@known_law.register
def gaussian_law(
    family: Gaussian, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return the averages of a Gaussian under a recipe.

    Parameters
    ----------
    family : Gaussian
        The truth.
    recipe : Recipe
        What each training set holds.
    generations : int
        Number of fits.
    temperature : float
        Sampling temperature: factor on the variance before sampling; 1 for none.
    approximate : bool
        Without effect: nothing is approximated.

    Returns
    -------
    Law
        ``mean`` is (E mu, E s2), shape (generations + 1, 2); ``variance`` is Var mu between
        replicates; ``diversity`` is E s2. All exact. The variance never reaches 0 in a finite
        time, unless a training set is a single point: ``absorbed`` is then 1. It is None with one
        fixed anchor, onto which all runs sink until rounding says that they are there, and where
        a training set can be one point drawn again and again.

    Raises
    ------
    ValueError
        If the prior is no mean parameter, or an unbiased variance is asked of a single point.
    """
    parts = shares(recipe)
    if family.unbiased and (parts.points if recipe.memory == "none" else recipe.synthetic) < 2:
        family.fit(family.truth, 1)  # raises, and says what to do
    averages = _averages(family, recipe, generations, temperature, parts)
    nothing = np.zeros(generations + 1)
    return Law(
        generations,
        mean=np.column_stack([family.mean + averages.bias, averages.expected_variance]),
        variance=averages.variance_of_mean,
        diversity=averages.expected_variance,
        absorbed=_absorbed(family, recipe, generations, parts),
        lost=nothing,
        taken_over=nothing.copy(),
    )


def _averages(
    family: Gaussian, recipe: Recipe, generations: int, temperature: float, parts: Shares
) -> GaussianAverages:
    truth, n = family.sd**2, max(recipe.synthetic, 1)
    if recipe.alone:
        known = (n, generations, family.unbiased, temperature)
        nothing = np.zeros(generations + 1)
        if not truth:  # what is 0 stays 0, even where the growth is beyond all numbers
            return GaussianAverages(nothing, nothing.copy(), nothing.copy())
        with np.errstate(over="ignore"):
            spread = truth * gaussian_refit.expected_variance(*known)
            wander = truth * gaussian_refit.variance_of_mean(*known)
        return GaussianAverages(nothing, wander, spread)
    if recipe.memory != "none":
        return remembered_gaussian_averages(
            truth,
            n,
            generations,
            recipe.memory,
            unbiased=family.unbiased,
            variance_scale=temperature,
        )
    offset, noise, inside = 0.0, 0.0, 0.0
    if recipe.pseudo_count:
        center, inside = prior_mean(family, recipe).tolist()
        offset = center - family.mean
    elif parts.real_points:
        noise = truth / parts.real_points
        inside = truth - noise
    mixture = Mixture(parts.synthetic, parts.other, offset, noise, parts.kept)
    points = parts.points
    correction = points / (points - 1) if family.unbiased else 1.0
    return mixed_gaussian_averages(truth, n, generations, mixture, inside, correction, temperature)


def _absorbed(family: Gaussian, recipe: Recipe, generations: int, parts: Shares) -> Array | None:
    """Return the chance that the variance is exactly 0."""
    moved = np.arange(generations + 1) > 0
    start = float(family.sd == 0)
    if recipe.pseudo_count:
        center, inside = prior_mean(family, recipe).tolist()
        alive = inside > 0 or center != family.mean or not start
        return np.where(moved, float(not alive), start)
    if recipe.fixed == 1:
        # All runs sink onto the anchor; when they touch it is a matter of rounding.
        return None
    points = recipe.synthetic if recipe.memory != "none" else parts.points
    if recipe.real_weight is not None:
        # Without weight a set of points is not there.
        points = recipe.synthetic if parts.synthetic else parts.real_points
        points += parts.real_points if parts.synthetic and parts.other else 0
    if recipe.memory in ("subsample", "resample") and recipe.synthetic > 1 and not start:
        # A sample with replacement can be one point, picked every time.
        return None if recipe.memory == "resample" else np.zeros(generations + 1)
    return np.where(moved, max(float(points == 1), start), start)
