"""The exact law of the survivors, from the two-type chain that all categories share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_generations, check_whole_number
from collapse_core.theory.tails.frequencies import check_probabilities, distinct_probabilities

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = [
    "can_be_lost_in_half",
    "check_exact_is_feasible",
    "check_survival_parameters",
    "expected_survivors",
    "is_exact_feasible",
    "median_loss_generation",
    "survival_probabilities",
]

Array = NDArray[np.float64]

_LARGEST_EXACT_SAMPLE = 5_000
_LARGEST_EXACT_WORK = 1.5e9  # multiplications: a second or two
_LARGEST_TABLE = 50_000_000  # entries: 400 MB
_TAIL_EXPONENT = 45.0  # a binomial tail below exp(-45) = 3e-20 is left out of a row


def is_exact_feasible(sample_size: int, generations: int) -> bool:
    """Return whether the exact chain answers within about two seconds and 300 MB.

    A row of the chain is kept within about 9 standard deviations of its mean, so the work grows
    as n^1.5 x generations and not as n^2 x generations. With anchors it takes up to three times
    as long.
    """
    sample_size = check_whole_number("sample_size", sample_size, 1)
    generations = check_generations(generations)
    work = 7.5 * sample_size**1.5 * (generations + 50)  # 50: building the matrix
    return sample_size <= _LARGEST_EXACT_SAMPLE and work <= _LARGEST_EXACT_WORK


def check_exact_is_feasible(sample_size: int, generations: int) -> None:
    """Raise ``ValueError`` where `is_exact_feasible` is False."""
    if not is_exact_feasible(sample_size, generations):
        raise ValueError(
            f"sample_size={sample_size} with generations={generations} is out of range for the "
            f"exact law: sample_size must be at most {_LARGEST_EXACT_SAMPLE}, and fewer generations"
            " go with larger samples. Ask is_exact_feasible first, or use an approximation, which "
            "takes any size."
        )


def check_survival_parameters(
    probabilities: ArrayLike, sample_size: Any, generations: Any
) -> tuple[Array, NDArray[np.intp], int, int]:
    """Check the parameters of an exact law of the survivors.

    Returns the distinct probabilities, the position of each category's own among them, the sample
    size and the generations; the first two come from `distinct_probabilities`.
    """
    values, group = distinct_probabilities(check_probabilities(probabilities))
    sample_size = check_whole_number("sample_size", sample_size, 1)
    generations = check_generations(generations)
    check_exact_is_feasible(sample_size, generations)
    return values, group, sample_size, generations


def expected_survivors(probabilities: ArrayLike, sample_size: int, generations: int) -> Array:
    """Return the exact expected number of categories still alive at each generation.

    E alive_t = sum_i (1 - P(category i is lost by t)), each category a two-type chain.

    Expected categories alive, from 0 to K. Index 0 counts the categories with p > 0.

    Exact up to rounding: a row of the chain leaves out less than 1e-19 of its probability.
    Source: two-type Wright-Fisher chain (Ewens 2004); the sum over categories by lumping is
    derived for this project.
    """
    values, group, sample_size, generations = check_survival_parameters(
        probabilities, sample_size, generations
    )
    survivors = np.empty(generations + 1)
    survivors[0] = np.count_nonzero(values[group])
    # One row for all categories: how many are expected at each count after the first draw.
    first_counts = _binomial_rows(values, sample_size).T @ np.bincount(group).astype(np.float64)
    for generation, survival in enumerate(_survival_from_counts(sample_size, generations), start=1):
        survivors[generation] = first_counts @ survival
    return survivors


def survival_probabilities(probabilities: ArrayLike, sample_size: int, generations: int) -> Array:
    """Return the exact chance that each category is still alive at each generation.

    Shape (generations + 1, K), at most 5e7 numbers (400 MB), in the order of ``probabilities``. Row
    0 is 1 where p > 0.

    Exact up to rounding. Source: two-type Wright-Fisher chain (Ewens 2004).
    """
    values, group, sample_size, generations = check_survival_parameters(
        probabilities, sample_size, generations
    )
    if (generations + 1) * group.size > _LARGEST_TABLE:
        raise ValueError(
            f"generations={generations} is out of range for {group.size} categories: the table "
            f"(generations + 1) x categories may hold {_LARGEST_TABLE} numbers. Choose fewer "
            "generations, or expected_survivors, which keeps only the sum."
        )
    survival = np.empty((generations + 1, group.size))
    survival[0] = values[group] > 0.0
    first_draw = _binomial_rows(values, sample_size)
    for generation, alive in enumerate(_survival_from_counts(sample_size, generations), start=1):
        # The sum of the chances of all counts can be above 1 by rounding.
        survival[generation] = np.minimum(np.asarray(first_draw @ alive), 1.0)[group]
    return survival


def can_be_lost_in_half(probabilities: Array, sample_size: int) -> NDArray[np.bool_]:
    """Return whether half of all runs ever lose a category: those of 1/2 or more they never do.

    Its chance of loss tends to 1 - p. At p = 1/2 it gets to one half by rounding only, except at
    once where n = 1. Exact.
    """
    return np.asarray(probabilities <= 0.5 if sample_size == 1 else probabilities < 0.5)


def median_loss_generation(probabilities: ArrayLike, sample_size: int, generations: int) -> Array:
    """Return the generation by which each category is lost in half of all runs, exactly.

    Shape (K,). First generation t with P(lost by t) >= 1/2, a whole number as a float; 0 where p =
    0. ``inf`` where that is later than ``generations``, or never: a category with p >= 1/2 takes
    over everything with chance p, and then is never lost.

    Exact up to rounding. Source: two-type Wright-Fisher chain (Ewens 2004).
    """
    values, group, sample_size, generations = check_survival_parameters(
        probabilities, sample_size, generations
    )
    medians = np.where(values > 0.0, np.inf, 0.0)
    losable = can_be_lost_in_half(values, sample_size)
    first_draw = _binomial_rows(values, sample_size)
    for generation, alive in enumerate(_survival_from_counts(sample_size, generations), start=1):
        half_lost = np.asarray(first_draw @ alive) <= 0.5
        medians[losable & half_lost & np.isinf(medians)] = generation
        if np.isfinite(medians[losable]).all():
            break
    return medians[group]


def _survival_from_counts(sample_size: int, generations: int) -> Iterator[Array]:
    """Yield, for t = 1, 2, ..., the chance to be alive at t from each count j in the first sample.

    Starts at 1 for j > 0 and multiplies by the chain's matrix from the left: no cancellation.
    """
    alive = np.ones(sample_size + 1)
    alive[0] = 0.0
    if generations > 0:
        yield alive
    if generations > 1:
        chain = _binomial_rows(np.arange(sample_size + 1) / sample_size, sample_size)
        for _ in range(2, generations + 1):
            alive = np.asarray(chain @ alive)
            yield alive


def _binomial_rows(probabilities: Array, n: int) -> csr_array[np.float64, tuple[int, int]]:
    """Return the laws Binomial(n, p) as sparse rows, shape (len(probabilities), n + 1).

    A row is cut where Bernstein's inequality puts the tail below exp(-45), then sums to 1.
    """
    from scipy.sparse import csr_array
    from scipy.special import gammaln

    mean = n * probabilities
    spread = 2.0 * _TAIL_EXPONENT * mean * (1.0 - probabilities)
    reach = _TAIL_EXPONENT / 3.0 + np.sqrt((_TAIL_EXPONENT / 3.0) ** 2 + spread)
    certain = (probabilities == 0.0) | (probabilities == 1.0)
    reach[certain] = 0.0
    lowest = np.maximum(np.ceil(mean - reach), 0.0).astype(np.int64)
    widths = np.minimum(np.floor(mean + reach), n).astype(np.int64) - lowest + 1
    starts = np.concatenate(([0], np.cumsum(widths)))
    counts = np.arange(starts[-1]) + np.repeat(lowest - starts[:-1], widths)

    inner = np.where(certain, 0.5, probabilities)  # a certain row has one entry, set to 1 below
    orders = gammaln(np.arange(n + 1) + 1.0)
    logs = (orders[-1] - orders - orders[::-1])[counts]
    logs += counts * np.repeat(np.log(inner) - np.log1p(-inner), widths)
    logs -= np.repeat(np.maximum.reduceat(logs, starts[:-1]), widths)
    entries = np.exp(logs)
    entries /= np.repeat(np.add.reduceat(entries, starts[:-1]), widths)
    shape = (probabilities.size, n + 1)
    return csr_array((entries, counts.astype(np.int32), starts), shape=shape)
