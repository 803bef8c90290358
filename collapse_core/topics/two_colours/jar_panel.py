"""A jar of a hundred marbles."""

from __future__ import annotations

from typing import Any

import numpy as np

from collapse_core.figures.look import BLUE, YELLOW
from collapse_core.figures.panel import Changes, Panel
from collapse_core.figures.scene import Scene

__all__ = ["MARBLES", "blue_places", "jar", "places"]

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


def jar(
    scene: Scene,
    title: str,
    names: tuple[str, str],
    size: float,
    blue: Changes,
    yellow: Changes | None = None,
) -> Panel:
    """Add a jar to a scene: yellow marbles, all of them unless they change, and blue ones on top.

    A bright ring marks blue, so that colour is not the only sign.
    """
    axis = {"visible": False, "range": [-0.6, _SIDE - 0.4], "constrain": "domain"}
    x, y = axis | {"constraintoward": "left"}, axis | {"constraintoward": "top"}
    panel = scene.panel(title, x=x, y=y, bare=True, square=True)
    lying = {"mode": "markers", "showlegend": False, "hoverinfo": "skip", **places([], [])}
    full = {"x": _X, "y": _Y} if yellow is None else {}
    plain = {"size": size, "color": YELLOW, "line": {"width": 1, "color": scene.look.background}}
    panel.add(lying | full | {"name": names[0], "marker": plain}, yellow)
    ring = {"width": 1.6, "color": "#FFFFFF"}
    ringed = {"symbol": "circle-dot", "size": size, "color": BLUE, "line": ring}
    panel.add(lying | {"name": names[1], "marker": ringed}, blue)
    return panel
