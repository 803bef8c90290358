"""Two generations compared: their distance on all rows, its floor, and what permuting says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collapse_core.drift.axes import PairAxes, pair_axes, pooled, projected
from collapse_core.drift.permuted import PairTest, extrapolated, permutation_test, unit_sums
from collapse_core.drift.rows import Sample
from collapse_core.measures.samples import frechet_distance, frechet_of_chance

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True)
class Comparison:
    """Two generations compared.

    Parameters
    ----------
    distance : float
        Frechet distance (squared) of all rows, on all columns; or on the axes of the pair where
        there are fewer than ten rows for each column.
    floor : float
        Distance of two Gaussian samples of these sizes and one law, on average, in closed form.
    axes : int
        Columns or axes that the distance is taken on.
    reduced : bool
        Whether these are fewer than the columns.
    test : PairTest
        Of at most 1,000 rows of each, on at most 16 axes.
    extrapolated : float, optional
        The distance of the tested rows and axes at infinitely many rows, on a line in 1/n.
    """

    distance: float
    floor: float
    axes: int
    reduced: bool
    test: PairTest
    extrapolated: float | None = None


def compare(
    one: Sample,
    other: Sample,
    permutations: int,
    level: float,
    rng: np.random.Generator,
    extrapolate: bool = False,
) -> Comparison:
    """Return two generations compared; as `permutation_test`.

    Parameters
    ----------
    extrapolate : bool
        Whether to draw a line in 1/n too.
    """
    axes = pair_axes(one, other)
    law = projected(pooled(one, other), axes)
    test = permutation_test(one, other, axes, permutations, level, rng)
    return Comparison(
        distance=_distance(one, other, axes),
        floor=frechet_of_chance(law, len(one.rows), len(other.rows)),
        axes=axes.number,
        reduced=axes.reduced,
        test=test,
        extrapolated=extrapolated(unit_sums(one, other, axes.tested()), rng)
        if extrapolate
        else None,
    )


def _distance(one: Sample, other: Sample, axes: PairAxes) -> float:
    if not axes.reduced:
        return frechet_distance(one.moments, other.moments)
    return frechet_distance(projected(one.moments, axes), projected(other.moments, axes))
