"""Single numbers: whole, real, positive, shares, levels, generations."""

from __future__ import annotations

import math
import operator
from typing import Any

import numpy as np

from collapse_core.checks.choices import check_switch
from collapse_core.checks.messages import outside, refusal, shown

__all__ = [
    "LARGEST",
    "MOST",
    "check_fit_size",
    "check_generations",
    "check_level",
    "check_number",
    "check_positive",
    "check_share",
    "check_whole_number",
]

MOST = 10**15  # more is no count of anything, and its square would not fit a machine's integers
LARGEST = 1e150  # the square of a larger number is beyond all numbers
MOST_GENERATIONS = 10**6


def check_whole_number(name: str, value: Any, low: int, high: float | None = None) -> int:
    """Return ``value`` as an ``int`` if it is a whole number in ``[low, high]``.

    Parameters
    ----------
    name : str
        The parameter's name, for the message.
    value : Any
        An integer, a NumPy integer, or a float without a fraction.
    low : int
        Smallest value allowed.
    high : int or inf, optional
        Largest value allowed; 10**15 where it is None, and no limit where it is infinite.

    Raises
    ------
    ValueError
        If the value is not a whole number or lies outside the range.
    """
    whole = _whole(value)
    if whole is None or whole < low or (high is not None and whole > high):
        raise outside(name, shown(value), low, high, "a whole number")
    if high is None and whole > MOST:
        raise outside(name, shown(value), low, MOST, "a whole number")
    return whole


def check_number(
    name: str,
    value: Any,
    low: float = -math.inf,
    high: float = math.inf,
    *,
    low_open: bool = False,
    high_open: bool = False,
) -> float:
    """Return ``value`` as a finite ``float`` if it lies between ``low`` and ``high``.

    Parameters
    ----------
    name : str
        The parameter's name, for the message.
    value : Any
        A real number.
    low, high : float
        Ends of the range; where they are infinite, -1e150 and 1e150.
    low_open, high_open : bool
        Whether the end itself is excluded.

    Raises
    ------
    ValueError
        If the value is not a finite number or lies outside the range.
    """
    number = _real(value)
    inside = math.isfinite(number) and low <= number <= high
    if not inside or (low_open and number == low) or (high_open and number == high):
        kind = "a number strictly inside" if low_open or high_open else "a number"
        raise outside(name, shown(value), low, high, kind)
    if abs(number) > LARGEST and math.isinf(high if number > 0.0 else low):
        ends = max(low, -LARGEST), min(high, LARGEST)
        raise outside(name, shown(value), *ends, "a number")
    return number


def check_positive(name: str, value: Any) -> float:
    """Return ``value`` as a ``float`` if it is finite and above 0, from 1e-150 to 1e150.

    Raises
    ------
    ValueError
        If it is not.
    """
    number = _real(value)
    if not (math.isfinite(number) and number > 0.0):
        raise refusal(name, shown(value), "a finite number above 0", "Choose a value above 0.")
    return check_number(name, number, 1.0 / LARGEST, LARGEST)


def check_share(name: str, value: Any) -> float:
    """Return ``value`` as a ``float`` if it is a proportion, in [0, 1].

    Raises
    ------
    ValueError
        If it is not.
    """
    share = _real(value)
    if not 0.0 <= share <= 1.0:
        raise ValueError(
            f"{name}={shown(value)} is out of range: it must lie in [0, 1]. "
            "Choose a proportion, for example 0.1 for 10 %."
        )
    return share


def check_generations(value: Any, low: int = 0) -> int:
    """Return a number of generations, a whole number from ``low`` to 1,000,000.

    More would take long, and much memory, long after everything has ended.

    Raises
    ------
    ValueError
        If it is not.
    """
    return check_whole_number("generations", value, low, MOST_GENERATIONS)


def check_level(value: Any) -> float:
    """Return the level of a quantile as a ``float`` if it lies strictly between 0 and 1.

    Raises
    ------
    ValueError
        If it does not.
    """
    level = _real(value)
    if not 0.0 < level < 1.0:
        raise ValueError(
            f"level={shown(value)} is out of range: it must lie strictly between 0 and 1. "
            "Choose for example 0.5 for the median."
        )
    return level


def check_fit_size(sample_size: Any, *, unbiased: bool) -> tuple[int, int]:
    """Return (points n, divisor of the variance: n, or n - 1 if ``unbiased``).

    Raises
    ------
    ValueError
        If n is below 1, or is 1 with ``unbiased=True``: one point has no unbiased variance.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    unbiased = check_switch("unbiased", unbiased)
    if unbiased and n == 1:
        raise refusal(
            "sample_size",
            shown(n),
            "a whole number of at least 2 if unbiased=True, which divides by n - 1",
            "Choose 2 or more, or unbiased=False.",
        )
    return n, n - 1 if unbiased else n


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)
    except TypeError:
        is_whole = isinstance(value, float | np.floating) and value.is_integer()
        return int(value) if is_whole else None


def _real(value: Any) -> float:
    if isinstance(value, bool | str | bytes):  # float() would read True and "0.1" as numbers
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan
