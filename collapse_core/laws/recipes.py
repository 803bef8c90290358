"""Recipes in the words of theory: which weights the two halves of a training set have."""

from __future__ import annotations

from dataclasses import dataclass

from collapse_core.families.base import Array, Family
from collapse_core.policies import Recipe

__all__ = ["Shares", "prior_mean", "shares"]


@dataclass(frozen=True)
class Shares:
    """Weights of the synthetic average and of the other one in a recipe without a memory.

    Attributes
    ----------
    synthetic, other : float
        The two weights; they add up to 1.
    real_points : int
        Real points behind the other average; 0 for a prior, or where there is no other one.
    points : int
        Points in a training set, imaginary ones excluded.
    kept : bool
        Whether the real points are drawn once and kept.
    """

    synthetic: float
    other: float
    real_points: int
    points: int
    kept: bool


def shares(recipe: Recipe) -> Shares:
    """Return the weights of a recipe that has no memory."""
    real = recipe.fresh + recipe.fixed
    points = recipe.synthetic + real
    if recipe.pseudo_count:
        total = recipe.synthetic + recipe.pseudo_count
        return Shares(recipe.synthetic / total, recipe.pseudo_count / total, 0, points, False)
    other = real / points if recipe.real_weight is None else recipe.real_weight
    return Shares(1.0 - other, other, real, points, recipe.fixed > 0)


def prior_mean(family: Family, recipe: Recipe) -> Array:
    """Return the average statistic of a prior's imaginary points, by default the truth's.

    Raises
    ------
    ValueError
        If it is no mean parameter of the family.
    """
    return family.truth if recipe.pseudo_mean is None else family.check_mean(recipe.pseudo_mean)
