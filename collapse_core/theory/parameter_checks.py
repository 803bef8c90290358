"""Checks of the numbers handed to the closed forms, with errors that say what to do.

Every closed form of this package is asked for numbers by people moving sliders. A number outside
its range is answered with the parameter's name, its value, its range and a remedy. A legal number
that leads to collapse (one point per generation, no anchors, a share of 0 or 1) is never an error.
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]


def _out_of_range(name: str, value: object, allowed: str, remedy: str) -> ValueError:
    return ValueError(f"{name}={value} is out of range: it must be {allowed}. {remedy}")


def check_whole(name: str, value: float, low: int) -> int:
    """Return ``value`` as an int if it is a whole number of at least ``low``.

    Raises
    ------
    ValueError
        If it is not.
    """
    allowed, remedy = f"a whole number of at least {low}", f"Choose {low} or more."
    try:
        whole = int(value)
    except (TypeError, ValueError, OverflowError):
        raise _out_of_range(name, value, allowed, remedy) from None
    if whole != value or whole < low:
        raise _out_of_range(name, value, allowed, remedy)
    return whole


def check_real(name: str, value: float, low: float = -math.inf, high: float = math.inf) -> float:
    """Return ``value`` as a float if it is finite and lies in ``[low, high]``.

    Raises
    ------
    ValueError
        If it does not.
    """
    allowed = f"a finite number from {low:g} to {high:g}"
    remedy = "Choose a value in that range."
    try:
        real = float(value)
    except (TypeError, ValueError):
        raise _out_of_range(name, value, allowed, remedy) from None
    if not (math.isfinite(real) and low <= real <= high):
        raise _out_of_range(name, value, allowed, remedy)
    return real


def check_positive(name: str, value: float) -> float:
    """Return ``value`` as a float if it is finite and above 0.

    Raises
    ------
    ValueError
        If it is not.
    """
    remedy = "Choose a value above 0."
    try:
        real = float(value)
    except (TypeError, ValueError):
        raise _out_of_range(name, value, "a finite number above 0", remedy) from None
    if not (math.isfinite(real) and real > 0):
        raise _out_of_range(name, value, "a finite number above 0", remedy)
    return real


def check_numbers(name: str, values: ArrayLike, low: float, *, whole: bool) -> FloatArray:
    """Return ``values`` (any shape) as floats if all are finite and at least ``low``.

    With ``whole=True`` they must be whole numbers too.

    Raises
    ------
    ValueError
        If one of them is not; the message names the first one.
    """
    kind = "a whole number" if whole else "a finite number"
    allowed, remedy = f"{kind} of at least {low:g}", f"Choose {low:g} or more."
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise _out_of_range(name, values, allowed, remedy) from None
    bad = ~np.isfinite(numbers) | (numbers < low)
    if whole:
        bad |= numbers != np.floor(numbers)
    if np.any(bad):
        raise _out_of_range(name, float(numbers[bad].flat[0]), allowed, remedy)
    return numbers


def check_fit_size(sample_size: int, *, unbiased: bool) -> tuple[int, int]:
    """Return (points n, divisor of the variance: n, or n - 1 if ``unbiased``).

    Raises
    ------
    ValueError
        If n is below 1, or is 1 with ``unbiased=True``: one point has no unbiased variance.
    """
    n = check_whole("sample_size", sample_size, 1)
    if unbiased and n == 1:
        raise _out_of_range(
            "sample_size",
            n,
            "a whole number of at least 2 if unbiased=True, which divides by n - 1",
            "Choose 2 or more, or unbiased=False.",
        )
    return n, n - 1 if unbiased else n
