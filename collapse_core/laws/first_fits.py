"""Quantiles of two colours where there is no chain: Beta laws, and the first fit, which is known.

The first fit is a sample of the truth, so its quantiles are those of binomial numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.families.bernoulli import Bernoulli
from collapse_core.laws.recipes import prior_mean
from collapse_core.policies import Recipe
from collapse_core.theory.two_colours import approximations

__all__ = ["BetaMatched", "FirstFit", "first_quantile"]

Array = NDArray[np.float64]

_MOST_LEVELS = 1000


@dataclass(frozen=True)
class BetaMatched:
    """Quantiles of Beta distributions with given moments; those of the first fit are exact."""

    mean: Array
    variance: Array
    first: Callable[[float], float] | None

    def quantile(self, level: float) -> Array:
        """Return the quantile at each generation, shape (generations + 1,)."""
        quantile = approximations.quantile_beta_approximation(self.mean, self.variance, level)
        if self.first is not None:
            quantile[1] = self.first(level)
        return quantile

    def until(self, generations: int) -> BetaMatched:
        """Return the law of the first generations."""
        last = generations + 1
        return BetaMatched(self.mean[:last], self.variance[:last], self.first)


@dataclass(frozen=True)
class FirstFit:
    """Quantiles when every generation is a first fit to real points: binomial ones."""

    share: float
    recipe: Recipe
    generations: int

    def quantile(self, level: float) -> Array:
        """Return the quantile at each generation, shape (generations + 1,)."""
        quantile = np.full(self.generations + 1, first_quantile(self.share, self.recipe, level))
        quantile[0] = self.share
        return quantile

    def until(self, generations: int) -> FirstFit:
        """Return the law of the first generations."""
        return replace(self, generations=generations)


def first_quantile(share: float, recipe: Recipe, level: float) -> float:
    """Return a quantile of the first fit: synthetic points are then as good as real ones."""
    from scipy import stats

    points = recipe.synthetic + recipe.fresh + recipe.fixed
    if recipe.real_weight is None:
        blue = float(stats.binom.ppf(level, points, share))
        imagined = float(prior_mean(Bernoulli(share), recipe))
        total = points + recipe.pseudo_count
        return float(blue + recipe.pseudo_count * imagined) / total
    # Two averages with weights of their own: every pair of counts, or of quantiles of many.
    values, chances = np.zeros(1), np.ones(1)
    sides = ((recipe.synthetic, 1.0 - recipe.real_weight), (recipe.fresh, recipe.real_weight))
    for count, weight in sides:
        seen, likely = _levels_of(count, share)
        values = np.add.outer(values, weight * seen).ravel()
        chances = np.multiply.outer(chances, likely).ravel()
    order = np.argsort(values)
    reached = np.cumsum(chances[order]) >= level - 1e-12
    return float(values[order[np.argmax(reached)]])


def _levels_of(count: int, share: float) -> tuple[Array, Array]:
    """Return the averages that so many points can have, and their chances; many are thinned."""
    from scipy import stats

    if count < _MOST_LEVELS:
        blue = np.arange(count + 1.0)
        return blue / count, stats.binom.pmf(blue, count, share)
    levels = (np.arange(_MOST_LEVELS) + 0.5) / _MOST_LEVELS
    return stats.binom.ppf(levels, count, share) / count, np.full(levels.size, 1.0 / levels.size)
