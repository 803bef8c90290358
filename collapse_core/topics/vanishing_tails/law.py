"""Vanishing tails: what is known of the tail without sampling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import LimitedCategorical
from collapse_core.horizon import furthest
from collapse_core.law import cut
from collapse_core.loop import ClosedLoop

__all__ = ["TailsLaw", "tails_horizon", "tails_law"]

Array = NDArray[np.float64]

LARGEST_TABLE = 5_000_000


@dataclass(frozen=True, eq=False)
class TailsLaw:
    """What is known of the tail without sampling. Index 0 along time is the truth.

    Parameters
    ----------
    survivors : ndarray, shape (generations + 1,), or None
        Expected number of kinds alive; None where no law is known.
    exact : bool
        Whether that is exact; otherwise the branching approximation.
    gini : ndarray, or None
        Expected Gini diversity, exact, as a share of the truth's.
    ancestors : ndarray, or None
        Expected number of original data points with descendants; None where real points join.
    ancestors_exact : bool
        Whether that is exact.
    median_loss : ndarray, shape (K,), or None
        Generation by which a kind is lost in half of all runs, exactly; inf if later.
    """

    survivors: Array | None
    exact: bool
    gini: Array | None
    ancestors: Array | None
    ancestors_exact: bool
    median_loss: Array | None

    def until(self, generations: int) -> TailsLaw:
        """Return the law of the first generations; curves are views.

        It is that of the loop over so many generations, if the longer one has the same formulas:
        see `tails_horizon`.
        """
        later = self.median_loss
        return TailsLaw(
            cut(self.survivors, generations),
            self.exact,
            cut(self.gini, generations),
            cut(self.ancestors, generations),
            self.ancestors_exact,
            None if later is None else np.where(later <= generations, later, np.inf),
        )


def tails_law(loop: ClosedLoop) -> TailsLaw:
    """Return what is known of a loop of categories without sampling it.

    Parameters
    ----------
    loop : ClosedLoop
        Its family is `Categorical` or `LimitedCategorical`.

    Notes
    -----
    Survivors: exact by lumping (two-type Wright-Fisher chain, Ewens 2004) while the chain is small
    enough, else the branching approximation. With fresh real points: coalescent with immigration.
    Sharpened sampling, cuts, fixed real points and sampled pools have no known law of survivors.
    """
    family = loop.family
    law = loop.exact()
    truth = float(family.variance(family.truth))
    gini = None if law.diversity is None or truth == 0.0 else law.diversity / truth
    return _formulas(loop, loop.generations)(loop, gini)


def tails_horizon(loop: ClosedLoop) -> ClosedLoop:
    """Return the loop over a rounded-up number of generations whose law has the same formulas.

    ``tails_law(tails_horizon(loop)).until(loop.generations)`` is ``tails_law(loop)``.

    Parameters
    ----------
    loop : ClosedLoop
        Its family is `Categorical` or `LimitedCategorical`.
    """
    formulas, most = _formulas(loop, loop.generations), loop.horizon_of_law().generations

    def holds(generations: int) -> bool:
        return generations <= most and _formulas(loop, generations) is formulas

    return replace(loop, generations=furthest(loop.generations, holds))


Formulas = Callable[[ClosedLoop, Array | None], TailsLaw]


def _formulas(loop: ClosedLoop, generations: int) -> Formulas:
    """Return what computes the law: it depends on the generations where an exact one is slow."""
    from collapse_core.theory.tails import is_exact_feasible

    family, recipe = loop.family, loop.policy.recipe(loop.sample_size)
    limited = isinstance(family, LimitedCategorical) and family.limited
    plain = not recipe.fixed and not recipe.pseudo_count and recipe.real_weight is None
    if limited or loop.temperature != 1.0 or not plain or recipe.memory not in ("none", "all"):
        return _unknown
    if recipe.memory == "all" or recipe.synthetic == 0:
        return _seen_once
    if recipe.fresh:
        # Tracing back with real points costs about three times the chain.
        points = recipe.synthetic + recipe.fresh
        return _with_real_points if is_exact_feasible(points, 3 * generations) else _unknown
    if not is_exact_feasible(recipe.synthetic, generations):
        return _approximated
    kept = family.truth.size * (generations + 1) <= LARGEST_TABLE
    return _kind_by_kind if kept else _all_kinds_together


def _unknown(loop: ClosedLoop, gini: Array | None) -> TailsLaw:
    return TailsLaw(None, False, gini, None, False, None)


def _approximated(loop: ClosedLoop, gini: Array | None) -> TailsLaw:
    from collapse_core.theory.tails import (
        expected_ancestors_approximation,
        expected_survivors_approximation,
    )

    known = loop.sample_size, loop.generations
    survivors = expected_survivors_approximation(loop.family.truth, *known)
    ancestors = expected_ancestors_approximation(*known)
    return TailsLaw(survivors, False, gini, ancestors, False, None)


def _all_kinds_together(loop: ClosedLoop, gini: Array | None) -> TailsLaw:
    from collapse_core.theory.coalescent import expected_ancestors
    from collapse_core.theory.tails import expected_survivors

    known = loop.sample_size, loop.generations
    survivors = expected_survivors(loop.family.truth, *known)
    return TailsLaw(survivors, True, gini, expected_ancestors(*known), True, None)


def _kind_by_kind(loop: ClosedLoop, gini: Array | None) -> TailsLaw:
    from collapse_core.theory.coalescent import expected_ancestors
    from collapse_core.theory.tails import can_be_lost_in_half, survival_probabilities

    truth, n, generations = loop.family.truth, loop.sample_size, loop.generations
    alive = survival_probabilities(truth, n, generations)
    dead = (alive <= 0.5) & can_be_lost_in_half(truth, n)
    median = np.where(dead.any(axis=0), dead.argmax(axis=0).astype(np.float64), np.inf)
    ancestors = expected_ancestors(n, generations)
    return TailsLaw(alive.sum(axis=1), True, gini, ancestors, True, median)


def _with_real_points(loop: ClosedLoop, gini: Array | None) -> TailsLaw:
    from collapse_core.theory.coalescent import expected_present_with_anchors

    recipe = loop.policy.recipe(loop.sample_size)
    present = expected_present_with_anchors(
        loop.family.truth, recipe.synthetic, recipe.fresh, loop.generations
    )
    return TailsLaw(present, True, gini, None, False, None)


def _seen_once(loop: ClosedLoop, gini: Array | None) -> TailsLaw:
    """Return the law where kinds are those of one sample of the truth, from generation 1 on."""
    truth = np.minimum(loop.family.truth, 1.0)
    with np.errstate(divide="ignore"):
        seen = float(-np.expm1(loop.sample_size * np.log1p(-truth)).sum())
    survivors = np.full(loop.generations + 1, seen)
    survivors[0] = np.count_nonzero(truth)
    return TailsLaw(survivors, True, gini, None, False, None)
