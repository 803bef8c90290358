"""Names written at curves, in places that hold at every size of their panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["CurveName", "name_of_curve", "placed_names", "share_of_axis"]

Array = NDArray[np.float64]
Axis = Mapping[str, Any]

# In pixels: the height of the lowest panel, of a line of type, and of a name over its curve.
LOWEST, LINE, ABOVE = 120.0, 15.0, 8.0


@dataclass(frozen=True)
class CurveName:
    """A name and the point of its curve that it stands at.

    Parameters
    ----------
    text, tint : str
        What is written, and in which colour.
    across, up : float
        The point, as shares of the panel.
    """

    text: str
    tint: str
    across: float
    up: float


def name_of_curve(
    text: str, tint: str, x: ArrayLike, y: ArrayLike, axes: tuple[Axis, Axis], across: float
) -> CurveName | None:
    """Return a curve's name at its last point before a share of the panel; None without points.

    Parameters
    ----------
    text, tint : str
        The name and its colour.
    x, y : array_like
        The curve.
    axes : pair of mapping
        Both axes, in Plotly's schema.
    across : float
        How far to the right, from 0 to 1.
    """
    right, up = (share_of_axis(axis, of) for axis, of in zip(axes, (x, y), strict=True))
    seen = np.isfinite(right) & np.isfinite(up)
    if not seen.any():
        return None
    right, up = right[seen], up[seen]
    before = np.flatnonzero(right <= max(across, float(right.min())) + 1e-9)
    at = int(before[-1])
    return CurveName(text, tint, *np.clip([right[at], up[at]], 0.0, 1.0).tolist())


def placed_names(names: Sequence[CurveName], axes: tuple[Axis, Axis]) -> list[dict[str, Any]]:
    """Return where names stand, as entries of Plotly's annotations; none covers another.

    They stay at their curves and are moved by pixels as the lowest panel needs it: in a higher one
    they are farther apart.
    """
    heights = np.array([name.up * LOWEST for name in names])
    placed = _spread(heights + ABOVE, LINE / 2, LOWEST - LINE / 2)
    entries: list[dict[str, Any]] = []
    for name, shift in zip(names, (placed - heights).tolist(), strict=True):
        side = "right" if name.across > 0.6 else "left" if name.across < 0.4 else "center"
        place = {"x": _value_at(axes[0], name.across), "y": _value_at(axes[1], name.up)}
        entries.append(place | {"xanchor": side, "yanchor": "middle", "yshift": round(shift, 1)})
    return entries


def share_of_axis(axis: Axis, values: ArrayLike) -> Array:
    """Return how far along an axis values are, 0 at its lower end and 1 at its upper one."""
    places = np.asarray(values, dtype=np.float64)
    if axis.get("type") == "log":
        with np.errstate(divide="ignore", invalid="ignore"):
            places = np.log10(places)
    low, high = axis["range"]
    return np.asarray((places - low) / (high - low), dtype=np.float64)


def _value_at(axis: Axis, share: float) -> float:
    """Return what an annotation needs at a share of an axis: of a logarithmic one the exponent."""
    low, high = axis["range"]
    return float(f"{low + share * (high - low):.6g}")


def _spread(heights: Array, low: float, high: float) -> Array:
    """Return heights in the same order, no two closer than a line."""
    order = np.argsort(heights, kind="stable")
    placed = np.clip(heights[order], low, high)
    for i in range(1, placed.size):
        placed[i] = max(placed[i], placed[i - 1] + LINE)
    ceiling = high
    for i in reversed(range(placed.size)):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - LINE
    spread = np.empty_like(placed)
    spread[order] = placed
    return spread
