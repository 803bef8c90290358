"""One specification of a parameter, for its checks, its slider and its documentation."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeAlias, get_args

from collapse_core.checks import check_choice, check_number, check_text, check_whole_number

__all__ = ["Param"]

# How text writes what formulas write in TeX.
_SIGNS = {
    "\\alpha": "α",
    "\\kappa": "κ",
    "\\lambda": "λ",
    "\\mu": "μ",
    "\\sigma": "σ",
    "_0": "₀",
    "^2": "²",
    "^*": "*",
}
Scale: TypeAlias = Literal["linear", "log"]

_LOG_MANTISSAS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)


@dataclass(frozen=True)
class Param:
    """What a parameter is called, which values it may take, and what it means.

    Parameters
    ----------
    name : str
        Key in links and in Python: an identifier.
    symbol : str
        How formulas write it, for example ``"n"``.
    low, high : float
        Smallest and largest value, both allowed.
    default : float
        Value at the start; must itself be allowed.
    description : str
        What it is, in English: the words of a screen are in the lessons.
    unit : str
        Unit in words, for example ``"points"``; empty for none.
    step : float, optional
        Distance between neighbouring slider positions on a linear scale. The parameter is a
        whole number if ``low``, ``high``, ``default`` and ``step`` all are ``int``.
    scale : {"linear", "log"}
        On a log scale the slider stops at round numbers (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8).

    Raises
    ------
    ValueError
        If the range is empty, a log scale reaches 0, the step is not above 0, or the default is
        not allowed.
    """

    name: str
    symbol: str
    low: float
    high: float
    default: float
    description: str
    unit: str = ""
    step: float | None = None
    scale: Scale = "linear"

    def __post_init__(self) -> None:
        for name in ("name", "symbol", "description", "unit"):
            check_text(name, getattr(self, name))
        if not self.name.isidentifier():
            raise ValueError(f"name={self.name!r} is not an identifier: use letters, digits and _.")
        for name in ("low", "high", "default"):
            check_number(f"{self.name}: {name}", getattr(self, name))
        check_choice(f"{self.name}: scale", self.scale, get_args(Scale))
        if not self.low < self.high:
            raise ValueError(
                f"{self.name}: low={self.low!r} must be below high={self.high!r}. Swap them."
            )
        if self.scale == "log" and self.low <= 0:
            raise ValueError(f"{self.name}: low={self.low!r} must be above 0 on a log scale.")
        if self.step is not None:
            check_number(f"{self.name}: step", self.step)
            if not self.step > 0:
                raise ValueError(
                    f"{self.name}: step={self.step!r} must be above 0. Choose a step > 0."
                )
        self.check(self.default)

    def named(self, name: str) -> Param:
        """Return the same parameter under another name."""
        return replace(self, name=name)

    def widened(self, low: float, high: float) -> Param:
        """Return the same parameter with other ends."""
        return replace(self, low=low, high=high)

    @cached_property
    def sign(self) -> str:
        """The symbol as text: what a label shows, and a screen reader reads aloud."""
        sign = self.symbol
        for tex, text in _SIGNS.items():
            sign = sign.replace(tex, text)
        return sign

    @cached_property
    def whole(self) -> bool:
        """Whether the parameter takes whole numbers only."""
        values = (self.low, self.high, self.default, 1 if self.step is None else self.step)
        return all(isinstance(value, int) for value in values)

    def check(self, value: Any) -> float:
        """Return the value, as ``int`` where the parameter is whole.

        Raises
        ------
        ValueError
            If the value is not a number in range; the message says which values are.
        """
        if self.whole:
            return check_whole_number(self.name, value, int(self.low), int(self.high))
        return check_number(self.name, value, self.low, self.high)

    def stops(self) -> tuple[float, ...]:
        """Return every position of the slider, ascending, both ends included.

        On a log scale these are round numbers between the ends, and the default.
        """
        return self._stops

    @cached_property
    def _stops(self) -> tuple[float, ...]:
        if self.scale == "log":
            return self._log_stops()
        step = self._linear_step()
        count = math.floor((self.high - self.low) / step + 1e-9)
        stops = [round(self.low + i * step, 10) for i in range(count + 1)]
        if self.high - stops[-1] > 1e-9 * step:  # the last step may be a shorter one
            stops.append(self.high)
        return tuple(int(stop) for stop in stops) if self.whole else tuple(stops)

    def nearest_stop(self, value: float) -> float:
        """Return the slider position nearest to a value (in ratio on a log scale)."""
        value = check_number("value", value)
        if self.scale == "log":
            floor = max(value, 1e-300)
            return min(self.stops(), key=lambda stop: abs(math.log(stop / floor)))
        return min(self.stops(), key=lambda stop: abs(stop - value))

    def slider(self) -> dict[str, Any]:
        """Return what a slider widget needs: its range, or its list of stops."""
        if self.scale == "log":
            return {"options": self.stops(), "value": self.default}
        number = int if self.whole else float
        return {
            "min_value": number(self.low),
            "max_value": number(self.high),
            "value": number(self.default),
            "step": number(self._linear_step()),
        }

    def _linear_step(self) -> float:
        if self.step is not None:
            return self.step
        return 1 if self.whole else (self.high - self.low) / 100

    def _log_stops(self) -> tuple[float, ...]:
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        stops = {self.low, self.high, self.default}
        for power in range(first, last + 1):
            for mantissa in _LOG_MANTISSAS:
                stop = float(f"{mantissa * 10.0**power:.6g}")
                if self.low < stop < self.high and (not self.whole or stop.is_integer()):
                    stops.add(int(stop) if self.whole else stop)
        return tuple(sorted(stops))
