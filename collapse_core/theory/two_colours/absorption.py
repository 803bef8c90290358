"""How long two colours last: waiting times until one of them is lost, exactly.

When every generation replaces the last, one colour is left in the end.  The mean waiting times, and
the chance that it is blue that is lost, solve linear systems in the chain's transition matrix.

Source: Ewens, Mathematical Population Genetics (2004); Grassmann, Taksar and Heyman, Operations
Research 33 (1985), for the elimination without subtractions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from collapse_core.checks import FloatArray, check_positive, check_share
from collapse_core.theory.two_colours.draw import BAND_EXPONENT, binomial_rows, log_sharpened
from collapse_core.theory.two_colours.elimination import eliminate
from collapse_core.theory.two_colours.parameters import check_exact_sizes

__all__ = [
    "AbsorptionTimes",
    "absorption_times",
    "settled_times",
]


@dataclass(frozen=True)
class AbsorptionTimes:
    """Waiting times until one colour is left, in generations counted from the truth.

    Attributes
    ----------
    mean : float
        Mean generation at which only one colour is left.
    given_lost, given_taken_over : float
        The same for the runs that end without blue, and with nothing but blue; nan where that
        cannot happen.
    chance_lost : float
        Chance that blue is the colour that is lost in the end.
    """

    mean: float
    given_lost: float
    given_taken_over: float
    chance_lost: float


def settled_times(share: float) -> AbsorptionTimes:
    """Times when the truth itself has one colour only: NaN for what then never happens."""
    if check_share("share", share) == 0.0:
        return AbsorptionTimes(0.0, 0.0, math.nan, 1.0)
    return AbsorptionTimes(0.0, math.nan, 0.0, 0.0)


def _solve_eliminated(
    matrix: FloatArray, escape: FloatArray, right_hand_side: FloatArray
) -> FloatArray:
    """Solve (I - Q) x = right_hand_side for a matrix Q reduced by :func:`eliminate`."""
    from scipy.linalg import solve_triangular

    upper = -np.triu(matrix, 1) / escape
    folded = solve_triangular(upper, right_hand_side, unit_diagonal=True, check_finite=False)
    lower = -np.tril(matrix, -1)
    np.fill_diagonal(lower, escape)
    solution: FloatArray = solve_triangular(lower, folded, lower=True, check_finite=False)
    return solution


def _expected_times(rows: FloatArray, first_count: FloatArray) -> AbsorptionTimes:
    """Times from the full transition matrix on 0..n and the law of generation 1."""
    inner = rows[1:-1, 1:-1].copy()
    to_lost, to_taken = rows[1:-1, 0], rows[1:-1, -1]
    escape = eliminate(inner, to_lost + to_taken, 0)
    if np.any(escape == 0.0):  # longer than any number a computer holds
        return AbsorptionTimes(math.inf, math.inf, math.inf, math.nan)
    sources = np.column_stack([np.ones(to_lost.size), to_lost, to_taken])
    solved = _solve_eliminated(inner, escape, sources)
    sums = _solve_eliminated(inner, escape, solved[:, 1:])
    step = first_count[1:-1]
    lost = first_count[0] + step @ solved[:, 1]
    taken = first_count[-1] + step @ solved[:, 2]
    time_lost, time_taken = lost + step @ sums[:, 0], taken + step @ sums[:, 1]
    return AbsorptionTimes(
        mean=float(1.0 + step @ solved[:, 0]),
        given_lost=float(time_lost / lost) if lost > 0.0 else math.nan,
        given_taken_over=float(time_taken / taken) if taken > 0.0 else math.nan,
        chance_lost=float(lost / (lost + taken)),
    )


def absorption_times(sample_size: int, share: float, temperature: float = 1.0) -> AbsorptionTimes:
    """Mean times until one colour is left, when every generation replaces the last.

    Parameters
    ----------
    sample_size : int
        Points per generation, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    share : float
        Share of blue in the truth, in [0, 1]; it need not be a multiple of 1/n.
    temperature : float
        Sampling temperature, above 0.

    Returns
    -------
    AbsorptionTimes
        In generations, generation 0 being the truth.  A truth of one colour gives 0 generations.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Exact.  The linear systems are solved without subtractions, so the digits survive when the time
    is astronomically long (temperature above 1).  There the whole matrix is used, not its band,
    because leaving may take one very unlikely draw: n = 500 takes about 0.1 s, n = 2000 several
    seconds.  Times beyond the range of floating-point numbers come back as inf, with a
    ``chance_lost`` of nan.
    Source: Ewens (2004), mean absorption times; Grassmann, Taksar and Heyman (1985).
    """
    sample_size, _ = check_exact_sizes(sample_size)
    check_share("share", share)
    check_positive("temperature", temperature)
    if share in (0.0, 1.0):
        return settled_times(share)
    exponent = math.inf if temperature > 1.0 else BAND_EXPONENT
    support = np.arange(sample_size + 1.0) / sample_size
    rows = binomial_rows(sample_size, *log_sharpened(support, temperature), exponent).dense()
    start = log_sharpened(np.array([share]), temperature)
    first_count = binomial_rows(sample_size, *start, math.inf).dense()[0]
    if sample_size == 1:  # generation 1 has one colour, whatever was drawn
        return AbsorptionTimes(1.0, 1.0, 1.0, float(first_count[0]))
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        return _expected_times(rows, first_count)
