"""Many small grey images as one large one, with gaps between them."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import SIDE
from collapse_core.extras import extra
from collapse_core.figures.curves import Panel

__all__ = ["grid_axes", "grid_picture", "grid_shape", "grid_trace", "picture_on", "place_holder"]

LARGEST_GREY = 16
ENLARGED = 6  # so that browsers, which smooth, leave the edges of pixels sharp
GREY_SCALE = [[0, "#000000"], [1, "#FFFFFF"]]


def grid_shape(images: int, columns: int) -> tuple[int, int]:
    """Return how many pixels a grid of images has down and across, gaps included."""
    rows = -(-images // columns)
    return rows * (SIDE + 1) - 1, columns * (SIDE + 1) - 1


def grid_picture(greys: NDArray[np.uint8], columns: int) -> str:
    """Return images side by side as one picture, a PNG within an address that begins with "data:".

    Parameters
    ----------
    greys : ndarray, shape (images, 64)
        Greys, 0 (black) to 16 (white).
    columns : int
        Images in a row.
    """
    with extra("images"):
        from PIL import Image

    down, across = grid_shape(len(greys), columns)
    canvas = np.zeros((down, across, 2), dtype=np.uint8)  # grey and opacity; gaps are transparent
    for number, image in enumerate(greys.reshape(-1, SIDE, SIDE)):
        row, column = divmod(number, columns)
        top, left = row * (SIDE + 1), column * (SIDE + 1)
        shown = canvas[top : top + SIDE, left : left + SIDE]
        shown[..., 0] = np.rint(image * (255.0 / LARGEST_GREY))
        shown[..., 1] = 255
    large = canvas.repeat(ENLARGED, axis=0).repeat(ENLARGED, axis=1)
    stream = io.BytesIO()
    Image.fromarray(large).save(stream, format="PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


def picture_on(panel: Panel, picture: str, down: int, across: int) -> dict[str, Any]:
    """Return an entry of a layout's images that fills the axes of `grid_axes`."""
    return {
        "source": picture,
        "xref": f"x{panel.suffix}",
        "yref": f"y{panel.suffix}",
        "x": -0.5,
        "y": -0.5,
        "sizex": across,
        "sizey": down,
        "sizing": "stretch",
        "layer": "above",
    }


def place_holder(panel: Panel, name: str) -> dict[str, Any]:
    """Return a trace that nobody sees: axes without one are not drawn."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [0],
        "y": [0],
        "marker": {"opacity": 0},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": name,
        **panel.axes,
    }


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
