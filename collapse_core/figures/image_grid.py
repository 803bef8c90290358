"""Many small grey images as one trace: a heatmap with gaps between them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel
from collapse_core.images import SIDE

__all__ = ["grid_axes", "grid_rows", "grid_trace"]

LARGEST_GREY = 16
GREY_SCALE = [[0, "#000000"], [1, "#FFFFFF"]]


def grid_rows(greys: NDArray[np.uint8], columns: int) -> list[list[int | None]]:
    """Return images side by side as the rows of one large image, with gaps.

    Parameters
    ----------
    greys : ndarray, shape (images, 64)
        Greys, 0 to 16.
    columns : int
        Images in a row.
    """
    lines: list[list[int | None]] = []
    for start in range(0, len(greys), columns):
        images = greys[start : start + columns].reshape(-1, SIDE, SIDE).tolist()
        if lines:
            lines.append([None] * (columns * (SIDE + 1) - 1))
        for line in range(SIDE):
            joined: list[int | None] = []
            for image in images:
                joined += [*([None] if joined else []), *image[line]]
            missing = columns * (SIDE + 1) - 1 - len(joined)
            lines.append(joined + [None] * missing)
    return lines


def grid_trace(panel: Panel, rows: list[list[int | None]], name: str) -> dict[str, Any]:
    """Return the trace of a large image."""
    return {
        "type": "heatmap",
        "z": rows,
        "zmin": 0,
        "zmax": LARGEST_GREY,
        "colorscale": GREY_SCALE,
        "showscale": False,
        "hoverinfo": "skip",
        "name": name,
        **panel.axes,
    }


def grid_axes(panel: Panel, down: int, across: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return entries of both axes of a large image: no ticks, square pixels, first row on top."""
    plain = {"showgrid": False, "showticklabels": False, "visible": False, "constrain": "domain"}
    x = plain | {"range": [-0.5, across - 0.5]}
    y = plain | {"range": [down - 0.5, -0.5], "scaleanchor": f"x{panel.suffix}"}
    return x, y | {"constraintoward": "top"}
