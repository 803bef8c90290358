"""Percentages along an axis in the language of the picture.

Plotly changes the decimal sign with the language, but writes "25%" in every one. Where a language
has it otherwise the marks are placed here as Plotly would place them, and written by CLDR. What is
told on hovering is written by Plotly, which knows but one sign that a language puts around numbers,
that of its currency: the player takes percentages for money, and says that its sign is this one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from collapse_core.lessons.numbers import Numbers

__all__ = ["as_money", "in_percent"]

FEW = 5  # marks, where an axis does not say how many
STEPS = (2.0, 5.0, 10.0)
# A format of d3 in a template, and one of an axis: its sign goes before that of a currency.
_IN_A_TEMPLATE = re.compile(r"(%\{[^{}:]+:[-+ (]?)(?=[^{}$]*[%p]\})")
_OF_AN_AXIS = re.compile(r"^([-+ (]?)(?=[^$]*[%p]$)")
_AXIS = re.compile(r"[xy]axis\d*")


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
    texts = [f"{'+' * (form[0] == '+' and mark > 0)}{numbers.on_an_axis(mark)}" for mark in marks]
    # What is told between marks on hovering.
    return {"hoverformat": form} | kept | {"tickvals": marks, "ticktext": texts}


def as_money(part: Mapping[str, Any]) -> dict[str, Any]:
    """Return a trace or a layout whose percentages have the sign of the language's currency.

    Parameters
    ----------
    part : mapping
        In Plotly's schema; it stays as it is.
    """
    changed: dict[str, Any] = {}
    for name, value in part.items():
        if name == "hovertemplate":
            changed[name] = _each(_IN_A_TEMPLATE, value)
        elif name in ("tickformat", "hoverformat"):
            changed[name] = _each(_OF_AN_AXIS, value)
        elif _AXIS.fullmatch(name) and isinstance(value, Mapping):
            changed[name] = as_money(value)
    return {**part, **changed}


def _each(form: re.Pattern[str], texts: Any) -> Any:
    if isinstance(texts, str):
        return form.sub(r"\1$", texts)
    return [_each(form, text) for text in texts]


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
