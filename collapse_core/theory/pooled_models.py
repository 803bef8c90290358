"""Two types when every model learns n draws from the pool of all models before it, exactly.

The first model learns from the truth. All models weigh the same and each is a count out of n, so
the pool is known by the total count: a Markov chain on 0 ... n (t - 1) whose steps are binomial.
This is not the loop that keeps all data: there the training set grows, here it stays at n draws.

Source: derived for this project; its first two moments are those of ``mixed_generations``.
"""

from __future__ import annotations

import math

import numpy as np

from collapse_core.checks import (
    FloatArray,
    check_generations,
    check_share,
    check_whole_number,
)

__all__ = ["pooled_models_law"]

LARGEST_SAMPLE, LARGEST_TOTAL = 500, 5000


def pooled_models_law(sample_size: int, share: float, generations: int) -> FloatArray:
    """Return the exact law of each model's count.

    Parameters
    ----------
    sample_size : int
        Draws n that each model learns from, from 1 to 500.
    share : float
        Share of the type in the truth.
    generations : int
        Number of models; n times it is at most 5,000.

    Returns
    -------
    ndarray, shape (generations + 1, n + 1)
        Row t: the probabilities of the counts 0 to n of model t. Row 0 is the truth placed between
        the two counts next to it, so that its mean is kept.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    """
    n = check_whole_number("sample_size", sample_size, 1, LARGEST_SAMPLE)
    check_share("share", share)
    steps = check_whole_number("generations", check_generations(generations), 0, LARGEST_TOTAL // n)
    laws = np.zeros((steps + 1, n + 1))
    below = min(int(share * n), n - 1)
    laws[0, below : below + 2] = below + 1 - share * n, share * n - below
    if steps:
        laws[1] = _binomial(n, np.array([share]))[0]
    total = laws[1] if steps else laws[0]  # of the counts of all models so far
    for t in range(2, steps + 1):
        rows = total[:, np.newaxis] * _binomial(n, np.arange(total.size) / (total.size - 1))
        laws[t] = rows.sum(axis=0)
        following = np.zeros(total.size + n)
        for count in range(n + 1):
            following[count : count + total.size] += rows[:, count]
        total = following
    return laws


def _binomial(n: int, shares: FloatArray) -> FloatArray:
    """Return the probabilities of the counts 0 to n for each share, shape (shares, n + 1)."""
    counts = np.arange(n + 1.0)
    ways = np.array([float(math.comb(n, count)) for count in range(n + 1)])
    powers = shares[:, np.newaxis] ** counts * (1.0 - shares[:, np.newaxis]) ** (n - counts)
    return np.asarray(ways * powers, dtype=np.float64)
