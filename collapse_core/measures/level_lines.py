"""Lines of equal height on a grid: marching squares, with the pieces joined into lines.

Written out because a browser redraws lines much faster than it redraws a map of colours, and
because a model's heights may be infinite.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["level_lines"]

Array = NDArray[np.float64]
Edge = tuple[int, int, int]

DEEPEST = 50.0  # below a level nothing matters; it keeps infinite depths finite

# Edges of a cell that a line crosses, by which corners are high: bits 1, 2, 4, 8 from the lower
# left corner on, anticlockwise. Edges: 0 lower, 1 right, 2 upper, 3 left.
_CROSSED: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),),
    2: ((0, 1),),
    3: ((3, 1),),
    4: ((1, 2),),
    5: ((3, 0), (1, 2)),
    6: ((0, 2),),
    7: ((3, 2),),
    8: ((2, 3),),
    9: ((2, 0),),
    10: ((0, 1), (2, 3)),
    11: ((2, 1),),
    12: ((1, 3),),
    13: ((1, 0),),
    14: ((0, 3),),
}
# Where an edge of a cell lies: steps to its first corner, and its direction (0 across, 1 up).
_EDGES = ((0, 0, 0), (1, 0, 1), (0, 1, 0), (0, 0, 1))


def level_lines(heights: Array, places: Array, level: float) -> list[Array]:
    """Return the lines on which a surface has a height.

    Parameters
    ----------
    heights : ndarray, shape (m, m)
        Height at ``(places[j], places[i])``; -inf is allowed.
    places : ndarray, shape (m,)
        Coordinates of the grid, the same across and up.
    level : float
        The height; a level that is not finite has no line.

    Returns
    -------
    list of ndarray, shape (points, 2)
        Each line; a closed one ends where it began.
    """
    if not np.isfinite(level):
        return []
    depth = np.clip(heights - level, -DEEPEST, DEEPEST)
    high = depth > 0.0
    kind = high[:-1, :-1] + 2 * high[:-1, 1:] + 4 * high[1:, 1:] + 8 * high[1:, :-1]
    links: dict[Edge, list[Edge]] = {}
    for up, across in np.argwhere((kind > 0) & (kind < 15)).tolist():
        for pair in _CROSSED[int(kind[up, across])]:
            first, second = (_edge(up, across, side) for side in pair)
            links.setdefault(first, []).append(second)
            links.setdefault(second, []).append(first)
    return [_points(line, depth, places) for line in _joined(links)]


def _edge(up: int, across: int, side: int) -> Edge:
    right, above, direction = _EDGES[side]
    return up + above, across + right, direction


def _joined(links: dict[Edge, list[Edge]]) -> list[list[Edge]]:
    """Join pieces into lines: open ones from their ends first, then closed ones."""
    lines = []
    starts = [edge for edge, others in links.items() if len(others) == 1]
    for start in (*starts, *list(links)):
        if not links.get(start):
            continue
        line = [start]
        while links[line[-1]]:
            following = links[line[-1]].pop()
            links[following].remove(line[-1])
            line.append(following)
        lines.append(line)
    return lines


def _points(line: list[Edge], depth: Array, places: Array) -> Array:
    """Return where a line crosses its edges, by linear interpolation."""
    up, across, direction = np.array(line).T
    other_up, other_across = up + (direction == 1), across + (direction == 0)
    here, there = depth[up, across], depth[other_up, other_across]
    share = here / (here - there)
    x = places[across] + share * (places[other_across] - places[across])
    y = places[up] + share * (places[other_up] - places[up])
    return np.stack([x, y], axis=1)
