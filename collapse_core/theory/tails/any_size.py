"""What any sample size allows: branching approximations, and the Gini diversity, exactly.

``anchors`` is the number k of fresh real points per generation, from 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_generations, check_number, check_numbers, check_whole_number
from collapse_core.theory.poisson_branching import extinction_sequence
from collapse_core.theory.tails.frequencies import check_probabilities, distinct_probabilities

__all__ = [
    "expected_ancestors_approximation",
    "expected_gini",
    "expected_survivors_approximation",
    "median_loss_generation_approximation",
]

Array = NDArray[np.float64]


def expected_gini(
    probabilities: ArrayLike, sample_size: int, generations: int, anchors: int = 0
) -> Array:
    """Return the exact expected Gini diversity 1 - sum p^2 of the model at each generation.

    Without anchors G* (1 - 1/n)^t. With k fresh real points a generation,
    E G_t = G* [1 - (1 - q^t) (n + k) / (k^2 + 2 n k + n)], q = (n/(n+k))^2 (1 - 1/n).

    Chance that two draws from the model differ, from 0 to 1 - 1/K.

    Exact. Source: each p_i (1 - p_i) is a Bernoulli variance function, the case v2 = -1 of Morris
    1982; the decay is Wright's and Fisher's (Ewens 2004), the form with anchors derived for this
    project.
    """
    values = check_probabilities(probabilities)
    n = check_whole_number("sample_size", sample_size, 1)
    generations = check_generations(generations)
    k = check_whole_number("anchors", anchors, 0)
    truth = float(values @ (1.0 - values))
    per_generation = (n / (n + k)) ** 2 * (1.0 - 1.0 / n)
    drift = 1.0 - per_generation ** np.arange(generations + 1)  # variance lost to wandering
    return np.asarray(truth * (1.0 - drift * (n + k) / (k**2 + 2 * n * k + n)), dtype=np.float64)


def expected_ancestors_approximation(sample_size: float, generations: int) -> Array:
    """Return n g_t, about how many original data points the model at t still descends from.

    g_1 = 1 and g_{t+1} = 1 - exp(-g_t): the chance that a critical Poisson branching process is
    alive after t - 1 steps. n g_t ~ 2 n / t.

    Data points. Index 0 and index 1 are n: none has been resampled yet.

    Approximation: takes the points' families as independent, good while n g_t is above about 10.
    Source: Galton-Watson process; g_t as in Suresh et al. arXiv:2412.17646.
    """
    size = check_number("sample_size", sample_size, 1.0)
    return np.asarray(size * np.minimum(extinction_sequence(generations), 1.0), dtype=np.float64)


def expected_survivors_approximation(
    probabilities: ArrayLike, sample_size: int, generations: int
) -> Array:
    """Return the branching approximation of the expected number of categories alive.

    E alive_t ~ sum_i (1 - exp(-n p_i g_t)), g_t as in `expected_ancestors_approximation`.

    Categories; never above the exact expectation. Index 0 counts the categories with p > 0.

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


def median_loss_generation_approximation(expected_count: ArrayLike) -> Array:
    """Return the approximate median loss generation 2 c / ln 2 = 2.885 c of a category.

    ``expected_count`` is c = n p in the first sample, at least 0; any shape. Good for counts of 10
    or more and shares of a few percent (n = 1000, p = 0.027: 77.1 where the chain says 77). Too
    long for tiny counts (c = 1.3: 3.9, chain 3), too short for large shares (n = 1000, p = 0.13:
    385, chain 433).

    Approximation: solves exp(-c g_t) = 1/2 with g_t ~ 2/t. Source: derived for this project; that
    the time to forget a word is about linear in its count is Suresh et al. arXiv:2412.17646.
    """
    counts = check_numbers("expected_count", expected_count, 0, whole=False)
    return np.asarray(2.0 * counts / np.log(2.0), dtype=np.float64)
