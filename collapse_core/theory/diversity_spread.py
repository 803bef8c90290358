"""How unevenly the average diversity is spread over the runs, and whether runs can show it.

Where the average diversity grows, a few lucky runs carry it. A simulation of R runs then misses
them, and its average lies far below the exact one. How far off an average of R runs typically is
follows from the second moment of the diversity, which obeys a recursion as simple as the first:
the third and the fourth cumulant of a quadratic-variance family are polynomials of V itself
(Morris 1982).
"""

from __future__ import annotations

import numpy as np

from collapse_core.checks import FloatArray, check_generations, check_number, check_whole_number
from collapse_core.theory.quadratic_variance.variance_function import QuadraticVariance, variance_at

__all__ = ["expected_squared_diversity", "relative_error_of_average", "spread_stays_bounded"]


def expected_squared_diversity(
    variance_function: QuadraticVariance, truth_mean: float, sample_size: int, generations: int
) -> FloatArray:
    """E V(m_t)^2 under pure replacement. Exact.

    With x = v2/n and d = v1^2 - 4 v0 v2, one refit maps ``E V^2`` to
    ``(1 + x)(1 + 2x)(1 + 3x) E V^2 + (d/n)(1 + x)^2 E V``.

    Source: cumulants of quadratic-variance families, Morris 1982; derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    length = check_generations(generations) + 1
    v, first = variance_function, variance_at(variance_function, "truth_mean", truth_mean)
    x = v.v2 / n
    discriminant = v.v1**2 - 4.0 * v.v0 * v.v2
    growth = np.float64((1 + x) * (1 + 2 * x) * (1 + 3 * x))
    inflow = discriminant / n * (1 + x) ** 2
    average, square = np.float64(first), np.float64(first**2)
    squares = np.empty(length)
    with np.errstate(over="ignore", under="ignore"):
        for t in range(length):
            squares[t] = square
            square = growth * square + (inflow * average if inflow else 0.0)
            average = average * (1 + x)
    return squares


def relative_error_of_average(
    variance_function: QuadraticVariance,
    truth_mean: float,
    sample_size: int,
    generations: int,
    runs: int,
) -> FloatArray:
    """Standard error of the average diversity over so many runs, as a share of E V(m_t). Exact.

    ``sqrt((E V^2 / (E V)^2 - 1) / runs)``. Above about 1/4 the average of the runs says little: it
    hangs on a few of them, and is mostly too low.

    ``runs`` is a whole number from 1. The answer is 0 where all runs agree (or the truth has no
    diversity).

    Source: derived for this project.
    """
    count = check_whole_number("runs", runs, 1)
    squares = expected_squared_diversity(variance_function, truth_mean, sample_size, generations)
    times = np.arange(squares.size)
    first = float(variance_function(truth_mean))
    with np.errstate(over="ignore", under="ignore", divide="ignore", invalid="ignore"):
        averages = first * np.float64(1.0 + variance_function.v2 / sample_size) ** times
        excess = squares / averages / averages - 1.0
    excess = np.where(averages > 0, excess, 0.0)
    return np.sqrt(np.maximum(np.where(np.isnan(excess), np.inf, excess), 0.0) / count)


def spread_stays_bounded(v2: float, sample_size: int, count: int) -> bool:
    """Return whether E V(m_t)^2 stays bounded for ever with fresh real points. Exact.

    It does if ``(n/(n+k))^4 (1 + x)(1 + 2x)(1 + 3x) < 1`` with x = v2/n. Without real points it
    does for v2 < 0 only. Where it does not, the average diversity of a simulation never settles.

    ``v2`` is the family's quadratic coefficient, from -1.

    Source: derived for this project.
    """
    n, k = check_whole_number("sample_size", sample_size, 1), check_whole_number("count", count, 0)
    x = check_number("v2", v2, -1.0) / n
    return bool((n / (n + k)) ** 4 * (1 + x) * (1 + 2 * x) * (1 + 3 * x) < 1)
