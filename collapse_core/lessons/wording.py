"""Numbers as a reader wants them: few digits, no exponents, never nine decimals."""

from __future__ import annotations

import math

__all__ = ["as_typed", "chance", "count", "multiple", "percent", "short", "times"]


def percent(share: float, digits: int = 1) -> str:
    """Return a share as a percentage, never a false 0 or 100: ``percent(0.1) == "10 %"``."""
    if not math.isfinite(share):
        return "unknown"
    rounded = round(100.0 * share, digits)
    if rounded == 0.0 and share > 0.0:
        return f"under {10.0**-digits:g} %"
    if rounded == 100.0 and share < 1.0:
        return f"over {100.0 - 10.0**-digits:g} %"
    return f"{rounded:g} %"


def chance(probability: float) -> str:
    """Return a probability with three decimals, never a false 0 or 1."""
    if not math.isfinite(probability):
        return "unknown"
    if 0.0 < probability < 0.0005:
        return "under 0.001"
    if 0.9995 < probability < 1.0:
        return "over 0.999"
    return "0" if probability == 0.0 else "1" if probability == 1.0 else f"{probability:.3f}"


def count(number: float) -> str:
    """Return a whole number with thousands apart: ``count(1000000) == "1,000,000"``."""
    return f"{number:,.0f}"


def short(number: float) -> str:
    """Return a number with three significant digits, or in words where it is huge."""
    if math.isnan(number):
        return "unknown"
    size = abs(number)
    if math.isinf(number) or size >= 1e15:
        return "more than a million billion" if number > 0 else "a huge negative number"
    for limit, name in ((1e12, "thousand billion"), (1e9, "billion"), (1e6, "million")):
        if size >= 0.9995 * limit:  # what would be rounded up to the limit
            return f"{float(f'{number / limit:.3g}'):g} {name}"
    if size >= 999.5:
        return f"{number:,.0f}"
    return f"{number:.3g}"


def multiple(number: float) -> str:
    """Return a number of 0 or more as `short` does, but never with an exponent."""
    return "under 0.001" if 0.0 < number < 0.0005 else short(number)


def times(number: int, one: str, many: str) -> str:
    """Return a count with its noun: ``times(1, "run", "runs") == "1 run"``."""
    return f"{count(number)} {one if number == 1 else many}"


def as_typed(text: str) -> str:
    """Return text that Markdown shows as it is, whatever signs it holds."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>()#+!|$~&:" else sign for sign in text)
