"""What a complaint says: the parameter, its value as it was given, what is allowed, a remedy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

__all__ = ["outside", "refusal", "shown"]

LONGEST_SHOWN = 80


def _written(number: float) -> str:
    """Write a whole number in full: 4.29e+09 would not say which values are allowed."""
    return f"{number:,}" if isinstance(number, int) else f"{number:g}"


def shown(value: Any) -> str:
    """Write a value as it was typed, shortened: a NumPy number without the name of its type."""
    text = repr(value.item() if isinstance(value, np.generic) else value)
    text = " ".join(text.split()) if "\n" in text else text
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def refusal(name: str, written: str, allowed: str, remedy: str) -> ValueError:
    """Return the complaint that a value is not what is allowed."""
    return ValueError(f"{name}={written} is out of range: it must be {allowed}. {remedy}")


def outside(name: str, written: str, low: float, high: float | None, kind: str) -> ValueError:
    """Return the complaint that a number is not of a kind, or lies outside a range."""
    if high is None or math.isinf(high):
        allowed, remedy = f"{kind} of at least {_written(low)}", f"Choose {_written(low)} or more."
    else:
        ends = f"from {_written(low)} to {_written(high)}"
        allowed, remedy = f"{kind} {ends}", f"Choose a value {ends}."
    if math.isinf(low):
        allowed, remedy = "a finite number", "Choose a finite number."
    if "strictly" in kind and not math.isinf(low):
        remedy = remedy.replace("Choose", "Choose, ends excluded,", 1)
    return refusal(name, written, allowed, remedy)
