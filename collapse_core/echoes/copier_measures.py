"""Copies of copies, and what is measured on them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import FloatArray, check_whole_number
from collapse_core.echoes.copier_repetition import Repetition
from collapse_core.echoes.copier_steps import Picture, Place, rounded
from collapse_core.theory.copied import (
    grey_of,
    octave_energies,
    octave_lengths,
    relative_to_first,
)

__all__ = ["Copies", "Copy", "measured"]


@dataclass(frozen=True, eq=False)
class Copies:
    """Copies of copies of a picture, pass 0 (the original) to the last one.

    Attributes
    ----------
    pictures
        Each copy as it lies, rounded to be looked at, shape ``(passes + 1, height, width, 3)``.
    cumulative
        Cumulative drift: mean squared difference from the original, laid where the copy lies.
    local
        Local drift: mean squared difference from the copy before, laid where the copy lies; 0 at
        pass 0.
    entropy
        Bits per pixel of the histogram of 256 greys.
    detail
        Energy in each octave, relative to the original's, shape ``(passes + 1, octaves)``; NaN
        where the original has none. Noise and streaks count too, so it may rise above 1.
    octaves
        The longest wave of each octave in pixels: 4, 8, 16, ...
    file_bytes
        Size of the JPEG file of each copy; 0 where there is none, as for the original.
    settled
        First pass from which on the copies repeat for ever, but for the place where they lie; None
        where that was not found, or something random is in the copier.
    cycle
        After how many passes they repeat: 1 if nothing changes any more, 0 if ``settled`` is None.
    places
        Where each copy lies.
    """

    pictures: NDArray[np.uint8]
    cumulative: FloatArray
    local: FloatArray
    entropy: FloatArray
    detail: FloatArray
    octaves: NDArray[np.int64]
    file_bytes: NDArray[np.int64]
    settled: int | None
    cycle: int
    places: tuple[Place, ...]

    @property
    def passes(self) -> int:
        """How many copies there are, without the original."""
        return len(self.pictures) - 1

    def laid_back(self, number: int) -> NDArray[np.uint8]:
        """Return the copy of a pass, laid where the original lies.

        Raises
        ------
        ValueError
            If there is no such pass.
        """
        number = check_whole_number("number", number, 0, self.passes)
        back = Place().since(self.places[number])
        return _to_look_at(back.of(self.pictures[number].astype(np.float64)))

    def difference(self, number: int) -> FloatArray:
        """Return the copy of a pass less the original, as it lies where the copy lies.

        Raises
        ------
        ValueError
            If there is no such pass.
        """
        number = check_whole_number("number", number, 0, self.passes)
        original = self.pictures[0].astype(np.float64)
        laid = self.places[number].of(original)
        return np.asarray(self.pictures[number] - laid)


@dataclass(frozen=True, eq=False)
class Copy:
    """One copy, with what it is compared to.

    Attributes
    ----------
    picture
        The copy as it lies.
    place
        Where it lies.
    original, before
        The original and the copy before, laid where it lies.
    file_bytes
        Size of its file, or 0.
    state
        The picture, and what else the next copy depends on, as `Repetition` compares them; None if
        something is random.
    """

    picture: Picture
    place: Place
    original: Picture
    before: Picture
    file_bytes: int
    state: tuple[Picture, Hashable] | None


def measured(walk: Iterator[Copy], passes: int) -> Copies:
    """Return what is measured on the original and the first so many copies of a walk."""
    copy = next(walk)
    height, width = copy.picture.shape[:2]
    pictures = np.empty((passes + 1, height, width, 3), dtype=np.uint8)
    drifts, entropy = np.zeros((2, passes + 1)), np.empty(passes + 1)
    energies = np.empty((passes + 1, len(octave_lengths(height, width))))
    sizes = np.zeros(passes + 1, dtype=np.int64)
    places, repetition = [], Repetition()
    for t in range(passes + 1):
        copy = next(walk) if t else copy
        pictures[t] = _to_look_at(copy.picture)
        for drift, other in zip(drifts, (copy.original, copy.before), strict=True):
            drift[t] = np.mean((copy.picture - other) ** 2, dtype=np.float64)
        grey = grey_of(copy.picture)
        entropy[t], energies[t], sizes[t] = _entropy(grey), octave_energies(grey), copy.file_bytes
        places.append(copy.place)
        if copy.state is not None:
            repetition.add(*copy.state)
    settled, cycle = repetition.found or (None, 0)
    return Copies(
        pictures,
        drifts[0],
        drifts[1],
        entropy,
        relative_to_first(energies),
        octave_lengths(height, width),
        sizes,
        settled,
        cycle,
        tuple(places),
    )


def _to_look_at(picture: Picture) -> NDArray[np.uint8]:
    return rounded(picture, 256).astype(np.uint8)


def _entropy(grey: FloatArray) -> float:
    """Return the bits per pixel of the histogram of a grey picture."""
    levels = np.clip(np.rint(grey), 0.0, 255.0).astype(np.int64)
    shares = np.bincount(levels.ravel()) / grey.size
    shares = shares[shares > 0.0]
    return float(max(0.0, -np.sum(shares * np.log2(shares))))
