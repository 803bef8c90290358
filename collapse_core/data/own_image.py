"""Your own picture as a row of 64 numbers: drawn pixel by pixel, or read from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_array
from collapse_core.data.images import PIXELS, SIDE
from collapse_core.data.picture_file import PictureFile, PictureLimits, flat
from collapse_core.extras import extra

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["LARGEST_FILE", "MOST_PIXELS", "probe_from_drawing", "probe_from_picture"]

Array = NDArray[np.float64]

LARGEST_FILE = 5 * 10**6
MOST_PIXELS = 20 * 10**6
LIMITS = PictureLimits(LARGEST_FILE, SIDE, MOST_PIXELS)


def probe_from_drawing(drawing: ArrayLike) -> Array:
    """Return a drawing as a row.

    Parameters
    ----------
    drawing : array_like, shape (8, 8)
        Greys from 0 (black) to 1 (white).

    Raises
    ------
    ValueError
        If the shape is another one or a grey is outside 0 to 1.
    """
    try:
        greys = check_array("drawing", drawing)
    except ValueError:
        raise ValueError("drawing must hold numbers: give 8 rows of 8 greys from 0 to 1.") from None
    if greys.shape != (SIDE, SIDE):
        raise ValueError(
            f"drawing has shape {greys.shape}: it must be (8, 8). Give 8 rows of 8 greys."
        )
    if not np.all((greys >= 0.0) & (greys <= 1.0)):
        raise ValueError("drawing holds a grey outside 0 to 1. Scale the greys to 0 to 1.")
    return greys.reshape(PIXELS).copy()


def probe_from_picture(content: bytes) -> Array:
    """Return a picture as a row: its middle square in grey, averaged down to 8 by 8 pixels.

    Transparent pixels count as white. Of an animation the first picture is taken.

    Parameters
    ----------
    content : bytes
        The file: PNG, JPEG, GIF, WebP or BMP.

    Raises
    ------
    ValueError
        If it is empty, above 5 MB, no picture, below 8 by 8 or above 20 million pixels.
    """
    file = PictureFile(content, LIMITS)
    with file.reading():
        greys = _middle_square(file.picture)
    down = _averaging(len(greys))
    return np.clip(down @ greys @ down.T, 0.0, 1.0).reshape(PIXELS)


def _middle_square(picture: Image) -> NDArray[np.float32]:
    """Return the greys of the middle square, 0 to 1."""
    with extra("images"):
        from PIL import ImageOps

    picture.seek(0)
    upright = ImageOps.exif_transpose(picture)
    side = min(upright.size)
    left, top = ((size - side) // 2 for size in upright.size)
    square = flat(upright.crop((left, top, left + side, top + side)))
    return np.asarray(square.convert("L"), dtype=np.float32) / np.float32(255.0)


def _averaging(size: int) -> NDArray[np.float32]:
    """Return the matrix, shape (8, size), that averages a line over eight equal stretches."""
    edges = np.linspace(0.0, size, SIDE + 1)
    pixels = np.arange(size)
    covered = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    return np.asarray(np.maximum(covered, 0.0) * (SIDE / size), dtype=np.float32)
