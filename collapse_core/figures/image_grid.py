"""Many small grey images as one large one, with gaps between them."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import SIDE
from collapse_core.extras import extra
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene

__all__ = ["grid_panel", "grid_picture", "picture_on", "plain_axes"]

LARGEST_GREY = 16
GAP = LARGEST_GREY + 1  # in the palette: gaps are transparent
ENLARGED = 6  # so that browsers, which smooth, leave the edges of pixels sharp


def grid_shape(images: int, columns: int) -> tuple[int, int]:
    """Return how many pixels a grid of images has down and across, gaps included."""
    rows = -(-images // columns)
    return rows * (SIDE + 1) - 1, columns * (SIDE + 1) - 1


def grid_picture(greys: NDArray[np.uint8], columns: int, enlarged: int = ENLARGED) -> str:
    """Return images side by side as one picture, a PNG within an address that begins with "data:".

    Parameters
    ----------
    greys : ndarray, shape (images, 64)
        Greys, 0 (black) to 16 (white).
    columns : int
        Images in a row.
    enlarged : int
        Pixels of the picture for one of an image.
    """
    with extra("images"):
        from PIL import Image

    down, across = grid_shape(len(greys), columns)
    canvas = np.full((down, across), GAP, dtype=np.uint8)
    for number, image in enumerate(greys.reshape(-1, SIDE, SIDE)):
        row, column = divmod(number, columns)
        top, left = row * (SIDE + 1), column * (SIDE + 1)
        canvas[top : top + SIDE, left : left + SIDE] = image
    large = canvas.repeat(enlarged, axis=0).repeat(enlarged, axis=1)
    picture = Image.fromarray(large, mode="P")
    shades = np.rint(np.arange(LARGEST_GREY + 1) * (255.0 / LARGEST_GREY)).astype(int)
    picture.putpalette([*shades.repeat(3).tolist(), 0, 0, 0])
    stream = io.BytesIO()
    picture.save(stream, format="PNG", transparency=GAP, optimize=True)
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


def plain_axes(down: int, across: int) -> dict[str, Any]:
    """Return both axes of a large image: no ticks, square pixels, first row on top."""
    plain = {"showgrid": False, "showticklabels": False, "visible": False, "constrain": "domain"}
    upwards = {"range": [down - 0.5, -0.5], "constraintoward": "top"}
    beside = {"range": [-0.5, across - 0.5], "constraintoward": "left"}
    return {"x": plain | beside, "y": plain | upwards}


def grid_panel(
    scene: Scene, name: str, title: str, images: int, columns: int, **options: Any
) -> Panel:
    """Add a panel for a grid of images, with a trace that nobody sees: Plotly draws none without.

    Parameters
    ----------
    scene : Scene
        Where.
    name, title : str
        Keys of the words of its trace and of its title.
    images, columns : int
        How many, and how many in a row.
    **options
        Further ones of `Scene.panel`.
    """
    axes = plain_axes(*grid_shape(images, columns))
    panel = scene.panel(title, square=True, **axes, **options)
    unseen = {"opacity": 0}
    panel.add(
        {
            "mode": "markers",
            "x": [0],
            "y": [0],
            "marker": unseen,
            "hoverinfo": "skip",
            "showlegend": False,
            "name": scene.word(name),
        }
    )
    return panel


def picture_on(panel: Panel, picture: str, images: int, columns: int) -> dict[str, Any]:
    """Return an entry of a layout's images that fills the axes of `grid_panel`."""
    down, across = grid_shape(images, columns)
    size = {"sizex": across, "sizey": down, "sizing": "stretch", "layer": "above"}
    return {"source": picture, "xref": panel.x, "yref": panel.y, "x": -0.5, "y": -0.5} | size
