"""The panel that answers "how many?": what is kept in the long run, against real points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, cursor, cursor_at, curve
from collapse_core.figures.look import YELLOW, Look

__all__ = [
    "CURVE_COUNTS",
    "count_axis",
    "dose_axis",
    "dose_dots",
    "dose_lines",
    "dose_marks",
    "place",
]

Array = NDArray[np.float64]

CURVE_COUNTS = np.array(
    [*range(11), 12, 14, 17, 20, 25, 30, 35, 40, 50, 60, 70, 80, 100], dtype=np.float64
)
HIGHEST = 1e4


def place(counts: Any) -> Array:
    """Return where numbers of real points stand on the axis: ln(1 + k)."""
    return np.log1p(np.asarray(counts, dtype=np.float64))


def count_axis(small: bool = False) -> dict[str, Any]:
    """Return the axis of the number of real points in Plotly's schema."""
    ticks = (0, 1, 5, 20, 100) if small else (0, 1, 2, 5, 10, 20, 50, 100)
    return {
        "range": [-0.15, float(place(115))],
        "tickvals": place(ticks).tolist(),
        "ticktext": [str(tick) for tick in ticks],
    }


def dose_axis(curves: Mapping[str, Array], linear: bool, percent: bool = True) -> dict[str, Any]:
    """Return the axis of what is kept: 0 to 1 where nothing is above 1, else logarithmic.

    Its ticks are percentages, or plain numbers.
    """
    if linear:
        return {"range": [-0.03, 1.06], "tickformat": ".0%", "dtick": 0.25}
    values = np.concatenate(list(curves.values()))
    seen = values[np.isfinite(values) & (values > 0)]
    low = np.floor(np.log10(min(seen.min(), 0.9)) * 2) / 2 if seen.size else -1.0
    high = np.ceil(np.log10(min(seen.max() * 1.2, HIGHEST))) if seen.size else 1.0
    powers = range(int(np.ceil(low)), int(high) + 1)
    halves = [10.0**power * part for power in powers for part in (1.0, 3.0)]
    return {
        "type": "log",
        "range": [float(low), float(max(high, 0.5))],
        "tickvals": halves,
        "ticktext": [f"{value:,.0%}" if percent else f"{value:g}" for value in halves],
    }


def dose_lines(
    panel: Panel,
    curves: Mapping[str, Array],
    look: Look,
    words: Mapping[str, str],
    number: str = "%{y:.1%}",
) -> list[dict[str, Any]]:
    """Return the exact curves; where there is no bound a curve has a gap."""
    styles = {
        "prior": (look.text, "dot", 3.2),
        "fixed": (YELLOW, "dashdot", 2.2),
        "fresh": (look.real, "solid", 2.2),
    }
    lines = []
    for name, (colour, dash, width) in styles.items():
        values = np.where(np.isfinite(curves[name]), curves[name], np.nan)
        line = curve(
            panel,
            place(CURVE_COUNTS),
            values,
            words[name],
            colour,
            width=width * look.scale,
            dash=dash,
        )
        line["customdata"] = CURVE_COUNTS.astype(int).tolist()
        line["hovertemplate"] = f"k = %{{customdata}}, {words[name]}: {number}<extra></extra>"
        lines.append(line)
    return lines


def dose_dots(
    panel: Panel,
    x: Array,
    value: Array,
    low: Array,
    high: Array,
    full: NDArray[np.bool_],
    names: tuple[str, str],
    colour: str,
    look: Look,
) -> list[dict[str, Any]]:
    """Return sampled dots with their intervals: full ones, and open ones that need a caution.

    Parameters
    ----------
    full : ndarray of bool
        Which dots are full.
    names : tuple of str
        Words for the two kinds.
    """
    traces = []
    for chosen, name, symbol in ((full, names[0], "circle"), (~full, names[1], "circle-open")):
        if not chosen.any():
            continue
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": np.asarray(x[chosen], dtype=np.float32),
                "y": np.asarray(value[chosen], dtype=np.float32),
                "error_y": {
                    "type": "data",
                    "symmetric": False,
                    "array": (high - value)[chosen].astype(np.float32),
                    "arrayminus": (value - low)[chosen].astype(np.float32),
                    "thickness": 1.4 * look.scale,
                    "width": 3 * look.scale,
                    "color": colour,
                },
                "name": name,
                "marker": {
                    "symbol": symbol,
                    "size": 7 * look.scale,
                    "color": colour,
                    "line": {"width": 1.3, "color": colour},
                },
                "hovertemplate": f"{name}: %{{y:.1%}}<extra></extra>",
                **panel.axes,
            }
        )
    return traces


def dose_marks(
    panel: Panel,
    count: float,
    limit: float,
    ends: tuple[float, float],
    look: Look,
    guess: tuple[str, float] | None = None,
) -> list[dict[str, Any]]:
    """Return the mark of the chosen number of points and, where there is one, of a guess at 1."""
    height = limit if np.isfinite(limit) else np.nan
    mark = cursor(panel, look.collapse, look) | cursor_at(float(place(count)), height, *ends)
    mark["line"] = {"width": 1.5 * look.scale, "color": look.faint(0.55), "dash": "dot"}
    traces = [mark]
    if guess is not None:
        name, value = guess
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [float(place(1))],
                "y": [value],
                "name": name,
                "marker": {
                    "symbol": "x",
                    "size": 12 * look.scale,
                    "color": look.blue,
                    "line": {"width": 1, "color": look.background},
                },
                "hovertemplate": f"{name}: %{{y:.0%}}<extra></extra>",
                **panel.axes,
            }
        )
    return traces
