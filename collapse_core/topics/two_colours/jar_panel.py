"""A jar of a hundred marbles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import BLUE, YELLOW
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene

__all__ = ["MARBLES", "blue_places", "jar", "outlines"]

Array = NDArray[np.float32]
Cells = Sequence[tuple[int, int]]

MARBLES = 100
_SIDE = 10
# A trace without points makes Plotly drop its neighbours when it moves; one outside is not seen.
_OUTSIDE = -9.0

# Fixed once and for all, so that a marble stays where it is while the clock runs.
_ORDER = np.random.default_rng(20240724).permutation(MARBLES)
ALL = [*zip((_ORDER % _SIDE).tolist(), (_ORDER // _SIDE).tolist(), strict=True)]

# Marbles are outlines in units of the jar, so that they fit it at any size.
CORNERS = 14
_ANGLES = np.linspace(0.0, 2.0 * np.pi, CORNERS + 1)
RADIUS, EYE = 0.44, 0.15


def blue_count(share: float) -> int:
    """Return how many of the hundred marbles are blue.

    Rounded, but a colour that is still in the jar always has one marble.
    """
    if share <= 0.0 or share >= 1.0:
        return MARBLES if share >= 1.0 else 0
    return min(MARBLES - 1, max(1, round(share * MARBLES)))


def blue_places(share: float) -> list[tuple[int, int]]:
    """Return the cells of the blue marbles, 0 to 9 across and up."""
    return ALL[: blue_count(share)]


def outlines(cells: Cells, radius: float = RADIUS) -> dict[str, Array]:
    """Return marbles as closed lines with gaps between them; the first is the one outside."""
    middles = np.array([(_OUTSIDE, _OUTSIDE), *cells], dtype=np.float64)
    turns = radius * np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
    turns = np.concatenate([turns, [[np.nan, np.nan]]])
    x, y = (middles[:, None] + turns).reshape(-1, 2).T.astype(np.float32)
    return {"x": x, "y": y}


def jar(
    scene: Scene,
    title: str,
    names: tuple[str, str],
    blue: Sequence[Cells],
    yellow: Sequence[Cells] | None = None,
    *,
    button: str = "",
    leads: bool = False,
    width: float = 0.7,
) -> Panel:
    """Add a jar to a scene: yellow marbles, all of them unless they change, and blue ones on top.

    A bright eye marks blue, so that colour is not the only sign.
    """
    places: dict[str, Any] = {"width": width, "button": button, "leads": leads}
    axis = {"visible": False, "range": [-0.6, _SIDE - 0.4], "constrain": "domain"}
    x, y = axis | {"constraintoward": "left"}, axis | {"constraintoward": "top"}
    panel = scene.panel(title, x=x, y=y, bare=True, square=True, **places)
    _marbles(panel, names[0], YELLOW, RADIUS, [ALL] if yellow is None else yellow)
    _marbles(panel, names[1], BLUE, RADIUS, blue)
    _marbles(panel, names[1], "#FFFFFF", EYE, blue)
    return panel


def _marbles(panel: Panel, name: str, colour: str, radius: float, cells: Sequence[Cells]) -> None:
    """Add marbles of one colour; those of a single tick do not change.

    The trace itself has all of them: what begins like it is sent without its numbers.
    """
    drawn = [outlines(now, radius) for now in cells]
    trace = {
        "mode": "lines",
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "name": name,
        "showlegend": False,
        "hoverinfo": "skip",
    }
    panel.add(trace | outlines(ALL, radius), drawn if len(drawn) > 1 else None)
