"""A jar of a hundred marbles."""

from __future__ import annotations

from typing import Any

import numpy as np

from collapse_core.figures.curves import Panel
from collapse_core.figures.look import BLUE, YELLOW, Look

__all__ = ["MARBLES", "blue_marbles", "blue_places", "jar_layout", "places", "yellow_marbles"]

MARBLES = 100
_SIDE = 10
# A trace without points makes Plotly drop its neighbours when it moves; one outside is not seen.
_OUTSIDE = -9

# Fixed once and for all, so that a marble stays where it is while the clock runs.
_ORDER = np.random.default_rng(20240724).permutation(MARBLES)
_X = (_ORDER % _SIDE).tolist()
_Y = (_ORDER // _SIDE).tolist()


def blue_count(share: float) -> int:
    """Return how many of the hundred marbles are blue.

    Rounded, but a colour that is still in the jar always has one marble.
    """
    if share <= 0.0 or share >= 1.0:
        return MARBLES if share >= 1.0 else 0
    return min(MARBLES - 1, max(1, round(share * MARBLES)))


def blue_places(share: float) -> dict[str, Any]:
    """Return where the blue marbles lie, as new values for their trace."""
    count = blue_count(share)
    return places(_X[:count], _Y[:count])


def places(x: list[int], y: list[int]) -> dict[str, Any]:
    """Return new places for a trace of marbles, none of them allowed to be empty."""
    return {"x": [*x, _OUTSIDE], "y": [*y, _OUTSIDE]}


def yellow_marbles(panel: Panel, name: str, look: Look, size: float) -> dict[str, Any]:
    """Return a full jar of yellow; the blue marbles are drawn over it."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": _X,
        "y": _Y,
        "name": name,
        "showlegend": False,
        "hoverinfo": "skip",
        "marker": {"size": size, "color": YELLOW, "line": {"width": 1, "color": look.background}},
        **panel.axes,
    }


def blue_marbles(panel: Panel, name: str, look: Look, size: float) -> dict[str, Any]:
    """Return the blue marbles, with a bright ring so that colour is not the only sign."""
    return {
        "type": "scatter",
        "mode": "markers",
        **places([], []),
        "name": name,
        "showlegend": False,
        "hoverinfo": "skip",
        "marker": {
            "symbol": "circle-dot",
            "size": size,
            "color": BLUE,
            "line": {"width": 1.6, "color": "#FFFFFF"},
        },
        **panel.axes,
    }


def jar_layout(panel: Panel, x_domain: list[float], y_domain: list[float]) -> dict[str, Any]:
    """Return the axes of a jar and its outline."""
    hidden = {
        "visible": False,
        "fixedrange": True,
        "range": [-0.6, _SIDE - 0.4],
        "constrain": "domain",
    }
    return {
        f"xaxis{panel.suffix}": {
            **hidden,
            "domain": x_domain,
            "anchor": f"y{panel.suffix}",
            "constraintoward": "left",
        },
        f"yaxis{panel.suffix}": {
            **hidden,
            "domain": y_domain,
            "anchor": f"x{panel.suffix}",
            "scaleanchor": f"x{panel.suffix}",
            "constraintoward": "top",
        },
    }
