"""The law of any family with one statistic and a quadratic variance function.

Mean, variance and diversity are exact for every policy. The chance of extinction is exact where it
is known: for positive and for normal quantities it is 0, for Poisson counts a branching process
gives it, and for all counts that are accumulated it is settled by the first real points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.families.poisson import Poisson
from collapse_core.families.quadratic_variance import CountFamily, QuadraticVarianceFamily
from collapse_core.law import Distribution, Law
from collapse_core.laws.recipes import prior_mean, shares
from collapse_core.laws.registry import known_law
from collapse_core.policies import Recipe
from collapse_core.theory import extinction, mixed_means, poisson_branching, quadratic_variance

__all__ = ["quadratic_variance_law"]

Array = NDArray[np.float64]

LOG_NORMAL = "a log-normal law with the exact mean and variance of ln m"


@dataclass(frozen=True)
class _Normal:
    """Quantiles of normal laws."""

    mean: Array
    variance: Array

    def quantile(self, level: float) -> Array:
        from scipy.special import ndtri

        return np.asarray(self.mean + np.sqrt(self.variance) * ndtri(level))

    def until(self, generations: int) -> _Normal:
        return _Normal(self.mean[: generations + 1], self.variance[: generations + 1])


@dataclass(frozen=True)
class _LogNormal:
    """Quantiles of log-normal laws, given the mean and the variance of the logarithm.

    The first fit is exact: a gamma number of this mean and shape.
    """

    log_mean: Array
    log_variance: Array
    first_mean: float
    first_shape: float

    def quantile(self, level: float) -> Array:
        from scipy.special import gammaincinv, ndtri

        with np.errstate(over="ignore", under="ignore"):
            quantile = np.exp(self.log_mean + np.sqrt(self.log_variance) * ndtri(level))
        first = gammaincinv(self.first_shape, level) / self.first_shape
        quantile[1] = self.first_mean * first
        return np.asarray(quantile)

    def until(self, generations: int) -> _LogNormal:
        first = slice(generations + 1)
        logs = self.log_mean[first], self.log_variance[first]
        return _LogNormal(*logs, self.first_mean, self.first_shape)


@known_law.register
def quadratic_variance_law(
    family: QuadraticVarianceFamily,
    recipe: Recipe,
    generations: int,
    temperature: float,
    approximate: bool,
) -> Law:
    """Return what is known of a family under a recipe.

    Parameters
    ----------
    family : QuadraticVarianceFamily
        The truth.
    recipe : Recipe
        What each training set holds.
    generations : int
        Number of fits.
    temperature : float
        Sampling temperature; 1 for none.
    approximate : bool
        Whether to add named approximations: quantiles of gamma means under pure replacement.

    Returns
    -------
    Law
        Exact mean, variance and diversity for every policy, at temperature 1. At another one also
        for exponential and normal families, except with a sampled memory.

    Raises
    ------
    ValueError
        If the mean of a prior does not belong to the family.
    """
    moments = _moments(family, recipe, generations, temperature)
    if moments is None:
        return Law.unknown(generations)
    lost = _lost(family, recipe, generations, temperature)
    degenerate = float(family.variance(family.truth)) == 0.0
    constant = np.full(generations + 1, float(degenerate))
    distribution, named = _distribution(family, recipe, moments, temperature, approximate)
    return Law(
        generations,
        mean=moments.mean,
        variance=moments.variance,
        diversity=moments.diversity,
        absorbed=constant if family.variance_function.v0 or family.lowest < 0 else lost,
        lost=lost,
        taken_over=np.zeros(generations + 1),
        distribution=distribution,
        approximations=named,
    )


def _moments(
    family: QuadraticVarianceFamily, recipe: Recipe, generations: int, temperature: float
) -> quadratic_variance.Moments | None:
    mean, function = float(family.truth), family.variance_function
    if temperature != 1.0 and recipe.synthetic:
        return _tempered_moments(family, recipe, generations, temperature)
    n = max(recipe.synthetic, 1)
    if recipe.memory == "all":
        return quadratic_variance.accumulate(function, mean, n, generations)
    if recipe.memory != "none":
        return quadratic_variance.accumulate_subsample(
            function, mean, n, generations, replacement=recipe.memory == "resample"
        )
    if recipe.pseudo_count:
        center = float(prior_mean(family, recipe))
        return quadratic_variance.prior(function, mean, n, generations, recipe.pseudo_count, center)
    if not recipe.synthetic:
        mixture = _mixture(family, recipe)
        return mixed_means.mixed_mean_moments(function, mean, n, generations, mixture)
    if recipe.real_weight is not None:
        return quadratic_variance.weighted(
            function, mean, n, generations, recipe.fresh, recipe.real_weight
        )
    count = recipe.fresh + recipe.fixed
    return quadratic_variance.anchors(function, mean, n, generations, count, fresh=not recipe.fixed)


def _tempered_moments(
    family: QuadraticVarianceFamily, recipe: Recipe, generations: int, temperature: float
) -> quadratic_variance.Moments | None:
    effect = family.linear_temperature(temperature)
    if effect is None or recipe.memory in ("subsample", "resample"):
        return None
    known = (family.variance_function, float(family.truth), recipe.synthetic, generations)
    if recipe.memory == "all":
        return mixed_means.accumulated_mean_moments(*known, *effect)
    return mixed_means.mixed_mean_moments(*known, _mixture(family, recipe), *effect)


def _mixture(family: QuadraticVarianceFamily, recipe: Recipe) -> mixed_means.Mixture:
    parts = shares(recipe)
    mean, noise = float(family.truth), 0.0
    if recipe.pseudo_count:
        mean = float(prior_mean(family, recipe))
    elif parts.real_points:
        noise = float(family.variance(family.truth)) / parts.real_points
    return mixed_means.Mixture(parts.synthetic, parts.other, mean, noise, parts.kept)


def _lost(
    family: QuadraticVarianceFamily, recipe: Recipe, generations: int, temperature: float
) -> Array | None:
    """Return the chance that the mean is at its lowest value, or None where it is not known."""
    moved = np.arange(generations + 1) > 0
    start = float(float(family.truth) == family.lowest)
    if recipe.pseudo_count and float(prior_mean(family, recipe)) > family.lowest:
        return np.where(moved, 0.0, start)
    if start or not isinstance(family, CountFamily):
        return np.full(generations + 1, start)
    if not recipe.synthetic:
        return np.where(moved, family.chance_of_lowest(recipe.fresh), start)
    if recipe.memory == "all":
        # The first real points stay in the pool for ever.
        return np.where(moved, family.chance_of_lowest(recipe.synthetic), start)
    if recipe.memory != "none" or not isinstance(family, Poisson) or temperature != 1.0:
        return None
    parts = shares(recipe)
    return poisson_branching.poisson_absence(
        recipe.synthetic,
        family.mean,
        generations,
        synthetic_weight=parts.synthetic,
        count=parts.real_points,
        real_weight=0.0 if recipe.pseudo_count else parts.other,
        fresh=not parts.kept,
    )


def _distribution(
    family: QuadraticVarianceFamily,
    recipe: Recipe,
    moments: quadratic_variance.Moments,
    temperature: float,
    approximate: bool,
) -> tuple[Distribution | None, dict[str, str]]:
    """Return the law of the mean: normal for normal means, log-normal for multiplied ones."""
    sampled = recipe.memory in ("subsample", "resample")
    function = family.variance_function
    if not function.v1 and not function.v2 and not sampled:
        return _Normal(moments.mean, moments.variance), {}
    multiplied = function.v0 == function.v1 == 0.0 and float(family.truth) > 0
    if not (approximate and multiplied and recipe.alone):
        return None, {}
    shape = 1.0 / function.v2
    times = np.arange(moments.mean.size, dtype=np.float64)
    drift = extinction.gamma_log_drift(recipe.synthetic, shape) + np.log(temperature)
    spread = extinction.gamma_log_variance(recipe.synthetic, shape)
    truth = float(family.truth)
    first = (truth * temperature, recipe.synthetic * shape)
    law = _LogNormal(np.log(truth) + times * drift, times * spread, *first)
    return law, {"distribution": LOG_NORMAL}
