"""Measures of what runs show, with their Monte Carlo error."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import (
    check_array,
    check_number,
    check_numbers,
    check_together,
    check_whole_number,
    shown,
)

__all__ = ["middle_of_runs", "standard_error", "standard_errors_apart", "wilson_interval"]

Array = NDArray[np.float64]


def middle_of_runs(values: Array) -> Array:
    """Return the middle over the runs, the lower one of two, so that infinity is no trouble."""
    middle = (len(values) - 1) // 2
    return np.asarray(np.partition(values, middle, axis=0)[middle])


def standard_error(values: Array) -> Array:
    """Return the standard error of the average over the runs; nan for a single run."""
    if len(values) < 2:
        return np.full(values.shape[1:], np.nan)
    return np.asarray(values.std(axis=0, ddof=1) / np.sqrt(len(values)))


def wilson_interval(
    count: ArrayLike, total: int, standard_errors: float = 1.96
) -> tuple[Array, Array]:
    """Return a confidence interval for a share, from a count of successes.

    Unlike the usual interval it stays inside 0 to 1 and does not shrink to nothing at a count of
    0 or ``total``. Source: Wilson 1927, J. Am. Stat. Assoc. 22, 209.

    Parameters
    ----------
    count : array_like
        Successes, 0 to ``total``.
    total : int
        Trials, at least 1.
    standard_errors : float
        Half width in standard errors; 1.96 for 95 %.

    Returns
    -------
    low, high : ndarray, same shape as ``count``

    Raises
    ------
    ValueError
        If there are no trials or a count is outside 0 to ``total``.
    """
    total, counts = check_whole_number("total", total, 0), check_array("count", count)
    if total < 1 or not np.all((counts >= 0) & (counts <= total)):
        raise ValueError(
            f"count must lie between 0 and total={total}, and total be at least 1; it is "
            f"{shown(count)}."
        )
    share, z = counts / total, check_number("standard_errors", standard_errors, 0.0)
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    spread = share * (1 - share) / total + z**2 / (4 * total**2)
    half = z * np.sqrt(spread) / (1 + z**2 / total)
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)


def standard_errors_apart(count: ArrayLike, total: int, chance: ArrayLike) -> Array:
    """Return how many standard errors an observed share is from an exact chance.

    The standard error is that of the exact chance, sqrt(p (1 - p) / total). Where the chance is 0
    or 1 there is no error: the answer is 0 if the count agrees and infinite if it does not.

    Parameters
    ----------
    count : array_like
        Successes.
    total : int
        Trials.
    chance : array_like
        Exact probability of a success.
    """
    total, counts = check_whole_number("total", total, 1), check_numbers("count", count, 0)
    probability = np.clip(check_numbers("chance", chance), 0.0, 1.0)
    check_together(count=counts, chance=probability)
    difference = counts / total - probability
    # A chance within rounding of 0 or 1 has no error that a run could show.
    difference = np.where(np.abs(difference) < 1e-12, 0.0, difference)
    error = np.sqrt(probability * (1.0 - probability) / total)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = difference / error
    return np.where(difference == 0.0, 0.0, apart)
