"""A copy of a copy of a picture: one frozen copier, again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.echoes.copier import Copier
from collapse_core.echoes.copier_measures import Copies
from collapse_core.echoes.pictures import OwnPicture, picture
from collapse_core.theory.copied import BlurLaw
from collapse_core.topics.experiment import Experiment, generations, number, seed, share

__all__ = ["ChromaChoice", "CopiedPicture", "PictureChoice", "ShiftChoice"]

PictureChoice = Literal["china", "flower", "drawing", "own"]
ShiftChoice = Literal["none", "one_way", "random", "to_and_fro"]
ChromaChoice = Literal["4:4:4", "4:2:0"]

NO_LEVELS = 256


@dataclass(frozen=True)
class CopiedPicture(Experiment):
    """A picture that goes through the same copier again and again.

    Parameters
    ----------
    picture : str
        What is copied at first.
    shift : str
        Where each copy is moved.
    chroma : str
        Whether a JPEG file keeps the colour of every pixel.
    generations, quality, blur, real, pixels, noise, contrast, levels, turn, resize : number
        See ``CopiedPicture.params``; 0 stands for no file, and 256 levels for no rounding.
    fresh_every, seed : int
        As above.
    own : OwnPicture, optional
        The reader's own; until there is one the temple stands in.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    picture: PictureChoice = "china"
    shift: ShiftChoice = "none"
    chroma: ChromaChoice = "4:4:4"
    generations: int = generations(30, 100)
    quality: int = number(75, 0, 95, "Quality of the JPEG file; 0 for none.", symbol="q", step=5)
    blur: float = number(0.0, 0.0, 5.0, "Deviation of the blur.", unit="pixels", step=0.1)
    real: float = share(
        0.0, 0.0, 0.5, "Share of the original that is laid in.", symbol="a", step=0.02
    )
    pixels: float = number(1.0, 0.0, 16.0, "How far a shift goes.", unit="pixels", step=0.5)
    noise: float = number(0.0, 0.0, 40.0, "Deviation of the noise of toner.", step=1.0)
    contrast: float = number(1.0, 0.5, 2.0, "Slope of the contrast curve.", step=0.05)
    levels: int = number(NO_LEVELS, 2, NO_LEVELS, "Levels of each colour.", step=2)
    turn: float = number(0.0, -5.0, 5.0, "Degrees of a turn per pass.", step=0.1)
    resize: float = number(1.0, 0.25, 1.0, "Scale down, and up again.", step=0.05)
    fresh_every: int = number(0, 0, 20, "A fresh copy of the original every so many passes.")
    seed: int = seed()
    own: OwnPicture | None = None

    @property
    def is_anchored(self) -> bool:
        """Whether the original comes in again."""
        return self.real > 0.0 or self.fresh_every > 0

    @property
    def squeezes(self) -> bool:
        """Whether a step brings different pictures closer together."""
        steps = (self.quality, self.blur, self.levels, self.contrast, self.resize)
        return steps != (0, 0.0, NO_LEVELS, 1.0, 1.0)

    @property
    def mixes(self) -> bool:
        """Whether each pass brings something else under the squeeze than the one before.

        A blur and a curve do the same wherever a picture lies; a file and a smaller picture do not.
        """
        wanders = self.shift in ("one_way", "random") and self.pixels > 0.0
        by_place = self.quality > 0 or self.resize < 1.0
        return self.squeezes and (self.noise > 0.0 or (by_place and (wanders or self.turn != 0.0)))

    def copier(self) -> Copier:
        """Return the copier."""
        return Copier(
            blur=self.blur,
            noise=self.noise,
            contrast=self.contrast,
            levels=None if self.levels >= NO_LEVELS else self.levels,
            shift=self.shift,
            pixels=self.pixels,
            turn=self.turn,
            resize=self.resize,
            quality=self.quality or None,
            chroma=self.chroma,
        )

    def original(self) -> NDArray[np.uint8]:
        """Return the picture that is copied, 0 (black) to 255 (white)."""
        if self.picture == "own":
            return picture("china") if self.own is None else self.own.pixels
        return picture(self.picture)

    def copies(self) -> Copies:
        """Return the copies, and what is measured on them."""
        return self.copier().copies(
            self.original(), self.generations, self.seed, self.real, self.fresh_every
        )

    def exact(self) -> BlurLaw | None:
        """Return what is known beforehand, where no step but blur and noise is on."""
        return self.copier().exact(self.original(), self.generations, self.real, self.fresh_every)
