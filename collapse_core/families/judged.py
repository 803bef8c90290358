"""What a judge lets through: accepted points of a model, as a state where that is one.

A judge keeps a right point with one chance and a wrong one with another, and a point far from its
taste more rarely still (`collapse_core.recipe.Judge`). For categories the accepted points follow
other categories' shares, and a normal model under taste alone stays normal: there the accepted law
is a state of the family and its averages are drawn as ever. Elsewhere points are drawn one by one
and judged until enough are accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_memory, shown
from collapse_core.families.base import Array, Family
from collapse_core.families.bernoulli import Bernoulli
from collapse_core.families.categorical import Categorical
from collapse_core.families.gaussian import Gaussian
from collapse_core.recipe import Judge
from collapse_core.theory.judged import judged_normal, judged_shares

__all__ = ["accepted_average", "accepted_state", "favourite"]

MOST_ROUNDS = 64  # rounds of as many candidates as points are wanted


def accepted_average(
    family: Family, state: Array, judge: Judge, sample_size: int, rng: np.random.Generator
) -> Array:
    """Draw the average statistic of accepted points of each model.

    Parameters
    ----------
    family : Family
        The truth, which says what is right.
    state : ndarray
        One model per replicate.
    judge : Judge
        Who accepts.
    sample_size : int
        Accepted points wanted. If 64 times as many have been judged and fewer are accepted, these
        are all there are; a model of which no point is accepted stays as it is.
    rng : numpy.random.Generator
        Source of randomness.

    Raises
    ------
    ValueError
        If the family cannot say what is right, or the judge's centre is no point of it.
    """
    closed = accepted_state(family, state, judge)
    if closed is not None:
        return family.draw_average(closed, sample_size, rng)
    points, have = _accepted_points(family, state, judge, sample_size, rng)
    average = state.copy()
    for count in np.unique(have[have > 0]):
        rows = have == count
        average[rows] = family.average(points[rows, :count])
    return average


@singledispatch
def accepted_state(family: Family, state: Array, judge: Judge) -> Array | None:
    """Return the models of accepted points where they belong to the family, or None.

    Parameters and errors as for `accepted_average`.
    """
    return None


@accepted_state.register
def _(family: Bernoulli, state: Array, judge: Judge) -> Array | None:
    models = np.stack([1.0 - state, state], axis=-1)
    truth = np.array([1.0 - family.share, family.share])
    return judged_shares(models, truth, *_rules(family, judge, 2))[..., 1]


@accepted_state.register
def _(family: Categorical, state: Array, judge: Judge) -> Array | None:
    return judged_shares(state, family.truth, *_rules(family, judge, family.categories))


@accepted_state.register
def _(family: Gaussian, state: Array, judge: Judge) -> Array | None:
    if not judge.fair:
        return None
    centre = float(favourite(family, judge))
    mean, variance = judged_normal(state[..., 0], state[..., 1], centre, judge.bias, _unit(family))
    return np.stack([mean, variance], axis=-1)


def favourite(family: Family, judge: Judge) -> Array:
    """Return the point that a judge likes best: shape (), or (coordinates,) for several numbers.

    For categories it is the place of one.

    Raises
    ------
    ValueError
        If the judge's centre is no point of the family.
    """
    kinds = _categories(family)
    shape = () if kinds or family.coordinates == 1 else (family.coordinates,)
    if judge.centre is None:
        if kinds:
            return np.asarray(_commonest(family))
        apart = np.sqrt(_unit(family) / family.coordinates)
        return np.asarray(_middle(family) + apart * np.ones(shape))
    centre = np.asarray(judge.centre, dtype=np.float64)
    if centre.shape != shape or (kinds and centre not in range(kinds)):
        asked = f"the place of a category, 0 to {kinds - 1}" if kinds else f"of shape {shape}"
        raise ValueError(
            f"centre={shown(judge.centre)} is no point of {type(family).__name__}: give one that "
            f"is {asked}, or None."
        )
    return centre


def _rules(family: Family, judge: Judge, kinds: int) -> tuple[float, float, Array]:
    """Return the judge's two chances, and his taste for each category."""
    taste = np.where(np.arange(kinds) == favourite(family, judge), 1.0, np.exp(-judge.bias))
    return judge.accept_right, judge.accept_wrong, taste


