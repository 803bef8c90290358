"""The steps of a copier, one function each: pictures in, pictures out.

A picture is an array of shape (height, width, 3), from 0 (black) to 255 (white), in floats of 32 or
64 bits, which a step keeps. Nothing is rounded or cut at black and white but by a step that says
so.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from collapse_core.extras import extra
from collapse_core.theory.copied import blur_transfer

__all__ = [
    "Picture",
    "Place",
    "blurred",
    "curved",
    "resized",
    "rounded",
    "saved_as_jpeg",
    "shifted",
    "turned",
    "twice_as_large",
]

Picture: TypeAlias = NDArray[Any]  # floats of 32 or 64 bits

WHITE = 255.0
SUBSAMPLING = {"4:4:4": 0, "4:2:0": 2}


def turned(picture: Picture, degrees: float, large: Picture | None = None) -> Picture:
    """Return a picture turned about its centre, counter-clockwise.

    Values halfway between pixels are found in Fourier space, as in `shifted`, and what lies between
    is interpolated linearly: that costs the finest waves about a fifth of their height, where
    interpolation between pixels would cost them most of it. What turns out of the page is lost, and
    what comes in is white paper. A picture that is turned often may be given with what
    `twice_as_large` made of it.
    """
    if degrees % 360.0 == 0.0:
        return picture
    with extra("images"):
        from PIL.Image import Resampling, Transform

    height, width = picture.shape[:2]
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    # Pillow asks where each pixel comes from; the middle of its first one is at one half.
    places = (
        *(2.0 * cosine, -2.0 * sine, (1.0 - cosine) * width + sine * height - 0.5),
        *(2.0 * sine, 2.0 * cosine, (1.0 - cosine) * height - sine * width - 0.5),
    )
    return _by_colour(
        twice_as_large(picture) if large is None else large,
        lambda plane: plane.transform(
            (width, height), Transform.AFFINE, places, Resampling.BILINEAR, fillcolor=WHITE
        ),
        (height, width),
    )


def twice_as_large(picture: Picture) -> Picture:
    """Return a picture with the values halfway between its pixels, edges being periodic."""
    height, width, colours = picture.shape
    wide = np.empty((height, 2 * width, colours), dtype=picture.dtype)
    wide[:, ::2], wide[:, 1::2] = picture, _moved_along(picture, 1, -0.5)
    large = np.empty((2 * height, 2 * width, colours), dtype=picture.dtype)
    large[::2], large[1::2] = wide, _moved_along(wide, 0, -0.5)
    return large


def shifted(picture: Picture, by: complex) -> Picture:
    """Return a picture shifted to the right (real part) and down (imaginary), in pixels.

    What leaves at one edge comes in at the opposite one. Whole pixels are moved; parts of a pixel
    are a change of phase in Fourier space, which loses nothing but waves of two pixels.
    """
    if by == 0.0:
        return picture
    if by.real.is_integer() and by.imag.is_integer():
        return np.roll(picture, (int(by.imag), int(by.real)), axis=(0, 1))
    return _moved_along(_moved_along(picture, 1, by.real), 0, by.imag)


def blurred(picture: Picture, sigma: float) -> Picture:
    """Return a picture blurred by a Gaussian, in Fourier space with periodic edges."""
    if sigma == 0.0:
        return picture
    from scipy import fft  # in 32 bits it is several times as fast as numpy's

    height, width = picture.shape[:2]
    spectrum = fft.rfft2(picture, axes=(0, 1))
    spectrum *= blur_transfer(np.fft.fftfreq(height), sigma)[:, None, None]
    spectrum *= blur_transfer(np.fft.rfftfreq(width), sigma)[:, None]
    return np.asarray(fft.irfft2(spectrum, s=(height, width), axes=(0, 1)))


def resized(picture: Picture, scale: float) -> Picture:
    """Return a picture made smaller and large again, by cubic interpolation as programs do it."""
    height, width = picture.shape[:2]
    small = max(1, round(width * scale)), max(1, round(height * scale))
    if small == (width, height):
        return picture
    with extra("images"):
        from PIL.Image import Resampling

    bicubic = Resampling.BICUBIC
    return _by_colour(
        picture, lambda plane: plane.resize(small, bicubic).resize((width, height), bicubic)
    )


def curved(picture: Picture, contrast: float) -> Picture:
    """Return a picture through a contrast curve, which cuts it at black and white.

    Below the middle grey y = (2 x)^contrast / 2, on a scale from 0 to 1, and the mirror image
    above: black, white and the middle stay, where the slope is the contrast. Applied t times it is
    the curve of contrast^t.
    """
    if contrast == 1.0:
        return picture
    around = np.clip(picture * (2.0 / WHITE) - 1.0, -1.0, 1.0)
    away = 1.0 - (1.0 - np.abs(around)) ** contrast
    return np.asarray((WHITE / 2.0) * (1.0 + np.copysign(away, around)))


def rounded(picture: Picture, levels: int) -> Picture:
    """Return a picture in which each colour has so many values, evenly from black to white."""
    step = WHITE / (levels - 1)
    return np.clip(np.floor(picture / step + 0.5), 0.0, levels - 1.0) * step


def saved_as_jpeg(picture: Picture, quality: int, chroma: str) -> tuple[Picture, int]:
    """Return a picture as a JPEG file gives it back, and the size of the file in bytes."""
    with extra("images"):
        from PIL import Image

    file = io.BytesIO()
    pixels = rounded(picture, 256).astype(np.uint8)
    Image.fromarray(pixels).save(file, "JPEG", quality=quality, subsampling=SUBSAMPLING[chroma])
    size = file.tell()
    return np.asarray(Image.open(file), dtype=picture.dtype), size


@dataclass(frozen=True)
class Place:
    """Where a copy lies against the original, which was turned first and then shifted.

    Parameters
    ----------
    turn : float
        Degrees, counter-clockwise.
    shift : complex
        Pixels to the right, and down (imaginary).
    """

    turn: float = 0.0
    shift: complex = 0.0

    def moved(self, turn: float, shift: complex) -> Place:
        """Return the place after another turn and shift."""
        return Place(self.turn + turn, self._turned(self.shift, turn) + shift)

    def since(self, before: Place) -> Place:
        """Return what leads from another place to this one."""
        turn = self.turn - before.turn
        return Place(turn, self.shift - self._turned(before.shift, turn))

    def of(self, picture: Picture, large: Picture | None = None) -> Picture:
        """Return a picture moved to this place, at once; ``large`` as for `turned`."""
        return shifted(turned(picture, self.turn, large), self.shift)

    @staticmethod
    def _turned(shift: complex, degrees: float) -> complex:
        if degrees == 0.0:  # whole pixels stay whole
            return shift
        angle = math.radians(degrees)
        return shift * complex(math.cos(angle), -math.sin(angle))  # the imaginary part points down


def _moved_along(picture: Picture, axis: int, by: float) -> Picture:
    """Return an array moved along one of its axes by parts of a step."""
    if by == 0.0:
        return picture
    from scipy import fft

    side = picture.shape[axis]
    # Of the wave of two pixels the real part is kept, as it has no other.
    phases = np.exp(-2j * math.pi * by / side * np.arange(side // 2 + 1))
    spectrum = fft.rfft(picture, axis=axis)
    spectrum *= np.expand_dims(phases, [other for other in range(picture.ndim) if other != axis])
    return np.asarray(fft.irfft(spectrum, n=side, axis=axis))


def _by_colour(
    picture: Picture, change: Callable[[Any], Any], shape: tuple[int, int] | None = None
) -> Picture:
    """Return a picture of which each colour was changed by Pillow, in floats of 32 bits."""
    with extra("images"):
        from PIL import Image

    colours = picture.shape[2]
    changed = np.empty((*(shape or picture.shape[:2]), colours), dtype=picture.dtype)
    for colour in range(colours):
        plane = Image.fromarray(np.ascontiguousarray(picture[..., colour], dtype=np.float32))
        changed[..., colour] = np.asarray(change(plane))
    return changed
