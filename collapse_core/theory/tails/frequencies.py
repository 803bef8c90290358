"""Frequencies of categories at the start: Zipf's law, what they must be, which are equal."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_array, check_number, check_whole_number, shown

__all__ = ["check_probabilities", "distinct_probabilities", "zipf_probabilities"]

Array = NDArray[np.float64]


def zipf_probabilities(categories: int, exponent: float) -> Array:
    """Return Zipf's law p_i = i^-exponent / sum_j j^-exponent, most frequent first.

    Parameters
    ----------
    categories : int
        Number K of categories, at least 1.
    exponent : float
        At least 0. 0 gives equal probabilities; about 1 fits the words of a language.

    Source: definition (Zipf 1949).
    """
    categories = check_whole_number("categories", categories, 1, 10**7)
    exponent = check_number("exponent", exponent, 0.0)
    weights = np.exp(-exponent * np.log(np.arange(1, categories + 1)))
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def check_probabilities(probabilities: ArrayLike) -> Array:
    """Return ``probabilities`` as a float array if they are a distribution over categories.

    Each must lie between 0 and 1, and their sum be 1 within 1e-9. Zeros are allowed: categories
    that never were.
    """
    try:
        values = check_array("probabilities", probabilities)
    except ValueError:
        values = np.empty(0)
    if values.ndim != 1 or values.size == 0:
        raise ValueError(
            f"probabilities={shown(probabilities)} is out of range: it must be one row of at least "
            "one number. Give one probability per category."
        )
    allowed = (values >= 0.0) & (values <= 2.0)  # a sum of larger ones could be beyond all numbers
    if not allowed.all():
        worst = values[~allowed][0]
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
