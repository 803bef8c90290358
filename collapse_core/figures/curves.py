"""Traces that every figure is made of: curves, bands, faint runs, the cursor.

Each function returns one trace as a dictionary in Plotly's schema. `Panel` names the axes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import Look, transparent

__all__ = ["Panel", "band", "cursor", "cursor_at", "curve", "faint_runs", "words_below"]

Array = NDArray[np.float64]

MOST_RUNS = 40
MOST_POINTS_PER_RUN = 120


@dataclass(frozen=True)
class Panel:
    """One pair of axes: ``Panel(2)`` draws on x2 and y2."""

    number: int

    @property
    def suffix(self) -> str:
        """What Plotly appends to the names of axes: nothing for the first."""
        return "" if self.number == 1 else str(self.number)

    @property
    def axes(self) -> dict[str, str]:
        """Entries of a trace that put it on this panel."""
        return {"xaxis": f"x{self.suffix}", "yaxis": f"y{self.suffix}"}


def curve(
    panel: Panel,
    x: Array,
    y: Array,
    name: str,
    colour: str,
    *,
    width: float = 2.0,
    dash: str = "solid",
    hover: str = "%{y:.3g}",
    shown: bool = True,
) -> dict[str, Any]:
    """Return a line."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.asarray(x, dtype=np.float32),
        "y": np.asarray(y, dtype=np.float32),
        "name": name,
        "showlegend": shown,
        "line": {"color": colour, "width": width, "dash": dash},
        "hovertemplate": f"{name}: {hover}<extra></extra>",
        **panel.axes,
    }


def band(
    panel: Panel, x: Array, low: Array, high: Array, name: str, colour: str, opacity: float = 0.14
) -> dict[str, Any]:
    """Return the area between two curves, as one closed outline."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate([x, x[::-1]]).astype(np.float32),
        "y": np.concatenate([high, low[::-1]]).astype(np.float32),
        "fill": "toself",
        "fillcolor": transparent(colour, opacity),
        "line": {"width": 0.7, "color": transparent(colour, 0.35), "dash": "dot"},
        "name": name,
        "hoverinfo": "skip",
        **panel.axes,
    }


def faint_runs(panel: Panel, runs: Array, name: str, look: Look) -> dict[str, Any]:
    """Return some of the runs as one trace, with gaps between them.

    The first runs stand for all: they are as random as any. Long runs are thinned to every few
    generations, the last one always kept.

    Parameters
    ----------
    runs : ndarray, shape (replicates, generations + 1)
        All runs.
    """
    generations = runs.shape[1] - 1
    step = max(1, -(-generations // MOST_POINTS_PER_RUN))
    ticks = np.unique(np.append(np.arange(0, generations + 1, step), generations))
    chosen = runs[:MOST_RUNS, ticks]
    gap = np.full((chosen.shape[0], 1), np.nan)
    x = np.broadcast_to(np.append(ticks, np.nan), (chosen.shape[0], ticks.size + 1))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.ascontiguousarray(x, dtype=np.float32).ravel(),
        "y": np.hstack([chosen, gap]).astype(np.float32).ravel(),
        "name": name,
        "line": {"width": 1 * look.scale, "color": look.faint(0.22)},
        "hoverinfo": "skip",
        **panel.axes,
    }


def cursor(panel: Panel, colour: str, look: Look) -> dict[str, Any]:
    """Return the clock's hand: a vertical line with a dot on the curve it follows."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [],
        "y": [],
        "line": {"width": 1.5 * look.scale, "color": look.faint(0.55)},
        "marker": {"size": [0, 0, 0, 11 * look.scale], "color": colour, "opacity": 1},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
        **panel.axes,
    }


def cursor_at(tick: float, height: float, low: float, high: float) -> dict[str, Any]:
    """Return the hand's new place; ``height`` is the curve's value, NaN for no dot."""
    y = None if np.isnan(height) else float(f"{height:.5g}")
    return {"x": [tick, tick, None, tick], "y": [low, high, None, y]}


def words_below(panel: Panel, text: str, look: Look) -> dict[str, Any]:
    """Return the words under a time axis, as an annotation.

    Plotly puts an axis title over the tick labels when the type is large; this place is fixed.
    """
    return {
        "text": text,
        "showarrow": False,
        "x": 0.5,
        "y": 0,
        "xref": f"x{panel.suffix} domain",
        "yref": f"y{panel.suffix} domain",
        "yanchor": "top",
        "yshift": -20 * look.scale,
        "font": {"size": 12 * look.scale, "color": look.muted},
    }
