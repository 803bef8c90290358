"""A picture file of a reader's own: opened within limits, read to its end, and made plain."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from collapse_core.checks import check_bytes, check_text
from collapse_core.extras import extra
from collapse_core.reading.quoted import quoted

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["ENDINGS", "FORMATS", "PictureFile", "PictureLimits", "flat"]

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
ENDINGS = ("png", "jpg", "jpeg", "gif", "webp", "bmp")
_KINDS = "PNG, JPEG, GIF, WebP or BMP"
# What is often taken for a picture that can be read: where it says what it is.
_FOREIGN = {
    b"<svg": (0, 2000, "an SVG, which holds lines and no pixels"),
    b"%PDF": (0, 20, "a PDF"),
    b"ftyphe": (4, 10, "a HEIC photograph"),
    b"ftypmif1": (4, 12, "a HEIC photograph"),
    b"ftypavif": (4, 12, "an AVIF"),
    b"II*\0": (0, 4, "a TIFF"),
    b"MM\0*": (0, 4, "a TIFF"),
}


@dataclass(frozen=True)
class PictureLimits:
    """How large a picture may be.

    Parameters
    ----------
    largest_file : int
        In bytes, whole millions.
    least_side : int
        Shortest side in pixels.
    most_pixels : int
        In all, whole millions; checked before the picture is decoded.
    """

    largest_file: int
    least_side: int
    most_pixels: int


class PictureFile:
    """A picture file whose size has been checked, and that was not decoded yet.

    Parameters
    ----------
    content : bytes
        The file: PNG, JPEG, GIF, WebP or BMP.
    limits : PictureLimits
        How large it may be.
    name : str
        What messages call the file, besides "The file".

    Attributes
    ----------
    picture : PIL.Image.Image
        The picture; of an animation the first one.

    Raises
    ------
    ValueError
        If it is empty, no picture, too large or too small.
    """

    def __init__(self, content: bytes, limits: PictureLimits, name: str = "") -> None:
        content = check_bytes("content", content)
        shown = quoted(check_text("name", name))
        self.called = f'The file "{shown}"' if shown else "The file"
        if len(content) == 0:
            raise ValueError(f"{self.called} is empty. Choose a picture: {_KINDS}.")
        if len(content) > limits.largest_file:
            raise ValueError(
                f"{self.called} has {len(content):,} bytes: at most "
                f"{limits.largest_file // 10**6} MB ({limits.largest_file:,} bytes) are allowed. "
                "Make the picture smaller first."
            )
        self.picture = self._opened(content, limits)
        self._check_size(limits)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Decode the picture in this block: what fails there is told as a damaged file.

        Raises
        ------
        ValueError
            If the picture cannot be read to its end.
        """
        with extra("images"):
            from PIL import Image

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
            raise ValueError(
                f"{self.called} cannot be read to its end: the picture is damaged. Choose another "
                "one."
            ) from None

    def _opened(self, content: bytes, limits: PictureLimits) -> Image:
        with extra("images"):
            from PIL import Image, UnidentifiedImageError

        try:
            with warnings.catch_warnings():
                # Pillow warns about large pictures on its own; the limits here are stricter.
                warnings.simplefilter("ignore")
                return Image.open(io.BytesIO(content), formats=FORMATS)
        except Image.DecompressionBombError:
            raise self._too_large("too many", limits) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
            known = (
                f": it is {kind}"
                for sign, (start, end, kind) in _FOREIGN.items()
                if sign in content[start:end]
            )
            raise ValueError(
                f"{self.called} is no picture that can be read{next(known, '')}. Choose a "
                f"{_KINDS} file, or save the picture as one."
            ) from None

    def _check_size(self, limits: PictureLimits) -> None:
        (width, height), least = self.picture.size, limits.least_side
        if width < least or height < least:
            raise ValueError(
                f"{self.called} has {width} by {height} pixels: it must have at least {least} by "
                f"{least}. Choose a larger picture."
            )
        if width * height > limits.most_pixels:
            raise self._too_large(f"{width:,} by {height:,}", limits)

    def _too_large(self, how: str, limits: PictureLimits) -> ValueError:
        return ValueError(
            f"{self.called} has {how} pixels: at most {limits.most_pixels // 10**6} million in "
            "all are allowed. Make the picture smaller first."
        )


def flat(picture: Image) -> Image:
    """Return a picture in 8 bits without transparency: what is transparent counts as white."""
    with extra("images"):
        from PIL import Image

    if picture.mode.startswith(("I", "F")):  # greys of 16 bits
        deep = np.asarray(picture, dtype=np.float32) / np.float32(65535.0 / 255.0)
        return Image.fromarray(np.rint(np.clip(deep, 0.0, 255.0)).astype(np.uint8))
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture
