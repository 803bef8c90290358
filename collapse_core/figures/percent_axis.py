"""Percentages along an axis in the language of the picture.

Plotly changes the decimal sign with the language, but writes "25%" in every one. Where a language
has it otherwise the marks are placed here as Plotly would place them, and written by CLDR.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from collapse_core.lessons.numbers import Numbers

__all__ = ["in_percent"]

FEW = 5  # marks, where an axis does not say how many
STEPS = (2.0, 5.0, 10.0)


def in_percent(axis: Mapping[str, Any], numbers: Numbers) -> dict[str, Any]:
    """Return an axis in Plotly's schema with its percentages as the language writes them.

    Parameters
    ----------
    axis : mapping
        One without a ``tickformat`` of percentages, or without a ``range``, stays as it is.
    numbers : Numbers
        Writes the language. What English has on an axis is left to Plotly.
    """
    form, ends = str(axis.get("tickformat", "")), axis.get("range")
    if not form.endswith(("%", "p")) or ends is None or numbers.language == "en":
        return dict(axis)
    marks = _powers(*ends) if axis.get("type") == "log" else _even(axis, *ends)
    kept = {name: value for name, value in axis.items() if name not in ("tickformat", "dtick")}
    return kept | {"tickvals": marks, "ticktext": list(map(numbers.on_an_axis, marks))}


def _even(axis: Mapping[str, Any], low: float, high: float) -> list[float]:
    step = float(axis.get("dtick") or _step(high - low, axis.get("nticks", FEW)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def _step(width: float, most: int) -> float:
    """Return 1, 2 or 5 times a power of ten, so that there are about so many marks."""
    rough = width / most
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(step for step in STEPS if rough <= step * power)


def _powers(low: float, high: float) -> list[float]:
    return [10.0**power for power in range(math.ceil(low), math.floor(high) + 1)]
