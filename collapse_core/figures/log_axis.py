"""A logarithmic axis on which 0 has a place: a marked floor below the smallest power of ten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.lessons.numbers import Numbers

__all__ = ["LogAxis", "log_axis_for"]

Array = NDArray[np.float64]

LOWEST_POWER, HIGHEST_POWER = -12, 12
HIGHEST_DRAWN = 1e30


@dataclass(frozen=True)
class LogAxis:
    """Powers of ten at the ends, and a floor for 0 and for all that lies below.

    Parameters
    ----------
    low, high : int
        Exponents of the smallest and the largest tick.
    """

    low: int
    high: int

    @property
    def floor(self) -> float:
        """Where 0 is drawn."""
        return float(10.0 ** (self.low - self._room))

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest value of the axis."""
        return self.floor * 10.0 ** (-0.4 * self._room), 10.0**self.high

    @property
    def _room(self) -> float:
        return 0.1 * (self.high - self.low)

    def places(self, values: Array) -> Array:
        """Return values as they are drawn: small ones on the floor, inf far above the top."""
        with np.errstate(invalid="ignore"):
            high = np.where(values < 10.0**self.low, self.floor, np.minimum(values, HIGHEST_DRAWN))
        return np.asarray(high, dtype=np.float64)

    def hides(self, values: Array) -> bool:
        """Return whether a value above 0 is so small that it is drawn on the floor."""
        return bool(((values > 0) & (values < 10.0**self.low)).any())

    def layout(self, gone: str, numbers: Numbers) -> Mapping[str, Any]:
        """Return ticks and range in Plotly's schema; ``gone`` names the floor."""
        step = max(1, -(-(self.high - self.low) // 6))
        powers = [power for power in range(self.low, self.high + 1) if power % step == 0]
        low, high = np.log10(self.ends).tolist()
        return {
            "type": "log",
            "range": [low, high],
            "tickvals": [self.floor, *(10.0**power for power in powers)],
            "ticktext": [gone, *(_power(power, numbers) for power in powers)],
        }


def log_axis_for(*curves: Array) -> LogAxis:
    """Return an axis that shows curves of positive numbers, at most twelve powers each way.

    Parameters
    ----------
    *curves : ndarray
        Values that should be seen; 0, inf and nan need no room.
    """
    values = np.concatenate([np.ravel(curve) for curve in curves])
    seen = values[np.isfinite(values) & (values > 0)]
    beyond = bool(np.isinf(values).any())
    low, high = (seen.min(), seen.max()) if seen.size else (1.0, 1.0)
    lowest = int(np.clip(np.floor(np.log10(low) + 1e-9), LOWEST_POWER, -2))
    highest = int(np.clip(np.ceil(np.log10(high) - 1e-9), 1, HIGHEST_POWER))
    return LogAxis(lowest, HIGHEST_POWER if beyond else highest)


def _power(power: int, numbers: Numbers) -> str:
    return numbers.plain(10.0**power, "g") if -3 <= power <= 3 else f"10<sup>{power}</sup>"
