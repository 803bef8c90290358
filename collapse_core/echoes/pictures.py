"""Pictures to be copied: two photographs, a drawing with fine text, and a reader's own.

Sides are multiples of 16, as JPEG with halved colours works on squares of 16 by 16 pixels: the rim
of another size is made up anew by each save, and the copies then do not settle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from collapse_core.assets import asset
from collapse_core.checks import check_choice
from collapse_core.data.picture_file import PictureFile, PictureLimits, flat
from collapse_core.extras import extra
from collapse_core.fingerprint import fingerprint
from collapse_core.lessons.messages import message

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = [
    "BLOCK",
    "LARGEST_FILE",
    "LARGEST_SIDE",
    "MOST_PIXELS",
    "PICTURES",
    "OwnPicture",
    "picture",
    "read_picture",
]

Pixels = NDArray[np.uint8]
PictureName = Literal["china", "flower", "drawing"]

PICTURES: tuple[str, ...] = get_args(PictureName)
LARGEST_SIDE, BLOCK = 256, 16
LARGEST_FILE, MOST_PIXELS = 20 * 10**6, 40 * 10**6
LIMITS = PictureLimits(LARGEST_FILE, BLOCK, MOST_PIXELS)
STRIP_PIXELS = 10**6  # made plain at once, so that a large file never needs several large copies
ORIENTATION = 0x0112  # the EXIF tag


@dataclass(frozen=True, eq=False)
class OwnPicture:
    """A reader's own picture.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 3)
        Red, green and blue, 0 (black) to 255 (white).
    notes : tuple of str
        Sentences about what was changed or left out.
    """

    pixels: Pixels = field(repr=False)
    notes: tuple[str, ...] = ()
    digest: str = field(init=False)  # so that its repr tells all pictures apart

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", fingerprint(self.pixels))


def picture(name: PictureName) -> Pixels:
    """Return one of the ready pictures, shape (256, 256, 3), 0 (black) to 255 (white).

    Parameters
    ----------
    name : {"china", "flower", "drawing"}
        The middle of one of scikit-learn's photographs, a temple in China and a flower; or a
        drawing with fine text and lines that was made for this project.

    Raises
    ------
    ValueError
        If the name is another one.
    """
    return _kept_picture(check_choice("name", name, PICTURES))


@lru_cache(maxsize=len(PICTURES))
def _kept_picture(name: str) -> Pixels:
    with extra("images"):
        from PIL import Image

    if name == "drawing":
        with Image.open(asset("pictures/drawing.png")) as drawing:
            pixels = np.array(drawing.convert("RGB"))
    else:
        with extra("models"):
            from sklearn.datasets import load_sample_image
        photograph = Image.fromarray(load_sample_image(f"{name}.jpg"))
        side = min(photograph.size)
        left, top = ((size - side) / 2 for size in photograph.size)
        box = (left, top, left + side, top + side)
        small = (LARGEST_SIDE, LARGEST_SIDE)
        pixels = np.array(photograph.resize(small, Image.Resampling.LANCZOS, box))
    pixels.setflags(write=False)
    return pixels


def read_picture(content: bytes, name: str = "") -> OwnPicture:
    """Return the picture of a file, upright and in colour, with sides of at most 256 pixels.

    It is scaled down to a longer side of 256, and cut at the edges so that both sides are multiples
    of 16. What is transparent becomes white. Of an animation the first picture is taken.

    Parameters
    ----------
    content : bytes
        The file: PNG, JPEG, GIF, WebP or BMP.
    name : str
        What messages call the file.

    Raises
    ------
    ValueError
        If it is empty, above 20 MB, no picture, damaged, below 16 by 16 or above 40 million pixels.
    """
    file = PictureFile(content, LIMITS, name)
    source, notes = file.picture, []
    with file.reading():
        if getattr(source, "is_animated", False):
            notes.append(message("picture", "several", file=file.called))
        source.seek(0)
        if source.has_transparency_data:
            notes.append(message("picture", "transparent", file=file.called))
        whole = source.size
        fitted = _fitted(_upright(_shrunk(source), source))
    if fitted.size not in (whole, whole[::-1]):
        sides = dict(zip(("width", "height", "left", "up"), (*whole, *fitted.size), strict=True))
        told = {"file": file.called, **sides}
        notes.append(message("picture", "scaled", **told))
    return OwnPicture(np.array(fitted), tuple(notes))


def _shrunk(source: Image) -> Image:
    """Return a picture with 8 bits of each colour, reduced by a whole factor.

    A JPEG file is decoded at a fraction of its size, and others are made plain strip by strip, so
    that memory is that of one decoded picture.
    """
    with extra("images"):
        from PIL import Image

    factor = _factor(source)
    source.draft(source.mode, (source.width // factor, source.height // factor))
    factor = _factor(source)
    width, height = source.size
    small = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    rows = factor * max(1, STRIP_PIXELS // (width * factor))
    for top in range(0, height, rows):
        strip = source.crop((0, top, width, min(top + rows, height)))
        small.paste(flat(strip).convert("RGB").reduce(factor), (0, top // factor))
    return small


def _factor(source: Image) -> int:
    """Return by which whole factor a picture may be reduced and still have twice what is needed."""
    longer, shorter = max(source.size), min(source.size)
    return max(1, min(longer // (2 * LARGEST_SIDE), shorter // (2 * BLOCK)))


def _upright(small: Image, source: Image) -> Image:
    """Return a reduced picture turned as the file says it was held."""
    with extra("images"):
        from PIL import ImageOps

    small.getexif()[ORIENTATION] = source.getexif().get(ORIENTATION, 1)
    return ImageOps.exif_transpose(small)


def _fitted(upright: Image) -> Image:
    """Return the middle of a picture, scaled to sides of 16 to 256 pixels in steps of 16."""
    with extra("images"):
        from PIL import Image

    # A very long picture is cut rather than made thinner than 16 pixels.
    scale = min(1.0, max(LARGEST_SIDE / max(upright.size), BLOCK / min(upright.size)))
    sides = [min(LARGEST_SIDE, round(side * scale)) // BLOCK * BLOCK for side in upright.size]
    taken = [min(side / scale, whole) for side, whole in zip(sides, upright.size, strict=True)]
    left, top = ((whole - part) / 2 for whole, part in zip(upright.size, taken, strict=True))
    box = (left, top, left + taken[0], top + taken[1])
    return upright.resize((sides[0], sides[1]), Image.Resampling.LANCZOS, box)
