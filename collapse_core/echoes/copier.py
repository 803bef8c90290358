"""A copier: one frozen map of pictures, and copies of copies made with it.

A pass turns and shifts the picture, makes it smaller and large again, blurs it, adds the noise of
toner, applies a contrast curve, rounds to levels and saves a JPEG file, in this order. A step that
is off changes nothing. Without rounding and a JPEG file the picture stays in unrounded numbers, and
nothing but the contrast curve cuts it at black and white, so that the law of the blur is exact.

Sizes of differences are mean squares over all pixels and colours, on the scale of 0 to 255, after
the pictures have been laid on each other: that a copy has moved is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import (
    check_choice,
    check_number,
    check_share,
    check_whole_number,
)
from collapse_core.echoes.copier_measures import Copies, Copy, measured
from collapse_core.echoes.copier_steps import (
    Picture,
    Place,
    blurred,
    curved,
    resized,
    rounded,
    saved_as_jpeg,
    shifted,
    turned,
    twice_as_large,
)
from collapse_core.streams import LARGEST_SEED, generator
from collapse_core.theory.copied import MOST_PASSES, BlurLaw, blur_law, check_image

__all__ = ["Copier"]

Shift = Literal["none", "one_way", "random", "to_and_fro"]
Chroma = Literal["4:4:4", "4:2:0"]

JPEG_BLOCK = 8
RANGES = {
    "blur": (0.0, 20.0),
    "noise": (0.0, 128.0),
    "contrast": (0.25, 4.0),
    "pixels": (0.0, 64.0),
    "turn": (-180.0, 180.0),
    "resize": (0.1, 1.0),
}


@dataclass(frozen=True)
class Copier:
    """What one pass does to a picture, in the order in which it does it: move, look, print, save.

    The order is turn, shift, resize, blur, noise, contrast, levels, JPEG.

    Parameters
    ----------
    blur : float
        Standard deviation of the Gaussian blur in pixels, 0 to 20; edges are periodic.
    noise : float
        Standard deviation of the noise of toner, the same in all colours, 0 to 128.
    contrast : float
        Slope of the contrast curve in the middle grey, 0.25 to 4; 1 is none.
    levels : int, optional
        Values of each colour, 2 (a threshold) to 256; None does not round.
    shift : {"none", "one_way", "random", "to_and_fro"}
        To the right in each pass; to the right or left, by a coin; to the right in odd passes and
        to the left in even ones. Edges are periodic.
    pixels : float
        How far, 0 to 64 pixels; parts of a pixel are shifted in Fourier space.
    turn : float
        Degrees about the centre, counter-clockwise, -180 to 180; what comes in is white.
    resize : float
        Scale at which the picture is made smaller and large again, 0.1 to 1; 1 is none.
    quality : int, optional
        Of the JPEG file, 1 to 95; None saves none.
    chroma : {"4:4:4", "4:2:0"}
        Whether the file keeps the colour of every pixel, or of squares of two by two.

    Raises
    ------
    ValueError
        If a value is out of range.
    """

    blur: float = 0.0
    noise: float = 0.0
    contrast: float = 1.0
    levels: int | None = None
    shift: Shift = "none"
    pixels: float = 1.0
    turn: float = 0.0
    resize: float = 1.0
    quality: int | None = None
    chroma: Chroma = "4:4:4"

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            number = check_number(name, getattr(self, name), low, high)
            object.__setattr__(self, name, number)
        for name, least, most in (("levels", 2, 256), ("quality", 1, 95)):
            if getattr(self, name) is not None:
                whole = check_whole_number(name, getattr(self, name), least, most)
                object.__setattr__(self, name, whole)
        check_choice("shift", self.shift, get_args(Shift))
        check_choice("chroma", self.chroma, get_args(Chroma))

    @property
    def moves_whole_pixels(self) -> bool:
        """Whether a copy lies turned by nothing and shifted by whole pixels."""
        return self.turn == 0.0 and (self.shift == "none" or self.pixels.is_integer())

    @property
    def is_random(self) -> bool:
        """Whether two copies of one picture may differ."""
        return self.noise > 0.0 or (self.shift == "random" and self.pixels > 0.0)

    @property
    def has_law(self) -> bool:
        """Whether the law of copies is known: blur, noise, whole pixels, and no other step."""
        others = (self.contrast, self.levels, self.resize, self.quality)
        return others == (1.0, None, 1.0, None) and self.moves_whole_pixels

    @property
    def precision(self) -> type[np.floating[Any]]:
        """What pictures are computed in: 64 bits where a law can be compared, otherwise 32."""
        return np.float64 if self.has_law else np.float32

    def copy_once(
        self, image: ArrayLike, rng: np.random.Generator, pass_number: int = 1
    ) -> Picture:
        """Return a copy of a picture, shape ``(height, width, 3)``.

        Parameters
        ----------
        image : array_like, shape (height, width) or (height, width, 3)
            From 0 (black) to 255 (white), or a copy, which may lie beyond.
        rng : numpy.random.Generator
            For the shift, then for the noise.
        pass_number : int
            At least 1; a shift to and fro asks whether it is odd.

        Raises
        ------
        ValueError
            If the image is none, or the number is out of range.
        """
        picture = check_image("image", image, paper=False).astype(self.precision)
        pass_number = check_whole_number("pass_number", pass_number, 1)
        moved = shifted(turned(picture, self.turn), self._shift(rng, pass_number))
        return self._printed(moved, rng)[0]

    def copies(
        self,
        image: ArrayLike,
        passes: int,
        seed: int,
        anchor_share: float = 0.0,
        fresh_every: int = 0,
    ) -> Copies:
        """Return copies of copies of a picture, and what is measured on them.

        Parameters
        ----------
        image : array_like, shape (height, width) or (height, width, 3)
            The original, from 0 (black) to 255 (white); sides of 8 to 512 pixels.
        passes : int
            How many copies, 0 to 1000. More never change the first ones.
        seed : int
            Of what is random.
        anchor_share : float
            Share of the original that is laid in after each pass, where the copy lies: the next
            pass copies anchor_share * original + (1 - anchor_share) * copy.
        fresh_every : int
            Of the passes every so many, from the first on, one copies the original; 0 for the first
            alone.

        Raises
        ------
        ValueError
            If a number is out of range, or the image is none.
        """
        original = check_image("image", image).astype(self.precision)
        passes = check_whole_number("passes", passes, 0, MOST_PASSES)
        seed = check_whole_number("seed", seed, 0, LARGEST_SEED)
        anchor_share = check_share("anchor_share", anchor_share)
        fresh_every = check_whole_number("fresh_every", fresh_every, 0)
        return measured(self._walk(original, seed, anchor_share, fresh_every), passes)

    def exact(
        self, image: ArrayLike, passes: int, anchor_share: float = 0.0, fresh_every: int = 0
    ) -> BlurLaw | None:
        """Return the exact law of `copies`, or None where none is known.

        Parameters and errors as for `copies`.
        """
        law = blur_law(
            image,
            self.blur,
            passes,
            noise=self.noise,
            anchor_share=anchor_share,
            fresh_every=fresh_every,
        )
        return law if self.has_law else None

    def _walk(
        self, original: Picture, seed: int, anchor_share: float, fresh_every: int
    ) -> Iterator[Copy]:
        """Yield the original, and copies of copies without end."""
        picture, place = original, Place()
        large = twice_as_large(original) if self.turn else None
        state = self._state(picture, place, 0, fresh_every)
        yield Copy(picture, place, picture, picture, 0, state)
        for t in count(1):
            fresh = fresh_every > 0 and (t - 1) % fresh_every == 0
            rng = generator(seed, t, "copier")
            shift = self._shift(rng, t)
            there = (Place() if fresh else place).moved(self.turn, shift)
            moved = shifted(turned(original if fresh else picture, self.turn), shift)
            before = there.since(place).of(picture) if fresh else moved
            laid, place = there.of(original, large), there
            picture, size = self._printed(moved, rng)
            if anchor_share:
                picture = anchor_share * laid + (1.0 - anchor_share) * picture
            yield Copy(
                picture, place, laid, before, size, self._state(picture, place, t, fresh_every)
            )

    def _shift(self, rng: np.random.Generator, pass_number: int) -> float:
        """Return how far this pass shifts to the right."""
        right = bool(rng.integers(2))  # drawn always, so that the noise is the same with any shift
        if self.shift == "none":
            return 0.0
        if self.shift == "to_and_fro":
            right = pass_number % 2 == 1
        return self.pixels if right or self.shift == "one_way" else -self.pixels

    def _printed(self, moved: Picture, rng: np.random.Generator) -> tuple[Picture, int]:
        """Return a picture after all steps but those that move it, and the size of its file."""
        picture = blurred(resized(moved, self.resize), self.blur)
        if self.noise:
            toner = self.noise * rng.standard_normal((*picture.shape[:2], 1))
            picture = picture + toner.astype(picture.dtype)
        picture = curved(picture, self.contrast)
        if self.levels is not None:
            picture = rounded(picture, self.levels)
        if self.quality is None:
            return picture, 0
        return saved_as_jpeg(picture, self.quality, self.chroma)

    def _state(
        self, picture: Picture, place: Place, t: int, fresh_every: int
    ) -> tuple[Picture, tuple[float, ...]] | None:
        """Return a copy, laid back where that loses nothing, and what else the next one depends on.

        None if that is chance. JPEG at 4:4:4 works on blocks of 8 by 8 pixels: a picture shifted by
        8 is saved as before, to the last bit; one that is blurred is not.
        """
        if self.is_random:
            return None
        height, width = picture.shape[:2]
        period: float = width
        if self.moves_whole_pixels:
            picture = shifted(picture, -place.shift)
            if self.resize == 1.0 and self.blur == 0.0:
                in_blocks = self.chroma == "4:4:4" and width % JPEG_BLOCK == 0
                period = 1.0 if self.quality is None else JPEG_BLOCK if in_blocks else width
        in_turns = t % 2 if self.shift == "to_and_fro" else 0
        in_order = t % fresh_every if fresh_every else 0
        across, down = round(place.shift.real % period, 6), round(place.shift.imag % height, 6)
        return picture, (across, down, round(place.turn % 360.0, 6), in_turns, in_order)
