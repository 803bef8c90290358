"""Why the tail of a distribution goes first: K categories refitted on their own samples.

Each generation draws n points from K categories and refits the frequencies. A category that gets
no point is gone for good. Seen alone, a category is "it or anything else": whatever the others do,
its count is the two-type chain of Wright and Fisher (the categories are *lumped*). An expected
number of survivors is a sum over categories, so one chain answers for all of them, exactly. Rare
categories go first: the median life of a category is about 2.9 times its expected count in the
first sample. Gini diversity barely notices, because it is a sum of squares and the tail weighs
nothing in it: the summary looks fine while the tail is already gone.

Lumping needs the refit to treat "anything else" as one category. Sharpening by a temperature T,
p_i^(1/T) / sum_j p_j^(1/T), breaks it for K > 2, because the denominator depends on how the others
are split. So there is no function of temperature here: simulate it.

All curves are arrays (generations + 1,); index 0 is the truth, where each category with p > 0 is
alive; index 1 is the first fit, made from n draws of the truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_number, check_whole_number

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = [
    "can_be_lost_in_half",
    "check_exact_is_feasible",
    "check_probabilities",
    "check_survival_parameters",
    "distinct_probabilities",
    "expected_ancestors_approximation",
    "expected_gini",
    "expected_survivors",
    "expected_survivors_approximation",
    "is_exact_feasible",
    "median_loss_generation",
    "median_loss_generation_approximation",
    "survival_probabilities",
    "zipf_probabilities",
]

Array = NDArray[np.float64]

_LARGEST_EXACT_SAMPLE = 5_000
_LARGEST_EXACT_WORK = 1.5e9  # multiplications: a second or two
_LARGEST_TABLE = 50_000_000  # entries: 400 MB
_TAIL_EXPONENT = 45.0  # a binomial tail below exp(-45) = 3e-20 is left out of a row


def zipf_probabilities(categories: int, exponent: float) -> Array:
    """Return Zipf's law p_i = i^-exponent / sum_j j^-exponent, most frequent first.

    Parameters
    ----------
    categories : int
        Number K of categories, at least 1.
    exponent : float
        At least 0. 0 gives equal probabilities; about 1 fits the words of a language.

    Returns
    -------
    ndarray, shape (categories,)
        Probabilities, sum 1, decreasing.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Source: definition (Zipf 1949).
    """
    categories = check_whole_number("categories", categories, 1)
    exponent = check_number("exponent", exponent, 0.0)
    weights = np.exp(-exponent * np.log(np.arange(1, categories + 1)))
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def check_probabilities(probabilities: ArrayLike) -> Array:
    """Return ``probabilities`` as a float array if they are a distribution over categories.

    Parameters
    ----------
    probabilities : array_like, shape (K,)
        Each between 0 and 1, sum 1 within 1e-9. Zeros are allowed: categories that never were.

    Returns
    -------
    ndarray, shape (K,)
        The probabilities.

    Raises
    ------
    ValueError
        If they are not one row of finite numbers, none negative, that sum to 1.
    """
    try:
        values = np.asarray(probabilities, dtype=np.float64)
    except (TypeError, ValueError):
        values = np.empty(0)
    if values.ndim != 1 or values.size == 0:
        raise ValueError(
            f"probabilities={probabilities!r} is out of range: it must be one row of at least one "
            "number. Give one probability per category."
        )
    if not np.isfinite(values).all() or values.min() < 0.0:
        worst = values[~(np.isfinite(values) & (values >= 0.0))][0]
        raise ValueError(
            f"probabilities holds {worst}, out of range: each must be a finite number from 0 to 1. "
            "Replace it."
        )
    if abs(values.sum() - 1.0) > 1e-9:
        raise ValueError(
            f"probabilities has the sum {values.sum():.12g}, out of range: the sum must be 1 "
            "within 1e-9. Divide them by their sum."
        )
    return np.minimum(values, 1.0)


def distinct_probabilities(probabilities: Array) -> tuple[Array, NDArray[np.intp]]:
    """Group equal probabilities, so that each distinct value is computed once.

    Values that agree in their first 13 digits count as equal: the answer moves by less than the
    rounding of the chain itself.

    Parameters
    ----------
    probabilities : ndarray, shape (K,)
        Probabilities from `check_probabilities`.

    Returns
    -------
    values : ndarray, shape (distinct,)
        Distinct probabilities, increasing.
    group : ndarray of int, shape (K,)
        ``values[group]`` gives back the probabilities; ``np.bincount(group)`` counts the members.
    """
    mantissa, power = np.frexp(probabilities)
    rounded = np.ldexp(np.round(np.ldexp(mantissa, 44)), power - 44)
    values, group = np.unique(rounded, return_inverse=True)
    return values, group


def is_exact_feasible(sample_size: int, generations: int) -> bool:
    """Return whether the exact chain answers within about two seconds and 300 MB.

    Parameters
    ----------
    sample_size : int
        Points per generation n (with anchors: n + k), at least 1.
    generations : int
        Number of fits, at least 0.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    A row of the chain is kept within about 9 standard deviations of its mean, so the work grows
    as n^1.5 x generations and not as n^2 x generations. With anchors it takes up to three times
    as long.
    """
    sample_size = check_whole_number("sample_size", sample_size, 1)
    generations = check_whole_number("generations", generations, 0)
    work = 7.5 * sample_size**1.5 * (generations + 50)  # 50: building the matrix
    return sample_size <= _LARGEST_EXACT_SAMPLE and work <= _LARGEST_EXACT_WORK


def check_exact_is_feasible(sample_size: int, generations: int) -> None:
    """Raise ``ValueError`` where `is_exact_feasible` is False.

    Parameters
    ----------
    sample_size, generations : int
        As for `is_exact_feasible`.

    Raises
    ------
    ValueError
        If the exact law would take too long.
    """
    if not is_exact_feasible(sample_size, generations):
        raise ValueError(
            f"sample_size={sample_size} with generations={generations} is out of range for the "
            f"exact law: sample_size must be at most {_LARGEST_EXACT_SAMPLE}, and fewer generations"
            " go with larger samples. Ask is_exact_feasible first, or use an approximation, which "
            "takes any size."
        )


def expected_survivors(probabilities: ArrayLike, sample_size: int, generations: int) -> Array:
    """Return the exact expected number of categories still alive at each generation.

    E alive_t = sum_i (1 - P(category i is lost by t)), each category a two-type chain.

    Parameters
    ----------
    probabilities : array_like, shape (K,)
        The truth, sum 1. It need not be on the grid j/n.
    sample_size : int
        Points per generation n, at least 1.
    generations : int
        Number of fits, at least 0.

    Returns
    -------
    ndarray, shape (generations + 1,)
        Expected categories alive, from 0 to K. Index 0 counts the categories with p > 0.

    Raises
    ------
    ValueError
        If a parameter is out of range or the exact law would take too long.

    Notes
    -----
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

    Parameters
    ----------
    probabilities : array_like, shape (K,)
        The truth, sum 1.
    sample_size : int
        Points per generation n, at least 1.
    generations : int
        Number of fits, at least 0. (generations + 1) x K must stay below 5e7 (400 MB).

    Returns
    -------
    ndarray, shape (generations + 1, K)
        Chances from 0 to 1, in the order of ``probabilities``. Row 0 is 1 where p > 0.

    Raises
    ------
    ValueError
        If a parameter is out of range, the table would be too large or the law take too long.

    Notes
    -----
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
        survival[generation] = np.asarray(first_draw @ alive)[group]
    return survival


