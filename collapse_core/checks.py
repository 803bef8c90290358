"""Checks of parameters: complaints name the parameter, its value, its range and the remedy."""

from __future__ import annotations

import math
import operator
from typing import Any

__all__ = ["check_number", "check_whole_number"]


def check_whole_number(name: str, value: Any, low: int, high: int | None = None) -> int:
    """Return ``value`` as an ``int`` if it is a whole number in ``[low, high]``.

    Parameters
    ----------
    name : str
        The parameter's name, for the message.
    value : Any
        An integer, a NumPy integer, or a float without a fraction.
    low : int
        Smallest value allowed.
    high : int, optional
        Largest value allowed; no limit where it is None.

    Raises
    ------
    ValueError
        If the value is not a whole number or lies outside the range.
    """
    whole = _whole(value)
    if whole is None or whole < low or (high is not None and whole > high):
        raise ValueError(_complaint(name, value, low, high, "a whole number"))
    return whole


def check_number(
    name: str,
    value: Any,
    low: float,
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
        Ends of the range.
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
        raise ValueError(_complaint(name, value, low, high, kind))
    return number


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)
    except TypeError:
        pass
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None


def _real(value: Any) -> float:
    if isinstance(value, bool | str | bytes):  # float() would read True and "0.1" as numbers
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _written(number: float) -> str:
    """Write a whole number in full: 4.29e+09 would not say which values are allowed."""
    return f"{number:,}" if isinstance(number, int) else f"{number:g}"


def _complaint(name: str, value: Any, low: float, high: float | None, kind: str) -> str:
    if high is None or math.isinf(high):
        allowed, remedy = f"{kind} of at least {_written(low)}", f"Choose {_written(low)} or more."
    else:
        ends = f"from {_written(low)} to {_written(high)}"
        allowed, remedy = f"{kind} {ends}", f"Choose a value {ends}."
    if math.isinf(low):
        allowed, remedy = "a finite number", "Choose a finite number."
    if "strictly" in kind and not math.isinf(low):
        remedy = remedy.replace("Choose", "Choose, ends excluded,", 1)
    return f"{name}={value!r} is out of range: it must be {allowed}. {remedy}"