def _categories(family: Family) -> int:
    if isinstance(family, Bernoulli):
        return 2
    return family.categories if isinstance(family, Categorical) else 0


def _commonest(family: Family) -> int:
    return int(family.truth > 0.5) if family.truth.ndim == 0 else int(family.truth.argmax())


def _middle(family: Family) -> Array:
    """Return the mean of a point of the truth."""
    places = family.normal_places(family.truth)
    if places is not None:
        return np.asarray(places[0])
    return family.truth if family.coordinates == 1 else np.zeros(family.coordinates)


def _unit(family: Family) -> float:
    """Return the variance of a point of the truth, in which distances are measured; 1 for 0."""
    places = family.normal_places(family.truth)
    variance = family.variance(family.truth) if places is None else np.square(places[1])
    return float(variance) or 1.0


def _accepted_points(
    family: Family, state: Array, judge: Judge, wanted: int, rng: np.random.Generator
) -> tuple[Array, NDArray[np.int64]]:
    """Return accepted points of each model, and how many there are of it, row by row."""
    check_memory("sample_size", wanted, 4 * wanted * len(state) * family.coordinates)
    chance = _acceptance(family, judge)
    first = family.draw_points(state, wanted, rng)
    points = np.empty_like(first)
    have = np.zeros(len(state), dtype=np.int64)
    open_rows = np.arange(len(state))
    for number in range(MOST_ROUNDS):
        drawn = first if number == 0 else family.draw_points(state[open_rows], wanted, rng)
        kept = rng.random(drawn.shape[:2]) < chance(state[open_rows], drawn)
        place = have[open_rows, np.newaxis] + np.cumsum(kept, axis=1) - 1
        row, column = np.nonzero(kept & (place < wanted))
        points[open_rows[row], place[row, column]] = drawn[row, column]
        have[open_rows] = np.minimum(have[open_rows] + kept.sum(axis=1), wanted)
        open_rows = np.flatnonzero(have < wanted)
        if not open_rows.size:
            break
    return points, have


def _acceptance(family: Family, judge: Judge) -> Callable[[Array, Array], Array]:
    """Return the chance that each of some points is accepted, given the models they are from."""
    centre, unit = favourite(family, judge), _unit(family)
    if not judge.fair and family.coordinates > 1:
        raise ValueError(
            f"accept_right={judge.accept_right:g} and accept_wrong={judge.accept_wrong:g} differ, "
            f"but {type(family).__name__} has no density here that tells right from wrong: set "
            "both alike, or use a family of one number."
        )

    def chance(state: Array, points: Array) -> Array:
        accepted = np.full(points.shape[:2], judge.accept_right)
        if not judge.fair:
            right = _right(family, state, points)
            accepted = right * judge.accept_right + (1.0 - right) * judge.accept_wrong
        if judge.bias:
            squares = np.square(points - centre)
            squares = squares if squares.ndim == 2 else squares.sum(axis=2)
            with np.errstate(under="ignore"):
                accepted = accepted * np.exp(-judge.bias * squares / (2.0 * unit))
        return accepted

    return chance


def _right(family: Family, state: Array, points: Array) -> Array:
    """Return the chance that each point is right: min(1, p*(x)/q(x))."""
    truth = family.density(family.truth, points.ravel()).reshape(points.shape)
    model = _densities(family, family.mean_of(state), points)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(truth >= model, 1.0, truth / model))


def _densities(family: Family, means: Array, points: Array) -> Array:
    """Return the density of each point under the model of its row."""
    places = family.normal_places(means)
    if places is not None and (places[1] > 0.0).all():
        centre, deviation = (np.asarray(each)[..., np.newaxis] for each in places)
        with np.errstate(over="ignore", under="ignore"):
            heights = np.exp(-0.5 * np.square((points - centre) / deviation))
            return np.asarray(heights / (deviation * np.sqrt(2.0 * np.pi)))
    rows = zip(means, points, strict=True)
    return np.stack([family.density(mean, row) for mean, row in rows])
