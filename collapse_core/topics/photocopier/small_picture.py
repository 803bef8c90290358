"""Pictures for the ticks of the clock: reduced, so that a whole run is small."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from collapse_core.extras import extra

__all__ = ["difference_picture", "side_by_side", "small_pictures"]

# The longer side in pixels, and the quality, the best first: what is full of grain or streaks takes
# much more room than a blurred picture, so that what fits is tried and not known beforehand.
SIZES = (
    (144, 60),
    (128, 40),
    (112, 40),
    (96, 40),
    (96, 25),
    (80, 25),
    (64, 25),
    (48, 25),
    (40, 15),
    (32, 10),
)
TRIED = 8  # pictures of a run
STRONGER = 4.0  # how much a difference is amplified


def small_pictures(
    pictures: Sequence[NDArray[np.uint8]], most: int, sizes: Sequence[tuple[int, int]] = SIZES
) -> list[str]:
    """Return pictures of one run, all reduced alike, within addresses that begin with "data:".

    Parameters
    ----------
    pictures : sequence of ndarray of uint8, shape (height, width, 3)
        The pictures.
    most : int
        How long all addresses may be together, about; the last size is taken where none fits.
    sizes : sequence of tuple of int
        The longer side in pixels, and the quality, the best first.
    """
    tried = [pictures[t] for t in np.linspace(0, len(pictures) - 1, TRIED).astype(int)]
    for size in sizes:
        length = np.mean([len(_address(picture, *size)) for picture in tried])
        if length * len(pictures) <= most:
            break
    return [_address(picture, *size) for picture in pictures]


def side_by_side(pictures: Sequence[NDArray[np.uint8]], columns: int) -> NDArray[np.uint8]:
    """Return pictures of one size as a single one, in rows of so many."""
    rows = [
        np.concatenate(pictures[first : first + columns], axis=1)
        for first in range(0, len(pictures), columns)
    ]
    return np.concatenate(rows)


def difference_picture(difference: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return a difference four times as strong, around a middle grey.

    Parameters
    ----------
    difference : ndarray, shape (height, width, 3)
        On the scale of 0 to 255.
    """
    return np.clip(np.rint(128.0 + STRONGER * difference), 0.0, 255.0).astype(np.uint8)


def _address(pixels: NDArray[np.uint8], side: int, quality: int) -> str:
    """Return a picture with its longer side of so many pixels, as the address of a WebP file."""
    with extra("images"):
        from PIL import Image

    image = Image.fromarray(pixels)
    scale = min(1.0, side / max(image.size))
    width, height = (max(1, round(length * scale)) for length in image.size)
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    small.save(stream, format="WEBP", quality=quality)
    return "data:image/webp;base64," + base64.b64encode(stream.getvalue()).decode()
