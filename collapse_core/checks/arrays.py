"""Arrays of numbers."""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks.messages import outside, refusal, shown
from collapse_core.checks.numbers import LARGEST, MOST

__all__ = ["FloatArray", "check_array", "check_numbers", "check_together", "is_long"]

FloatArray: TypeAlias = NDArray[np.float64]

MOST_NUMBERS = 10**8  # of one array


def is_long(values: Any) -> bool:
    """Return whether values are too many for an array, as a range can be that holds none yet."""
    try:
        return len(values) > MOST_NUMBERS
    except OverflowError:
        return True
    except TypeError:
        return False


def check_together(**arrays: FloatArray) -> None:
    """Check that arrays have shapes that go together: one number, or as many of each.

    Raises
    ------
    ValueError
        If they have not; the message names them with their shapes.
    """
    try:
        np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(
            f"The shapes do not go together: {shapes}. Give one number, or as many of each."
        ) from None


def check_array(name: str, values: ArrayLike) -> FloatArray:
    """Return ``values`` (any shape) as floats, be they finite or not.

    Raises
    ------
    ValueError
        If they are no real numbers.
    """
    if is_long(values):
        allowed = f"at most {MOST_NUMBERS:,} numbers"
        raise refusal(name, shown(values), allowed, "Give fewer.")
    try:
        numbers = np.asarray(values)
        real = numbers.dtype.kind in "biuf" or all(isinstance(each, int) for each in numbers.flat)
    except ValueError:  # rows of different lengths
        real = False
    if not real:
        raise refusal(name, shown(values), "real numbers", "Give a number, or a list of them.")
    return numbers.astype(np.float64)


def check_numbers(
    name: str, values: ArrayLike, low: float = -math.inf, *, whole: bool = False
) -> FloatArray:
    """Return ``values`` (any shape) as floats if all are finite and at least ``low``.

    With ``whole=True`` they must be whole numbers too.

    Raises
    ------
    ValueError
        If one of them is not; the message names the first one.
    """
    kind = "a whole number" if whole else "a number"
    numbers = check_array(name, values)
    if not numbers.size:
        raise refusal(name, shown(values), "one number or more", "Give a number.")
    bad = ~np.isfinite(numbers) | (numbers < low)
    if whole:
        bad |= numbers != np.floor(numbers)
    if np.any(bad):
        first = numbers[bad].flat[0] if numbers.ndim else values
        raise outside(name, shown(first), low, None, kind)
    most = MOST if whole else LARGEST
    if np.abs(numbers).max() > most:
        raise outside(name, shown(np.abs(numbers).max()), low, most, kind)
    return numbers
