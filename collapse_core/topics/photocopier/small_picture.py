"""A picture for one tick of the clock: reduced, so that a whole run is small."""

from __future__ import annotations

import base64
import io

import numpy as np
from numpy.typing import NDArray

from collapse_core.extras import extra

__all__ = ["SHOWN_SIDE", "difference_picture", "small_picture"]

SHOWN_SIDE = 160
QUALITY = 80
STRONGER = 4.0  # how much a difference is amplified


def small_picture(pixels: NDArray[np.uint8]) -> str:
    """Return a picture with a longer side of 160 pixels, within an address that begins with data:.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
        The picture.
    """
    with extra("images"):
        from PIL import Image

    image = Image.fromarray(pixels)
    scale = SHOWN_SIDE / max(image.size)
    small = image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))),
        Image.Resampling.LANCZOS,
    )
    stream = io.BytesIO()
    small.save(stream, format="WEBP", quality=QUALITY)
    return "data:image/webp;base64," + base64.b64encode(stream.getvalue()).decode()


def difference_picture(difference: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return a difference four times as strong, around a middle grey.

    Parameters
    ----------
    difference : ndarray, shape (height, width, 3)
        On the scale of 0 to 255.
    """
    return np.clip(np.rint(128.0 + STRONGER * difference), 0.0, 255.0).astype(np.uint8)
