"""Which adapter knows the law of a family: each one registers itself for its type."""

from __future__ import annotations

from functools import singledispatch

from collapse_core.checks import check_switch
from collapse_core.families.base import Family
from collapse_core.law import Law
from collapse_core.laws.chosen import chosen_law
from collapse_core.loop_settings import LoopSettings
from collapse_core.policies import Policy, Recipe

__all__ = ["begins_alike", "known_law", "law_of"]


@singledispatch
def known_law(
    family: Family, recipe: Recipe, generations: int, temperature: float, approximate: bool
) -> Law:
    """Return what is registered for a family's type: unknown here, never a guess.

    Parameters
    ----------
    family : Family
        The truth.
    recipe : Recipe
        What each training set holds.
    generations : int
        Number of fits.
    temperature : float
        Sampling temperature; 1 for none.
    approximate : bool
        Whether to fill gaps with approximations, each named in ``Law.approximations``.
    """
    return Law.unknown(generations)


@singledispatch
def begins_alike(
    family: Family, recipe: Recipe, generations: int, longer: int, temperature: float
) -> bool:
    """Return whether the law over more generations begins with the law over fewer.

    So it does, unless a family registers something else for its type: where an exact law is slow,
    other formulas may take its place.

    Parameters
    ----------
    family, recipe, generations, temperature
        As for `known_law`.
    longer : int
        At least ``generations``.
    """
    return True


def law_of(
    family: Family,
    policy: Policy,
    sample_size: int,
    generations: int,
    temperature: float = 1.0,
    approximate: bool = False,
) -> Law:
    """Return the law of a loop, with None where no closed form is known.

    A family that has a method ``law`` is asked itself, with these arguments but the first.

    Parameters
    ----------
    family : Family
        The truth.
    policy : Policy
        What each generation trains on.
    sample_size, generations : int
        Synthetic points per generation, and number of fits.
    temperature : float
        Sampling temperature; 1 for none.
    approximate : bool
        Whether to fill gaps with approximations, each named in ``Law.approximations``.
    """
    LoopSettings(family, policy, sample_size, generations, temperature)  # checks them
    approximate = check_switch("approximate", approximate)
    own = getattr(family, "law", None)
    if own is not None:
        law: Law = own(policy, sample_size, generations, temperature, approximate)
        return law
    recipe = policy.recipe(sample_size)
    if recipe.mixed:
        return Law.unknown(generations)
    if recipe.choosing:
        return chosen_law(family, recipe, generations, temperature, approximate)
    return known_law(family, recipe, generations, temperature, approximate)
