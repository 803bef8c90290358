"""Two samples that change places: what chance alone makes of their distance and their spread.

Rows (or whole groups of near-copies) are dealt anew to the two sides. All means and covariances of
all deals come from one product of a table of who is where with the sums of each row: no row is
copied. p = (1 + k)/(1 + B), where k of the B deals are at least as extreme as what is seen, is
exact at every sample size (Phipson and Smyth 2010, Statistical Applications in Genetics 9, 39).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from collapse_core.drift.axes import PairAxes
from collapse_core.drift.rows import Sample
from collapse_core.measures.frechet import factored, gaussian_distances

__all__ = ["PairTest", "UnitSums", "distances", "extrapolated", "permutation_test", "unit_sums"]

Array = NDArray[np.float64]
Sides = NDArray[np.bool_]

AT_ONCE = 400  # deals, which bounds the memory
TIED = 1e-9  # relative: what rounding makes of equal values
LEAST_SPREAD = 1e-12  # of the widest variance: less counts as none
SHARES = (1.0, 0.5, 1.0 / 3.0, 0.25)  # of the rows, for what is read off at infinitely many
DRAWS = 40


class UnitSums(NamedTuple):
    """Sums over the rows of each unit of both samples; the first sample's come first.

    Parameters
    ----------
    sums : ndarray, shape (units, 1 + k + k (k + 1)/2)
        Of ones, of the coordinates and of their products.
    centred : ndarray, shape (units, 1 + k + k (k + 1)/2)
        The same of rows around the mean of their own sample: a difference of means would make a
        spread of its own in every permutation, and hide or feign one between the samples.
    first : int
        Units of the first sample.
    axes : int
        Number of coordinates k.
    least : float
        A variance that counts as none.
    """

    sums: Array
    centred: Array
    first: int
    axes: int
    least: float


class Deals(NamedTuple):
    """What is seen of each deal: distance, ln det S2 - ln det S1, and the ratio of ranks."""

    distance: Array
    volume: Array
    rank_ratio: Array


@dataclass(frozen=True)
class PairTest:
    """What permuting two samples says of them.

    Parameters
    ----------
    rows : tuple of int
        Rows of each that were permuted, at most 1,000.
    units : tuple of int
        Groups of each that were permuted as a whole; as many as rows where none were given.
    axes : int
        Principal axes of the pair that were used, at most 16.
    permutations : int
        How often.
    distance : float
        Frechet distance of these rows on these axes.
    chance, limit : float
        Average distance that chance makes of it, and the one that it exceeds at the alarm's level.
    above, below : float
        p-value of a distance as large as this, and of one as small.
    contraction, expansion : float
        p-value of ln det S2/S1 as small as this, and as large; rows being permuted around the mean
        of their own sample, so that a difference of means plays no part.
    volume : float
        ln det S2/S1 itself, along these axes.
    rank_ratio : float
        Effective rank of the second by that of the first, along these axes.
    rank_low, rank_high : float
        Between which that ratio lies in 90 of 100 permutations.
    """

    rows: tuple[int, int]
    units: tuple[int, int]
    axes: int
    permutations: int
    distance: float
    chance: float
    limit: float
    above: float
    below: float
    contraction: float
    expansion: float
    volume: float
    rank_ratio: float
    rank_low: float
    rank_high: float


def permutation_test(
    one: Sample,
    other: Sample,
    axes: PairAxes,
    permutations: int,
    level: float,
    rng: np.random.Generator,
) -> PairTest:
    """Compare two samples with what permuting them makes.

    Parameters
    ----------
    one, other : Sample
        The earlier one first.
    axes : PairAxes
        Of the pair.
    permutations : int
        B; p-values are multiples of 1/(1 + B).
    level : float
        For the limit.
    rng : numpy.random.Generator
        Deals.
    """
    axes = axes.tested()
    units = unit_sums(one, other, axes)
    seen, deals = permuted_deals(units, permutations, rng)
    slack = TIED * float(deals.distance.mean())
    narrow = TIED * max(1.0, abs(float(seen.volume[0])))
    return PairTest(
        rows=(len(one.drawn), len(other.drawn)),
        units=(one.units, other.units),
        axes=axes.number,
        permutations=permutations,
        distance=float(seen.distance[0]),
        chance=float(deals.distance.mean()),
        limit=float(np.quantile(deals.distance, 1.0 - level, method="higher")),
        above=_p(deals.distance >= seen.distance - slack),
        below=_p(deals.distance <= seen.distance + slack),
        contraction=_p(deals.volume <= seen.volume + narrow),
        expansion=_p(deals.volume >= seen.volume - narrow),
        volume=float(seen.volume[0]),
        rank_ratio=float(seen.rank_ratio[0]),
        rank_low=float(np.quantile(deals.rank_ratio, 0.05)),
        rank_high=float(np.quantile(deals.rank_ratio, 0.95)),
    )


def unit_sums(one: Sample, other: Sample, axes: PairAxes) -> UnitSums:
    """Return the sums of each unit of a pair along some axes."""
    parts = [
        np.add.reduceat(_products((sample.tested - axes.middle) @ axes.axes), starts, axis=0)
        for sample in (one, other)
        for starts in (_starts(sample),)
    ]
    centred = [_centred(part, axes.number) for part in parts]
    least = max(LEAST_SPREAD * float(axes.variances.max(initial=0.0)), 1e-300)
    return UnitSums(np.concatenate(parts), np.concatenate(centred), one.units, axes.number, least)


def permuted_deals(
    units: UnitSums, permutations: int, rng: np.random.Generator
) -> tuple[Deals, Deals]:
    """Return what is seen as it is, and of each permutation."""
    sides = np.zeros(len(units.sums), dtype=bool)
    sides[: units.first] = True
    dealt = (rng.permuted(np.tile(sides, (count, 1)), axis=1) for count in _portions(permutations))
    parts = [Deals(distances(units, part), *spreads(units, part)) for part in dealt]
    seen = Deals(distances(units, sides[np.newaxis]), *spreads(units, sides[np.newaxis]))
    return seen, Deals(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def distances(units: UnitSums, first: Sides, second: Sides | None = None) -> Array:
    """Return the distance of each deal: if units stand on these sides, shape (deals, units).

    Without a second side it is made of all that are not on the first.
    """
    sums = first.astype(np.float64) @ units.sums
    rest = units.sums.sum(axis=0) - sums if second is None else second.astype(float) @ units.sums
    ours, theirs = _moments(sums, units.axes), _moments(rest, units.axes)
    one, other = factored(ours[1]), factored(theirs[1])
    return gaussian_distances(ours[0], one, theirs[0], other)


def spreads(units: UnitSums, first: Sides) -> tuple[Array, Array]:
    """Return ln det S2 - ln det S1, and the ratio of effective ranks, of each deal."""
    sums = first.astype(np.float64) @ units.centred
    logs, ranks = [], []
    for part in (sums, units.centred.sum(axis=0) - sums):
        values: Array = np.asarray(np.linalg.eigvalsh(_moments(part, units.axes)[1]), dtype=float)
        logs.append(np.log(np.maximum(values, units.least)).sum(axis=-1))
        ranks.append(_ranks(values, units.least))
    return logs[1] - logs[0], ranks[1] / ranks[0]


def extrapolated(units: UnitSums, rng: np.random.Generator) -> float:
    """Return the distance that a line in 1/n reaches at infinitely many rows.

    Parts of both samples are drawn, a half, a third and a quarter of their units, forty times each;
    the distance is nearly a line in 1/n (Chong and Forsyth 2020, "Effectively unbiased FID and
    Inception score"). It is an estimate with an error of its own, and can fall below 0.
    """
    count, first = len(units.sums), units.first
    places, heights = [], []
    for share in SHARES:
        sides = np.zeros((2, 1 if share == 1.0 else DRAWS, count), dtype=bool)
        for side, (start, stop) in enumerate(((0, first), (first, count))):
            drawn = np.zeros(stop - start, dtype=bool)
            drawn[: max(2, round(share * (stop - start)))] = True
            sides[side, :, start:stop] = rng.permuted(np.tile(drawn, (sides.shape[1], 1)), axis=1)
        places.append(1.0 / share)
        heights.append(float(distances(units, sides[0], sides[1]).mean()))
    return float(np.polyfit(places, heights, 1)[1])


def _centred(sums: Array, axes: int) -> Array:
    """Return the sums of units of one sample, of rows around the sample's mean."""
    sizes, first = sums[:, :1], sums[:, 1 : 1 + axes]
    mean = first.sum(axis=0) / sizes.sum()
    left, right = np.triu_indices(axes)
    cross = first[:, left] * mean[right] + first[:, right] * mean[left]
    products = sums[:, 1 + axes :] - cross + sizes * mean[left] * mean[right]
    return np.hstack([sizes, first - sizes * mean, products])


def _portions(total: int) -> Iterator[int]:
    for done in range(0, total, AT_ONCE):
        yield min(AT_ONCE, total - done)


def _starts(sample: Sample) -> NDArray[np.int64]:
    return np.flatnonzero(np.diff(sample.groups, prepend=-1))


def _products(rows: Array) -> Array:
    """Return a 1, the coordinates and their products, for each row."""
    left, right = np.triu_indices(rows.shape[1])
    return np.hstack([np.ones((len(rows), 1)), rows, rows[:, left] * rows[:, right]])


def _moments(sums: Array, axes: int) -> tuple[Array, Array]:
    """Return means, shape (deals, k), and covariances, shape (deals, k, k), from sums."""
    averages = sums[:, 1:] / sums[:, :1]
    means = averages[:, :axes]
    left, right = np.triu_indices(axes)
    squares = np.empty((len(sums), axes, axes))
    squares[:, left, right] = squares[:, right, left] = averages[:, axes:]
    return means, squares - means[:, :, np.newaxis] * means[:, np.newaxis]


def _ranks(values: Array, least: float) -> Array:
    """Return effective ranks, the participation ratio; 0 spread counts as that of a point, 1."""
    values = np.where(values > least, values, 0.0)
    squares = np.square(values).sum(axis=-1)
    some = squares > 0.0
    return np.where(some, values.sum(axis=-1) ** 2 / np.where(some, squares, 1.0), 1.0)


def _p(extreme: Sides) -> float:
    return float((1 + np.count_nonzero(extreme)) / (1 + len(extreme)))
