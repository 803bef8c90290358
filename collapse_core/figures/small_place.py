"""Where a pair of axes is in a small picture, and where its values are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["SmallPlace", "places_of"]

EDGE = 3.0

Points = NDArray[np.float64]


@dataclass(frozen=True)
class SmallPlace:
    """A pair of axes in a small picture.

    Parameters
    ----------
    x : str
        Plotly's name of the horizontal axis.
    across, up : mapping
        The axes, in Plotly's schema, with a "range".
    left, top, width, height : float
        The place, in pixels.
    """

    x: str
    across: Mapping[str, Any]
    up: Mapping[str, Any]
    left: float
    top: float
    width: float
    height: float

    def points(self, trace: Mapping[str, Any]) -> Points:
        """Return the points of a trace in pixels, shape (points, 2); not finite in its gaps."""
        y = _numbers(trace["y"])
        x = (
            _numbers(trace["x"])
            if trace.get("x") is not None
            else np.arange(y.size, dtype=np.float64)
        )
        return np.column_stack([self._right(x), self._down(y)])

    def to_ground(self, segment: Points) -> str:
        """Return the rest of a path that closes the area between a line and 0."""
        ground = float(np.clip(self._down(np.zeros(1))[0], self.top, self.top + self.height))
        return f"L{segment[-1, 0]:.1f} {ground:.1f}L{segment[0, 0]:.1f} {ground:.1f}Z"

    def box(self, image: Mapping[str, Any]) -> tuple[float, float, float, float]:
        """Return left, top, width and height of an image of the layout, in pixels."""
        corners = np.array([image["x"], image["x"] + image["sizex"]], dtype=np.float64)
        left, right = self._right(corners)
        # An image hangs from its upper edge, also where the axis runs downwards.
        low, high = self.up["range"]
        side = image["sizey"] if low > high else -image["sizey"]
        top, bottom = self._down(np.array([image["y"], image["y"] + side], dtype=np.float64))
        return float(left), float(top), float(right - left), float(bottom - top)

    def window(self, drawn: str) -> str:
        """Return what is drawn here without what lies outside, and with the axes that are seen."""
        box = (self.left, self.top, self.width, self.height)
        x, y, wide, high = (f"{side:.1f}" for side in box)
        framed = ""
        if self.up.get("visible") is not False and self.across.get("visible") is not False:
            corner = f"M{x} {y}v{high}h{wide}"
            framed = f'<path d="{corner}" fill="none" stroke="#5b6570" stroke-opacity="0.5"/>'
        inner = f'x="{x}" y="{y}" width="{wide}" height="{high}" viewBox="{x} {y} {wide} {high}"'
        return f"{framed}<svg {inner}>{drawn}</svg>"

    def _right(self, x: Points) -> Points:
        return self.left + self.width * _share(x, self.across)

    def _down(self, y: Points) -> Points:
        return self.top + self.height * (1.0 - _share(y, self.up))


def places_of(
    layout: Mapping[str, Any], parts: Sequence[Mapping[str, Any]], width: float, height: float
) -> list[SmallPlace]:
    """Return the places of the parts of a panel that fills a small picture.

    Parameters
    ----------
    layout : mapping
        The figure's, with a "range" for each axis.
    parts : sequence of mapping
        Pairs of axes: each has ``x`` and ``y``, perhaps ``across`` and ``up``, shares of the panel.
    width, height : float
        In pixels.
    """
    found = []
    for part in parts:
        x, y = (layout[f"{part[name][0]}axis{part[name][1:]}"] for name in ("x", "y"))
        (left, right), (low, high) = part.get("across", (0.0, 1.0)), part.get("up", (0.0, 1.0))
        wide, tall = (right - left) * (width - 2 * EDGE), (high - low) * (height - 2 * EDGE)
        begins = EDGE + left * (width - 2 * EDGE), EDGE + (1.0 - high) * (height - 2 * EDGE)
        if "scaleanchor" in y:
            unit = min(wide / _span(x), tall / _span(y))
            square = unit * _span(x), unit * _span(y)
            begins = begins[0] + (wide - square[0]) / 2, begins[1] + (tall - square[1]) / 2
            wide, tall = square
        found.append(SmallPlace(part["x"], x, y, *begins, wide, tall))
    return found


def _span(axis: Mapping[str, Any]) -> float:
    low, high = axis["range"]
    return float(abs(high - low))


def _share(values: Points, axis: Mapping[str, Any]) -> Points:
    low, high = axis["range"]
    if axis.get("type") == "log":
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.log10(values)
    return np.asarray((values - low) / (high - low), dtype=np.float64)


def _numbers(values: Any) -> Points:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
