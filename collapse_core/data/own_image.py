"""Your own picture as a row of 64 numbers: drawn pixel by pixel, or read from a file."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_array, check_bytes
from collapse_core.data.images import PIXELS, SIDE
from collapse_core.extras import extra

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["ENDINGS", "LARGEST_FILE", "MOST_PIXELS", "probe_from_drawing", "probe_from_picture"]

Array = NDArray[np.float64]

LARGEST_FILE = 5 * 10**6
MOST_PIXELS = 20 * 10**6
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
ENDINGS = ("png", "jpg", "jpeg", "gif", "webp", "bmp")
_KINDS = "PNG, JPEG, GIF, WebP or BMP"


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
    content = check_bytes("content", content)
    if len(content) == 0:
        raise ValueError(f"The file is empty. Choose a picture: {_KINDS}.")
    if len(content) > LARGEST_FILE:
        raise ValueError(
            f"The file has {len(content):,} bytes: at most 5 MB ({LARGEST_FILE:,} bytes) are "
            "allowed. Make the picture smaller first."
        )
    greys = _middle_square(_decoded(content))
    down = _averaging(len(greys))
    return np.clip(down @ greys @ down.T, 0.0, 1.0).reshape(PIXELS)


def _decoded(content: bytes) -> Image:
    """Return the opened picture, after its size has been checked and before it is decoded."""
    with extra("images"):
        from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Pillow warns about large pictures on its own; the check below is stricter.
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError:
        raise _too_large("too many") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise _no_picture() from None
    width, height = picture.size
    if width < SIDE or height < SIDE:
        raise ValueError(
            f"The picture has {width} by {height} pixels: it must have at least 8 by 8. "
            "Choose a larger one."
        )
    if width * height > MOST_PIXELS:
        raise _too_large(f"{width:,} by {height:,}")
    return picture


def _middle_square(picture: Image) -> NDArray[np.float32]:
    """Return the greys of the middle square, 0 to 1."""
    with extra("images"):
        from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture.seek(0)
            upright = ImageOps.exif_transpose(picture)
            side = min(upright.size)
            left, top = ((size - side) // 2 for size in upright.size)
            square = upright.crop((left, top, left + side, top + side))
            if square.mode.startswith(("I", "F")):
                return _deep_greys(np.asarray(square, dtype=np.float32))
            if square.has_transparency_data:
                square = square.convert("RGBA")
                white = Image.new("RGBA", square.size, "white")
                square = Image.alpha_composite(white, square)
            return np.asarray(square.convert("L"), dtype=np.float32) / np.float32(255.0)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise ValueError(
            "The picture cannot be read to its end: the file is damaged. Choose another one."
        ) from None


def _deep_greys(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return greys of 16 bits as 0 to 1."""
    return np.asarray(values / np.float32(65535.0), dtype=np.float32)


def _averaging(size: int) -> NDArray[np.float32]:
    """Return the matrix, shape (8, size), that averages a line over eight equal stretches."""
    edges = np.linspace(0.0, size, SIDE + 1)
    pixels = np.arange(size)
    covered = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    return np.asarray(np.maximum(covered, 0.0) * (SIDE / size), dtype=np.float32)


def _no_picture() -> ValueError:
    return ValueError(f"The file is no picture that can be read. Choose a {_KINDS} file.")


def _too_large(how: str) -> ValueError:
    return ValueError(
        f"The picture has {how} pixels: at most 20 million in all are allowed. Make it smaller "
        "first."
    )
