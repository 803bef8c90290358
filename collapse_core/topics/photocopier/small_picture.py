"""A picture for one tick of the clock: reduced, so that a whole run is small."""

from __future__ import annotations

import base64
import io

import numpy as np
from numpy.typing import NDArray

from collapse_core.extras import extra

__all__ = ["difference_picture", "shown_side", "small_picture"]

SHOWN_SIDE, LONG_RUN_SIDE = 144, 96  # pixels; less where there are many
LONG_RUN = 40
QUALITY, LONG_RUN_QUALITY = 60, 45
STRONGER = 4.0  # how much a difference is amplified


def shown_side(passes: int) -> int:
    """Return the longer side of a picture in a run of so many passes, in pixels."""
    return SHOWN_SIDE if passes <= LONG_RUN else LONG_RUN_SIDE


def small_picture(pixels: NDArray[np.uint8], passes: int) -> str:
    """Return a picture reduced to `shown_side`, within an address that begins with data:.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
        The picture.
    passes : int
        Of the run.
    """
    with extra("images"):
        from PIL import Image

    image = Image.fromarray(pixels)
    scale = shown_side(passes) / max(image.size)
    small = image.resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))),
        Image.Resampling.LANCZOS,
    )
    stream = io.BytesIO()
    small.save(stream, format="WEBP", quality=QUALITY if passes <= LONG_RUN else LONG_RUN_QUALITY)
    return "data:image/webp;base64," + base64.b64encode(stream.getvalue()).decode()


def difference_picture(difference: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return a difference four times as strong, around a middle grey.

    Parameters
    ----------
    difference : ndarray, shape (height, width, 3)
        On the scale of 0 to 255.
    """
    return np.clip(np.rint(128.0 + STRONGER * difference), 0.0, 255.0).astype(np.uint8)
