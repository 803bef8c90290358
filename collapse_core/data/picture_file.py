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
from collapse_core.lessons.messages import Message, RefusedError
from collapse_core.reading.quoted import quoted

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["ENDINGS", "FORMATS", "PictureFile", "PictureLimits", "flat"]

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
ENDINGS = ("png", "jpg", "jpeg", "gif", "webp", "bmp")
# What is often taken for a picture that can be read: where it says what it is.
_FOREIGN = {
    b"<svg": (0, 2000, "svg"),
    b"%PDF": (0, 20, "pdf"),
    b"ftyphe": (4, 10, "heic"),
    b"ftypmif1": (4, 12, "heic"),
    b"ftypavif": (4, 12, "avif"),
    b"II*\0": (0, 4, "tiff"),
    b"MM\0*": (0, 4, "tiff"),
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
        self.called = (
            Message("picture", "named", name=shown) if shown else Message("picture", "file")
        )
        if len(content) == 0:
            raise RefusedError("picture", "empty", file=self.called)
        if len(content) > limits.largest_file:
            most = {"most": limits.largest_file // 10**6, "bytes": limits.largest_file}
            raise RefusedError("picture", "too_large", file=self.called, size=len(content), **most)
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
            raise RefusedError("picture", "damaged", file=self.called) from None

    def _opened(self, content: bytes, limits: PictureLimits) -> Image:
        with extra("images"):
            from PIL import Image, UnidentifiedImageError

        try:
            with warnings.catch_warnings():
                # Pillow warns about large pictures on its own; the limits here are stricter.
                warnings.simplefilter("ignore")
                return Image.open(io.BytesIO(content), formats=FORMATS)
        except Image.DecompressionBombError:
            most = limits.most_pixels // 10**6
            raise RefusedError("picture", "far_too_wide", file=self.called, most=most) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
            for sign, (start, end, kind) in _FOREIGN.items():
                if sign in content[start:end]:
                    told = {"file": self.called, "kind": Message("picture", kind)}
                    raise RefusedError("picture", "foreign", **told) from None
            raise RefusedError("picture", "no_picture", file=self.called) from None

    def _check_size(self, limits: PictureLimits) -> None:
        (width, height), least = self.picture.size, limits.least_side
        sides = {"width": width, "height": height}
        if width < least or height < least:
            raise RefusedError("picture", "too_small", file=self.called, least=least, **sides)
        if width * height > limits.most_pixels:
            most = limits.most_pixels // 10**6
            raise RefusedError("picture", "too_wide", file=self.called, most=most, **sides)


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