def can_be_lost_in_half(probabilities: Array, sample_size: int) -> NDArray[np.bool_]:
    """Return whether half of all runs ever lose a category: those of 1/2 or more they never do.

    Its chance of loss tends to 1 - p. At p = 1/2 it gets to one half by rounding only, except at
    once where n = 1. Exact.
    """
    return np.asarray(probabilities <= 0.5 if sample_size == 1 else probabilities < 0.5)


def median_loss_generation(probabilities: ArrayLike, sample_size: int, generations: int) -> Array:
    """Return the generation by which each category is lost in half of all runs, exactly.

    Parameters
    ----------
    probabilities : array_like, shape (K,)
        The truth, sum 1.
    sample_size : int
        Points per generation n, at least 1.
    generations : int
        How far to look, at least 0.

    Returns
    -------
    ndarray, shape (K,)
        First generation t with P(lost by t) >= 1/2, a whole number as a float; 0 where p = 0.
        ``inf`` where that is later than ``generations``, or never: a category with p >= 1/2 takes
        over everything with chance p, and then is never lost.

    Raises
    ------
    ValueError
        If a parameter is out of range or the exact law would take too long.

    Notes
    -----
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


def median_loss_generation_approximation(expected_count: ArrayLike) -> Array:
    """Return the approximate median loss generation 2 c / ln 2 = 2.885 c of a category.

    Parameters
    ----------
    expected_count : array_like
        Expected count c = n p in the first sample, at least 0.

    Returns
    -------
    ndarray, same shape as ``expected_count``
        Generations. Good for counts of 10 or more and shares of a few percent (n = 1000, p = 0.027:
        77.1 where the chain says 77). Too long for tiny counts (c = 1.3: 3.9, chain 3), too short
        for large shares (n = 1000, p = 0.13: 385, chain 433).

    Raises
    ------
    ValueError
        If a count is negative or not finite.

    Notes
    -----
    Approximation: solves exp(-c g_t) = 1/2 with g_t ~ 2/t. Source: derived for this project; that
    the time to forget a word is about linear in its count is Suresh et al. arXiv:2412.17646.
    """
    counts = np.asarray(expected_count, dtype=np.float64)
    if not (np.isfinite(counts) & (counts >= 0.0)).all():
        raise ValueError(
            f"expected_count={expected_count!r} is out of range: each must be a finite number of "
            "at least 0. Choose 0 or more."
        )
    return np.asarray(2.0 * counts / np.log(2.0), dtype=np.float64)


def expected_ancestors_approximation(sample_size: float, generations: int) -> Array:
    """Return n g_t, about how many original data points the model at t still descends from.

    g_1 = 1 and g_{t+1} = 1 - exp(-g_t): the chance that a critical Poisson branching process is
    alive after t - 1 steps. n g_t ~ 2 n / t.

    Parameters
    ----------
    sample_size : float
        Points per generation n, at least 1; any size.
    generations : int
        Number of fits, at least 0.

    Returns
    -------
    ndarray, shape (generations + 1,)
        Data points. Index 0 and index 1 are n: none has been resampled yet.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Approximation: takes the points' families as independent, good while n g_t is above about 10.
    Source: Galton-Watson process; g_t as in Suresh et al. arXiv:2412.17646.
    """
    size = check_number("sample_size", sample_size, 1.0)
    generations = check_whole_number("generations", generations, 0)
    alive = np.ones(generations + 1)
    for generation in range(2, generations + 1):
        alive[generation] = -np.expm1(-alive[generation - 1])
    return np.asarray(size * alive, dtype=np.float64)


def expected_survivors_approximation(
    probabilities: ArrayLike, sample_size: int, generations: int
) -> Array:
    """Return the branching approximation of the expected number of categories alive.

    E alive_t ~ sum_i (1 - exp(-n p_i g_t)), g_t as in `expected_ancestors_approximation`.

    Parameters
    ----------
    probabilities : array_like, shape (K,)
        The truth, sum 1.
    sample_size : int
        Points per generation n, at least 1; any size.
    generations : int
        Number of fits, at least 0.

    Returns
    -------
    ndarray, shape (generations + 1,)
        Categories; never above the exact expectation. Index 0 counts the categories with p > 0.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Approximation: each category as a critical Poisson branching process, free of the others. It
    is a lower bound, because E exp(-X g_t) = (1 - x g_{t+1})^n <= exp(-n x g_{t+1}) for a
    binomial X with share x, generation by generation. It fails late, when only a few categories
    are left: one always survives, and the approximation goes to 0.
    Source: derived for this project; one category in Suresh et al. arXiv:2412.17646, Theorem 1.
    """
    values, group = distinct_probabilities(check_probabilities(probabilities))
    sample_size = check_whole_number("sample_size", sample_size, 1)
    ancestors = expected_ancestors_approximation(sample_size, generations)
    members = np.bincount(group).astype(np.float64)
    survivors = np.empty_like(ancestors)
    survivors[0] = members[values > 0.0].sum()
    for generation in range(1, ancestors.size):  # a row at a time keeps memory at K numbers
        survivors[generation] = members @ -np.expm1(-ancestors[generation] * values)
    return survivors


def expected_gini(
    probabilities: ArrayLike, sample_size: int, generations: int, anchors: int = 0
) -> Array:
    """Return the exact expected Gini diversity 1 - sum p^2 of the model at each generation.

    Without anchors G* (1 - 1/n)^t. With k fresh real points a generation,
    E G_t = G* [1 - (1 - q^t) (n + k) / (k^2 + 2 n k + n)], q = (n/(n+k))^2 (1 - 1/n).

    Parameters
    ----------
    probabilities : array_like, shape (K,)
        The truth, sum 1.
    sample_size : int
        Synthetic points per generation n, at least 1; any size.
    generations : int
        Number of fits, at least 0.
    anchors : int
        Fresh real points per generation k, at least 0.

    Returns
    -------
    ndarray, shape (generations + 1,)
        Chance that two draws from the model differ, from 0 to 1 - 1/K.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Exact. Source: each p_i (1 - p_i) is a Bernoulli variance function, the case v2 = -1 of Morris
    1982; the decay is Wright's and Fisher's (Ewens 2004), the form with anchors derived for this
    project.
    """
    values = check_probabilities(probabilities)
    n = check_whole_number("sample_size", sample_size, 1)
    generations = check_whole_number("generations", generations, 0)
    k = check_whole_number("anchors", anchors, 0)
    truth = float(values @ (1.0 - values))
    per_generation = (n / (n + k)) ** 2 * (1.0 - 1.0 / n)
    drift = 1.0 - per_generation ** np.arange(generations + 1)  # variance lost to wandering
    return np.asarray(truth * (1.0 - drift * (n + k) / (k**2 + 2 * n * k + n)), dtype=np.float64)


def check_survival_parameters(
    probabilities: ArrayLike, sample_size: Any, generations: Any
) -> tuple[Array, NDArray[np.intp], int, int]:
    """Check the parameters of an exact law of the survivors.

    Returns the distinct probabilities, the position of each category's own among them, the sample
    size and the generations; the first two come from `distinct_probabilities`.

    Raises
    ------
    ValueError
        If a parameter is out of range or the exact law would take too long.
    """
    values, group = distinct_probabilities(check_probabilities(probabilities))
    sample_size = check_whole_number("sample_size", sample_size, 1)
    generations = check_whole_number("generations", generations, 0)
    check_exact_is_feasible(sample_size, generations)
    return values, group, sample_size, generations


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
