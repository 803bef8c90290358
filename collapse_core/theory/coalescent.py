"""The tail seen backwards: how many original data points a model still descends from.

Follow the n points of generation t back in time. Each was copied from a point of the generation
before, chosen at random: their parents are the occupied boxes when balls are thrown into n boxes.
So the number of ancestors A_t shrinks, by a law in which the categories play no part: A_1 = n, and
A_{t+1} is the number of boxes hit when A_t balls are thrown into n. A category is alive at t if and
only if one of these A_t independent draws of the truth belongs to it. That is duality: the same
number as the chain of `tails`, from a different computation, so that each checks the other.

With k fresh real points (anchors) a generation a lineage can also end at an anchor: it is then a
draw of the truth, and is followed no further. ``anchors`` is their number k, from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_generations, check_whole_number
from collapse_core.theory.tails import (
    check_exact_is_feasible,
    check_probabilities,
    check_survival_parameters,
    distinct_probabilities,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["expected_ancestors", "expected_present_with_anchors", "expected_survivors_coalescent"]

Array = NDArray[np.float64]

_NEGLIGIBLE = 1e-24  # probabilities below this are dropped: far under the rounding of a sum to 1
_LOG_NEGLIGIBLE = np.log(_NEGLIGIBLE)
_INTERPOLATION_ERROR = 1e-12


def expected_ancestors(sample_size: int, generations: int) -> Array:
    """Return the exact expected number of original data points with descendants at each generation.

    E A_t, from n down towards 1. Index 0 and index 1 are n: none has been resampled yet.

    Exact up to rounding; about 2 n / t for 1 << t << n.
    Source: coalescent of the Wright-Fisher chain (Ewens 2004, chapter 10).
    """
    sample_size = check_whole_number("sample_size", sample_size, 1)
    generations = check_generations(generations)
    check_exact_is_feasible(sample_size, generations)
    expected = np.full(generations + 1, float(sample_size))
    for generation, law in enumerate(_ancestor_laws(sample_size, generations), start=1):
        expected[generation] = np.arange(law.size) @ law
    return expected


def expected_survivors_coalescent(
    probabilities: ArrayLike, sample_size: int, generations: int
) -> Array:
    """Return the exact expected number of categories alive, by tracing points back to the truth.

    E alive_t = sum_i (1 - E (1 - p_i)^{A_t}).

    Expected categories alive, from 0 to K. Index 0 counts the categories with p > 0.

    Exact up to rounding, and equal to `tails.expected_survivors`.
    Source: duality with the coalescent (Ewens 2004, chapter 10); this form derived for this
    project.
    """
    values, group, sample_size, generations = check_survival_parameters(
        probabilities, sample_size, generations
    )
    members = np.bincount(group).astype(np.float64)
    distinct = _distinct_categories(values, members, sample_size)
    survivors = np.empty(generations + 1)
    survivors[0] = members[values > 0.0].sum()
    for generation, law in enumerate(_ancestor_laws(sample_size, generations), start=1):
        survivors[generation] = law @ distinct[: law.size]
    return survivors


def expected_present_with_anchors(
    probabilities: ArrayLike, sample_size: int, anchors: int, generations: int
) -> Array:
    """Return the exact expected number of categories in the training set, with fresh anchors.

    The training set of generation t holds n points drawn from the model before and k fresh draws
    of the truth. Nothing is lost for good: a category that is absent can come back.

    Expected categories with at least one point, from 0 to K. Index 0 counts the categories
    with p > 0 of the truth; index 1 is a training set of n + k draws of the truth.

    The law of the two-type chain on 0..n+k, for all categories at once. A category is absent if
    none of the L real draws that the training set descends from belongs to it, so its chance is
    E (1 - p)^L, smooth in p. With many distinct probabilities it is computed at Chebyshev nodes
    and interpolated, with an error below 1e-12 per category; else it is exact up to rounding.
    Source: derived for this project (coalescent with immigration, Ewens 2004).
    """
    values, group = distinct_probabilities(check_probabilities(probabilities))
    sample_size = check_whole_number("sample_size", sample_size, 1)
    anchors = check_whole_number("anchors", anchors, 0)
    generations = check_generations(generations)
    check_exact_is_feasible(sample_size + anchors, generations)
    members = np.bincount(group).astype(np.float64)
    present = np.empty(generations + 1)
    present[0] = members[values > 0.0].sum()
    inner = (values > 0.0) & (values < 1.0)
    certain = members[values == 1.0].sum()
    if not inner.any():
        present[1:] = certain
        return present
    nodes, weights = _nodes(values[inner], members[inner])
    absences = _absence_with_anchors(1.0 - nodes, sample_size, anchors, generations)
    for generation, absent in enumerate(absences, start=1):
        present[generation] = certain + weights @ (1.0 - absent)
    return present


def _distinct_categories(values: Array, members: Array, draws: int) -> Array:
    """Return the expected number of categories seen in a = 0..draws draws of the truth."""
    seen = np.zeros(values.size)
    expected = np.zeros(draws + 1)
    for draw in range(1, draws + 1):
        seen += values * (1.0 - seen)  # grows from 0: no cancellation for rare categories
        expected[draw] = members @ seen
    return expected


def _ancestor_laws(sample_size: int, generations: int) -> Iterator[Array]:
    """Yield the law of A_t for t = 1, 2, ...: entry a is P(A_t = a), upper tail trimmed."""
    law = np.zeros((sample_size + 1, 1))
    law[sample_size] = 1.0
    if generations > 0:
        yield law[:, 0]
    if generations > 1:
        throw = _throw(sample_size, sample_size)
    for _ in range(2, generations + 1):
        law = _thrown(law, throw)
        yield law[:, 0]


def _throw(most: int, boxes: int) -> csr_array[np.float64, tuple[int, int]]:
    """Return the laws of occupied boxes when 0, 1, ..., ``most`` balls are thrown, as sparse rows.

    One more ball hits an occupied box or a new one: each row follows from the one above.
    """
    from scipy.sparse import csr_array

    law, low = np.ones(1), 0
    rows, lows = [law], [low]
    for balls in range(1, most + 1):
        stay = np.arange(low, low + law.size) / boxes
        new = law * (1.0 - stay)
        law = np.append(law * stay, 0.0)
        law[1:] += new
        if balls % 8 == 0:
            kept = np.flatnonzero(law > _NEGLIGIBLE)
            low += int(kept[0])
            law = law[kept[0] : kept[-1] + 1]
        rows.append(law)
        lows.append(low)
    widths = np.array([row.size for row in rows])
    ends = np.concatenate([[0], np.cumsum(widths)])
    occupied = np.arange(ends[-1]) + np.repeat(np.array(lows) - ends[:-1], widths)
    return csr_array((np.concatenate(rows), occupied, ends), shape=(most + 1, most + 1))


def _thrown(weights: Array, throw: csr_array[np.float64, tuple[int, int]]) -> Array:
    """Return the weights of occupied boxes, given those of the balls; the upper tail is trimmed."""
    from scipy.sparse import csc_array

    # The rows that are needed, lying on their side, and none of them copied.
    size = weights.shape[0]
    last = throw.indptr[size]
    needed = throw.data[:last], throw.indices[:last], throw.indptr[: size + 1]
    occupied = np.asarray(csc_array(needed, shape=(size, size)) @ weights)
    kept = np.flatnonzero(occupied.max(axis=1) > _NEGLIGIBLE)
    return occupied[: kept[-1] + 1] if kept.size else occupied[:1]


def _absence_with_anchors(
    others: Array, sample_size: int, anchors: int, generations: int
) -> Iterator[Array]:
    """Yield P(absent from the training set of generation t) for t = 1, 2, ...

    ``others`` is 1 - p, shape (nodes,). ``weights[a]`` is the weight of a lineages still to follow
    when each lineage that has ended at an anchor counted a factor 1 - p.
    """
    weights = np.zeros((sample_size + 1, others.size))
    weights[sample_size] = others**anchors
    powers = others ** np.arange(sample_size + 1)[:, np.newaxis]
    if generations > 0:
        yield (weights * powers).sum(axis=0)
    if generations > 1:
        throw = _throw(sample_size, sample_size + anchors)
        endings = _endings(sample_size, anchors)
    for _ in range(2, generations + 1):
        weights = _thrown(weights, throw)
        if anchors:
            weights = _end_at_anchors(weights, others, endings)
        yield (weights * powers[: weights.shape[0]]).sum(axis=0)


def _endings(sample_size: int, anchors: int) -> list[tuple[int, Array]]:
    """Return, for c = 0, 1, ..., the chance that c of b parents are anchors (hypergeometric).

    Each is (left, chances): those of b - c = left, left + 1, ..., as far as they matter.
    """
    from scipy.special import gammaln

    orders = gammaln(np.arange(sample_size + anchors + 1) + 1.0)  # ln a!
    endings = []
    for ended in range(min(anchors, sample_size) + 1):
        left = np.arange(sample_size - ended + 1)
        logs = orders[anchors] - orders[ended] - orders[anchors - ended]
        logs = logs + orders[sample_size] - orders[left] - orders[sample_size - left]
        logs -= orders[-1] - orders[left + ended] - orders[sample_size + anchors - left - ended]
        likely = np.flatnonzero(logs > _LOG_NEGLIGIBLE)
        if likely.size:
            endings.append((int(likely[0]), np.exp(logs[likely[0] : likely[-1] + 1])))
        else:
            endings.append((left.size, np.empty(0)))
    return endings


def _end_at_anchors(parents: Array, others: Array, endings: list[tuple[int, Array]]) -> Array:
    """Move weight from b parents to b - c lineages, c of them anchors."""
    weights = np.zeros_like(parents)
    factor = np.ones_like(others)
    for ended, (left, chances) in enumerate(endings[: parents.shape[0]]):
        ending = parents[left + ended : left + ended + chances.size]
        moved = chances[: len(ending), np.newaxis] * ending
        moved *= factor
        weights[left : left + len(ending)] += moved
        factor = factor * others
    return weights


def _nodes(values: Array, members: Array) -> tuple[Array, Array]:
    """Return nodes p and weights w with sum_i members_i f(p_i) = sum_j w_j f(p_j).

    f(p) = E (1 - p)^L is a Laplace transform in s = ln(-ln(1 - p)): analytic and at most 1 in
    |Im s| < pi/2, so Chebyshev interpolation in s has the error bound 4 rho^-degree / (rho - 1).
    """
    position = np.log(-np.log1p(-values))
    middle, half = (position[-1] + position[0]) / 2.0, (position[-1] - position[0]) / 2.0
    if half == 0.0:
        return values, members
    rho = np.exp(np.arcsinh(np.pi / 2.0 / half))
    degree = int(np.ceil(np.log(4.0 / (_INTERPOLATION_ERROR * (rho - 1.0))) / np.log(rho)))
    count = degree + 1
    if values.size <= count:
        return values, members
    angles = np.pi * (np.arange(count) + 0.5) / count
    chebyshev = np.cos(np.outer(np.arange(count), angles)) * 2.0 / count
    chebyshev[0] /= 2.0
    query = np.arccos(np.clip((position - middle) / half, -1.0, 1.0))
    moments = np.array([members @ np.cos(order * query) for order in range(count)])
    nodes = -np.expm1(-np.exp(middle + half * np.cos(angles)))
    return nodes, moments @ chebyshev
