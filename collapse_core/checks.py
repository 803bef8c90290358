"""Checks of parameters: complaints name the parameter, its value, its range and the remedy."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "FloatArray",
    "check_array",
    "check_bytes",
    "check_choice",
    "check_fit_size",
    "check_generations",
    "check_level",
    "check_memory",
    "check_number",
    "check_numbers",
    "check_positive",
    "check_share",
    "check_switch",
    "check_text",
    "check_together",
    "check_whole_number",
    "fits_memory",
    "is_long",
    "shown",
]

FloatArray: TypeAlias = NDArray[np.float64]

_MOST_GIGABYTES = 4.0
_MOST_NUMBERS = 10**8  # of one array
MOST_GENERATIONS = 10**6
_LONGEST_SHOWN = 80
_MOST = 10**15  # more is no count of anything, and its square would not fit a machine's integers
_ANY = 10**300  # as good as any larger one, and still a float
_LARGEST = 1e150  # the square of a larger number is beyond all numbers


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
        raise _outside(name, shown(value), low, high, "a whole number")
    if high is None and whole > _MOST:
        raise _outside(name, shown(value), low, _MOST, "a whole number")
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
        raise _outside(name, shown(value), low, high, kind)
    if abs(number) > _LARGEST and math.isinf(high if number > 0.0 else low):
        ends = max(low, -_LARGEST), min(high, _LARGEST)
        raise _outside(name, shown(value), *ends, "a number")
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
        raise _refusal(name, shown(value), "a finite number above 0", "Choose a value above 0.")
    return check_number(name, number, 1.0 / _LARGEST, _LARGEST)


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


def check_switch(name: str, value: Any) -> bool:
    """Return ``value`` as a ``bool`` if it is True or False, or 1 or 0.

    Raises
    ------
    ValueError
        If it is anything else: the text ``"no"`` would count as true.
    """
    if isinstance(value, bool | int | np.bool_) and value in (True, False):
        return bool(value)
    raise _refusal(name, shown(value), "True or False", "Choose one of the two.")


def check_choice(name: str, value: Any, choices: Sequence[str]) -> str:
    """Return ``value`` if it is one of the texts in ``choices``.

    Raises
    ------
    ValueError
        If it is not; the message names them.
    """
    if isinstance(value, str) and value in choices:
        return value
    allowed = "one of " + ", ".join(map(repr, choices))
    raise _refusal(name, shown(value), allowed, "Choose one of these.")


def check_bytes(name: str, value: Any) -> bytes:
    """Return ``value`` if it is the content of a file, in bytes.

    Raises
    ------
    ValueError
        If it is not.
    """
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    raise _refusal(name, shown(value), "bytes", 'Read the file in binary mode, "rb".')


def check_text(name: str, value: Any) -> str:
    """Return ``value`` if it is a text.

    Raises
    ------
    ValueError
        If it is not.
    """
    if isinstance(value, str):
        return value
    raise _refusal(name, shown(value), "a text", 'Write it in quotes, as in "a".')


def check_memory(name: str, value: int, numbers: int) -> None:
    """Check that results of so many numbers fit into memory.

    Parameters
    ----------
    name, value
        The parameter that makes them many, for the message.
    numbers
        How many there would be.

    Raises
    ------
    ValueError
        If they would take more than 4 GB; the message says how much.
    """
    if not fits_memory(numbers):
        gigabytes = 8e-9 * min(numbers, _ANY)
        written = f"{value:,}" if value <= _MOST else shown(value)
        raise ValueError(
            f"{name}={written} is out of range: the results would take {gigabytes:,.1f} GB of "
            f"memory, and at most {_MOST_GIGABYTES:g} are allowed. Choose fewer generations or "
            "replicates."
        )


def is_long(values: Any) -> bool:
    """Return whether values are too many for an array, as a range can be that holds none yet."""
    try:
        return len(values) > _MOST_NUMBERS
    except OverflowError:
        return True
    except TypeError:
        return False


def fits_memory(numbers: int) -> bool:
    """Return whether results of so many numbers are allowed: those of 4 GB or less."""
    return 8e-9 * min(numbers, _ANY) <= _MOST_GIGABYTES


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
        allowed = f"at most {_MOST_NUMBERS:,} numbers"
        raise _refusal(name, shown(values), allowed, "Give fewer.")
    try:
        numbers = np.asarray(values)
        real = numbers.dtype.kind in "biuf" or all(isinstance(each, int) for each in numbers.flat)
    except ValueError:  # rows of different lengths
        real = False
    if not real:
        raise _refusal(name, shown(values), "real numbers", "Give a number, or a list of them.")
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
        raise _refusal(name, shown(values), "one number or more", "Give a number.")
    bad = ~np.isfinite(numbers) | (numbers < low)
    if whole:
        bad |= numbers != np.floor(numbers)
    if np.any(bad):
        first = numbers[bad].flat[0] if numbers.ndim else values
        raise _outside(name, shown(first), low, None, kind)
    most = _MOST if whole else _LARGEST
    if np.abs(numbers).max() > most:
        raise _outside(name, shown(np.abs(numbers).max()), low, most, kind)
    return numbers


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
        raise _refusal(
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


def _written(number: float) -> str:
    """Write a whole number in full: 4.29e+09 would not say which values are allowed."""
    return f"{number:,}" if isinstance(number, int) else f"{number:g}"


def shown(value: Any) -> str:
    """Write a value as it was typed, shortened: a NumPy number without the name of its type."""
    text = repr(value.item() if isinstance(value, np.generic) else value)
    text = " ".join(text.split()) if "\n" in text else text
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."


def _refusal(name: str, written: str, allowed: str, remedy: str) -> ValueError:
    return ValueError(f"{name}={written} is out of range: it must be {allowed}. {remedy}")


def _outside(name: str, written: str, low: float, high: float | None, kind: str) -> ValueError:
    if high is None or math.isinf(high):
        allowed, remedy = f"{kind} of at least {_written(low)}", f"Choose {_written(low)} or more."
    else:
        ends = f"from {_written(low)} to {_written(high)}"
        allowed, remedy = f"{kind} {ends}", f"Choose a value {ends}."
    if math.isinf(low):
        allowed, remedy = "a finite number", "Choose a finite number."
    if "strictly" in kind and not math.isinf(low):
        remedy = remedy.replace("Choose", "Choose, ends excluded,", 1)
    return _refusal(name, written, allowed, remedy)
