"""The panel that answers "how many?": what is kept in the long run, against real points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import YELLOW
from collapse_core.figures.panel import Panel, Style
from collapse_core.lessons.lesson import read_lesson
from collapse_core.lessons.numbers import Numbers
from collapse_core.topics.one_real_point.doses import SampledDoses

__all__ = ["COUNTS", "count_axis", "dose_axis", "dose_dots", "dose_lines", "dose_mark", "place"]

Array = NDArray[np.float64]

COUNTS = np.array(
    [*range(11), 12, 14, 17, 20, 25, 30, 35, 40, 50, 60, 70, 80, 100], dtype=np.float64
)
HIGHEST = 1e4
LINES: Mapping[str, Style] = {
    "prior": ("text", 1.6, "dot"),
    "fixed": (YELLOW, 1.1, "dashdot"),
    "fresh": ("real", 1.1, "solid"),
}


def place(counts: Any) -> Array:
    """Return where numbers of real points stand on the axis: ln(1 + k)."""
    return np.log1p(np.asarray(counts, dtype=np.float64))


def count(places: Array) -> Array:
    """Return which numbers of real points stand at some places: the inverse of `place`."""
    return np.asarray(np.expm1(places).round(2))


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
    powers, numbers = range(int(np.ceil(low)), int(high) + 1), read_lesson("one_real_point").numbers
    halves = [10.0**power * part for power in powers for part in (1.0, 3.0)]
    return {
        "type": "log",
        "range": [float(low), float(max(high, 0.5))],
        "tickvals": halves,
        "ticktext": [_written(value, percent, numbers) for value in halves],
    }


def _written(value: float, percent: bool, numbers: Numbers) -> str:
    """Return a value in few signs: numbers beside an axis have little room."""
    if not percent:
        return numbers.plain(value, "g")
    return numbers.on_an_axis(value) if value < 10 else f"{numbers.plain(value, 'g')}×"


def dose_lines(panel: Panel, curves: Mapping[str, Array]) -> None:
    """Draw the exact curves; where there is no bound a curve has a gap."""
    for key, style in LINES.items():
        told = f"k = %{{customdata}}, {panel.scene.word(key)}: {panel.hover}<extra></extra>"
        panel.line(
            key,
            np.where(np.isfinite(curves[key]), curves[key], np.nan),
            place(COUNTS),
            style=style,
            reads=count,
            customdata=COUNTS.astype(int).tolist(),
            hovertemplate=told,
        )


def dose_dots(panel: Panel, dots: SampledDoses, x: Array, tint: str) -> None:
    """Draw sampled dots with their intervals: full ones, and open ones that need a caution.

    One entry of the legend tells of both.
    """
    colour, scale = panel.scene.colour(tint), panel.scene.look.scale
    full = dots.settled & dots.trusted
    key = "dots" if full.all() else "dots_both"
    for chosen, symbol in ((full, "circle"), (~full, "circle-open")):
        if not chosen.any():
            continue
        places, value, low, high = (
            values[chosen].astype(np.float32) for values in (x, dots.value, dots.low, dots.high)
        )
        interval = {
            "type": "data",
            "symmetric": False,
            "array": high - value,
            "arrayminus": value - low,
            "thickness": 1.4 * scale,
            "width": 3 * scale,
            "color": colour,
        }
        edge = {"width": 1.3, "color": colour}
        panel.points(
            key,
            places,
            value,
            symbol,
            7,
            tint,
            edge=edge,
            reads=count,
            error_y=interval,
        )


def dose_mark(
    panel: Panel, count: float, limit: float, ends: tuple[float, float], ticks: int
) -> None:
    """Draw the mark of the chosen number of points, with a dot at what it keeps.

    Plotly drops the curves of a panel in which nothing moves: a trace out of sight does.
    """
    look, at = panel.scene.look, float(place(count))
    dot = limit if np.isfinite(limit) else None
    mark = {
        "mode": "lines+markers",
        "x": [at, at, None, at],
        "y": [*ends, None, dot],
        "line": {"width": 1.5 * look.scale, "color": look.faint(0.55), "dash": "dot"},
        "marker": {"size": [0, 0, 0, 11 * look.scale], "color": look.collapse, "opacity": 1},
        "cliponaxis": False,
    }
    unnamed = {"hoverinfo": "skip", "showlegend": False}
    panel.add(mark | unnamed)
    outside = {"x": [-9.0], "y": [1.0]}
    panel.scene.add({"type": "scatter"} | outside | unnamed | panel.axes, [outside] * ticks)
