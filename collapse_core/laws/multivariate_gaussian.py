"""The law of a Gaussian in many dimensions with known mean: exact average covariances."""

from __future__ import annotations

import math

import numpy as np

from collapse_core.families.multivariate_gaussian import MultivariateGaussian, packed, unpacked
from collapse_core.law import Law
from collapse_core.laws.recipes import prior_mean, shares
from collapse_core.laws.registry import known_law
from collapse_core.policies import Recipe
from collapse_core.theory import covariance_mixing

__all__ = ["multivariate_gaussian_law"]


@known_law.register
def multivariate_gaussian_law(
    family: MultivariateGaussian,
    recipe: Recipe,
    generations: int,
    temperature: float,
    approximate: bool,
) -> Law:
    """Return the averages of a covariance under a recipe.

    Parameters
    ----------
    family : MultivariateGaussian
        The truth.
    recipe : Recipe
        What each training set holds.
    generations : int
        Number of fits.
    temperature : float
        Sampling temperature: factor on the covariance before sampling; 1 for none.
    approximate : bool
        Without effect: nothing is approximated.

    Returns
    -------
    Law
        ``mean`` is the lower triangle of E S, shape (generations + 1, d (d + 1) / 2),
        ``variance`` the sum of the variances of all d^2 entries of S, ``diversity`` the average
        trace. All exact; with a sampled memory the variance is not known, and at a temperature
        nothing is.

    Raises
    ------
    ValueError
        If the mean of a prior is no covariance of this dimension.
    """
    truth = np.array(family.covariance)
    if recipe.memory in ("subsample", "resample"):
        if temperature != 1.0:
            return Law.unknown(generations)
        mean = np.broadcast_to(truth, (generations + 1, *truth.shape))
        moments = covariance_mixing.CovarianceMoments(mean, np.empty(0))
    else:
        moments = _moments(family, recipe, generations, temperature)
    with np.errstate(over="ignore"):
        trace = np.trace(moments.mean, axis1=1, axis2=2)
    sampled = moments.total_variance.size == 0
    gone = float(not truth.any())
    stays = not (recipe.pseudo_count and prior_mean(family, recipe).any())
    absorbed = np.where(np.arange(generations + 1) > 0, gone * stays, gone)
    return Law(
        generations,
        mean=packed(moments.mean),
        variance=None if sampled else moments.total_variance,
        diversity=trace,
        absorbed=absorbed,
        taken_over=np.zeros(generations + 1),
    )


def _moments(
    family: MultivariateGaussian, recipe: Recipe, generations: int, temperature: float
) -> covariance_mixing.CovarianceMoments:
    truth, n = np.array(family.covariance), max(recipe.synthetic, 1)
    if recipe.memory == "all":
        return covariance_mixing.accumulated_covariance_moments(truth, n, generations, temperature)
    parts = shares(recipe)
    other = unpacked(prior_mean(family, recipe)) if recipe.pseudo_count else truth
    return covariance_mixing.mixed_covariance_moments(
        truth,
        n,
        generations,
        synthetic_weight=parts.synthetic,
        other=other,
        other_points=parts.real_points or math.inf,
        kept=parts.kept,
        variance_scale=temperature,
    )
