"""Rooms, as what they make of a click: impulse responses of boxes, by the image-source method.

A wall is a mirror: what comes back from it comes from an image of the source behind it, so much
weaker as the walls on the way have taken (Allen and Berkley 1979, Journal of the Acoustical Society
of America 65, 943).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_choice, check_number, check_whole_number
from collapse_core.checks.messages import shown

__all__ = [
    "BANDS",
    "ROOMS",
    "SOUND_SPEED",
    "ShoeboxRoom",
    "octave_weights",
    "room_response",
    "three_resonances",
    "without_rumble",
]

Array = NDArray[np.float64]
Place = tuple[float, float, float]

SOUND_SPEED = 343.0  # metres per second, at 20 degrees
LOWEST = 20.0  # hertz: below, a loudspeaker moves no air
BANDS = (125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0)  # centres of octaves, hertz
SIXTY_DECIBELS = 13.8  # -ln of the energy that is left
MOST_IMAGES = 4_000_000
FINER = 32  # arrivals are sorted into so many parts of a sample
REACH = 40  # samples on either side of an arrival, as in pyroomacoustics
NEAREST = 0.02  # metres between source and microphone
RATES = (4_000, 96_000)


@dataclass(frozen=True)
class ShoeboxRoom:
    """A box with a source and a microphone in it.

    Parameters
    ----------
    size : tuple of float
        Length, width and height in metres, each 0.5 to 100.
    absorption : float or tuple of float
        Share of a sound's energy that a wall takes, 0.01 to 1; or one for each octave band of
        ``BANDS``. The pressure that comes back is the square root of what is left.
    source, microphone : tuple of float
        Where they are, in metres from the same corner; inside the box, not at the same place.

    Raises
    ------
    ValueError
        If a number is out of range, or a place outside of the box; the message names it.
    """

    size: Place
    absorption: float | tuple[float, ...] = 0.1
    source: Place = (0.7, 0.6, 1.2)
    microphone: Place = (1.4, 1.1, 1.5)

    def __post_init__(self) -> None:
        size = _place("size", self.size, (100.0,) * 3, 0.5)
        object.__setattr__(self, "size", size)
        for name in ("source", "microphone"):
            object.__setattr__(self, name, _place(name, getattr(self, name), size, 0.0))
        if math.dist(self.source, self.microphone) < NEAREST:
            raise ValueError(
                f"microphone={self.microphone} is where the source is: "
                f"put it at least {NEAREST} m away."
            )
        given = self.absorption if isinstance(self.absorption, Sequence) else (self.absorption,)
        if len(given) not in (1, len(BANDS)):
            raise ValueError(
                f"absorption={shown(self.absorption)} has {len(given)} numbers: "
                f"give one, or {len(BANDS)}, one for each octave from 125 to 8,000 Hz."
            )
        checked = tuple(check_number("absorption", value, 0.01, 1.0) for value in given)
        object.__setattr__(self, "absorption", checked if len(checked) > 1 else checked[0])

    @property
    def in_bands(self) -> tuple[float, ...]:
        """Absorption in each octave band."""
        given = self.absorption
        return given if isinstance(given, tuple) else (given,) * len(BANDS)

    @property
    def volume(self) -> float:
        """In cubic metres."""
        return math.prod(self.size)

    def needed_order(self) -> int:
        """Return after how many reflections 60 dB are gone, 13.8 / -ln(1 - absorption).

        Fewer leave out energy, and can change which frequency wins.
        """
        least = min(self.in_bands)
        return 1 if least >= 1.0 else math.ceil(SIXTY_DECIBELS / -math.log1p(-least))

    def decay_time(self) -> float:
        """Return seconds until 60 dB are gone, by Sabine's formula: an approximation."""
        length, width, height = self.size
        walls = 2.0 * (length * width + length * height + width * height)
        return 0.161 * self.volume / (walls * float(np.mean(self.in_bands)))

    def modes(self, up_to: float) -> list[tuple[float, tuple[int, int, int]]]:
        """Return the frequencies at which the empty box rings, lowest first, and their numbers.

        (c/2) sqrt(sum (n_i / L_i)^2), for hard walls: Kuttruff, Room Acoustics, chapter 3.

        Parameters
        ----------
        up_to : float
            Highest frequency, in hertz, above 0; at most about a million modes are made.
        """
        up_to = check_number("up_to", up_to, 0.0, low_open=True)
        most = [int(2.0 * up_to * side / SOUND_SPEED) for side in self.size]
        if math.prod(number + 1 for number in most) > 10**6:
            raise ValueError(f"up_to={up_to:g} asks for too many modes: choose a lower frequency.")
        numbers = np.stack(np.meshgrid(*(np.arange(n + 1) for n in most), indexing="ij"), axis=-1)
        numbers = numbers.reshape(-1, 3)[1:]
        found = SOUND_SPEED / 2.0 * np.sqrt(((numbers / np.array(self.size)) ** 2).sum(axis=1))
        order = np.argsort(found, kind="stable")
        order = order[found[order] <= up_to]
        pairs = zip(found[order].tolist(), numbers[order].tolist(), strict=True)
        return [(frequency, tuple(mode)) for frequency, mode in pairs]

    def impulse_response(self, sample_rate: int, order: int | None = None) -> Array:
        """Return what the microphone hears of one click, from the click on.

        Arrivals between two samples are spread by a windowed sinc; its own delay is taken off, so
        that none piles up in a loop. There is nothing below 20 Hz.

        Parameters
        ----------
        sample_rate : int
            Samples per second, 4,000 to 96,000.
        order : int, optional
            Most reflections on the way, 0 or more. By itself as many as 60 dB need, but no more
            than four million images of the source; `needed_order` tells.
        """
        low, high = RATES
        sample_rate = check_whole_number("sample_rate", sample_rate, low, high)
        order = self._order() if order is None else check_whole_number("order", order, 0, 300)
        levels = sorted(set(self.in_bands))
        arrivals = _Arrivals(self, sample_rate, order, np.sqrt(1.0 - np.array(levels)))
        spectra = arrivals.spectra()
        transfer = spectra[0]
        if len(levels) > 1:
            share = octave_weights(arrivals.frequencies())
            transfer = sum(
                share[band] * spectra[levels.index(level)]
                for band, level in enumerate(self.in_bands)
            )
        response = np.fft.irfft(transfer, arrivals.length)
        return without_rumble(response[REACH:], sample_rate)

    def _order(self) -> int:
        """Return how many reflections are followed: those of 60 dB, if they are not too many."""
        # A ball of images with |n1| + |n2| + |n3| <= order has 4/3 order^3 of them.
        return min(self.needed_order(), int((0.75 * MOST_IMAGES) ** (1.0 / 3.0)))


class _Arrivals:
    """When and how strong the images of a source are heard, on a fine grid of time."""

    def __init__(self, room: ShoeboxRoom, sample_rate: int, order: int, kept: Array) -> None:
        self.rate = sample_rate
        farthest = (order + 2) * max(room.size)
        seconds = min(farthest / SOUND_SPEED, 1.5 * max(room.decay_time(), 0.05) + 0.1)
        self.length = _fast(int(seconds * sample_rate) + 2 * REACH + 2)
        cells = self.length * FINER
        self.grids = np.zeros((len(kept), cells))
        for distance, bounces in _images(room, order):
            at = (distance / SOUND_SPEED * sample_rate + REACH) * FINER
            heard = at < cells - 1
            at, bounces, distance = at[heard], bounces[heard], distance[heard]
            cell = at.astype(np.int64)
            late = at - cell
            for grid, pressure in zip(self.grids, kept, strict=True):
                strength = pressure ** np.arange(order + 1)
                heights = strength[bounces] / (4.0 * math.pi * distance)
                grid += np.bincount(cell, heights * (1.0 - late), cells)
                grid += np.bincount(cell + 1, heights * late, cells)

    def frequencies(self) -> Array:
        """Return the frequencies of `spectra`, in hertz."""
        return np.asarray(np.fft.rfftfreq(self.length, 1.0 / self.rate), dtype=np.float64)

    def spectra(self) -> list[Array]:
        """Return the spectrum of each grid at the sample rate, as through a windowed sinc."""
        offsets = np.arange(-REACH * FINER, REACH * FINER + 1) / FINER
        window = 0.5 + 0.5 * np.cos(np.pi * offsets / (REACH + 0.5))
        kernel = np.zeros(self.length * FINER)
        # Centred on 0, so that it has no delay.
        kernel[np.arange(-REACH * FINER, REACH * FINER + 1)] = np.sinc(offsets) * window
        passed = np.fft.rfft(kernel).real
        return [self._decimated(np.fft.rfft(grid) * passed) for grid in self.grids]

    def _decimated(self, spectrum: Any) -> Array:
        """Return the spectrum of every so-manieth sample: whatever lies above folds back."""
        fine = np.fft.irfft(spectrum, self.length * FINER)
        return np.asarray(np.fft.rfft(fine[::FINER]))


def _images(room: ShoeboxRoom, order: int) -> Iterator[tuple[Array, NDArray[np.int64]]]:
    """Yield distances and numbers of reflections of the images, a slice of the box at a time."""
    numbers = np.arange(-order, order + 1)
    # Image n of a source at s in a side L: n L + s for even n, n L + (L - s) for odd ones.
    axes = [
        numbers * side + np.where(numbers % 2 == 0, at, side - at) - ear
        for side, at, ear in zip(room.size, room.source, room.microphone, strict=True)
    ]
    bounces = np.abs(numbers)
    flat = axes[1][:, np.newaxis] ** 2 + axes[2] ** 2
    across = bounces[:, np.newaxis] + bounces
    for number, away in zip(bounces, axes[0], strict=True):
        near = across <= order - number
        yield np.sqrt(flat[near] + away**2), across[near] + number


def octave_weights(frequencies: Array) -> Array:
    """Return how much of each frequency belongs to each octave band; together 1.

    Raised cosines on a logarithmic axis; the lowest and the highest band go on to the ends.
    """
    octaves = np.log2(np.maximum(frequencies, 1e-9) / BANDS[0])
    place = np.clip(octaves, 0.0, len(BANDS) - 1.0)
    apart = np.abs(place - np.arange(len(BANDS))[:, np.newaxis])
    return np.where(apart < 1.0, np.cos(np.pi / 2.0 * np.minimum(apart, 1.0)) ** 2, 0.0)


def without_rumble(
    response: Array, sample_rate: int, lowest: float = LOWEST, order: int = 4
) -> Array:
    """Return a response without what lies below a frequency, and without an offset.

    Parameters
    ----------
    response : ndarray, shape (samples,)
        The response.
    sample_rate : int
        Samples per second.
    lowest : float
        In hertz: 20 by itself.
    order : int
        Of the Butterworth filter: how steeply it falls.
    """
    from scipy.signal import butter, sosfilt

    sections = butter(order, lowest, "highpass", fs=sample_rate, output="sos")
    return np.asarray(sosfilt(sections, response), dtype=np.float64)


def _fast(length: int) -> int:
    """Return the next length that a Fourier transform likes."""
    from scipy.fft import next_fast_len

    return int(next_fast_len(length, real=True))


def _place(name: str, given: Any, size: Place, least: float) -> Place:
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != 3:
        raise ValueError(f"{name}={shown(given)} must be three numbers, in metres.")
    inside = name != "size"
    x, y, z = (
        check_number(name, value, least, most, low_open=inside, high_open=inside)
        for value, most in zip(given, size, strict=True)
    )
    return x, y, z


TILES = (0.10, 0.10, 0.10, 0.12, 0.14, 0.16, 0.20)
PLASTER = (0.12, 0.12, 0.13, 0.14, 0.16, 0.18, 0.24)
CURTAINS = (0.20, 0.24, 0.30, 0.36, 0.40, 0.44, 0.48)
STONE = (0.15, 0.15, 0.16, 0.18, 0.20, 0.24, 0.32)

ROOMS: dict[str, ShoeboxRoom] = {
    "bathroom": ShoeboxRoom((2.0, 1.6, 2.3), TILES, (0.7, 0.6, 1.5), (1.4, 1.1, 1.2)),
    "corridor": ShoeboxRoom((9.0, 1.5, 2.5), PLASTER, (2.0, 0.7, 1.5), (6.3, 0.9, 1.3)),
    "classroom": ShoeboxRoom((8.0, 6.0, 3.0), CURTAINS, (1.5, 3.2, 1.6), (5.5, 2.1, 1.2)),
    "church": ShoeboxRoom((18.0, 10.0, 9.0), STONE, (3.0, 5.3, 1.7), (12.0, 4.1, 1.4)),
    "anechoic": ShoeboxRoom((4.0, 4.0, 3.0), 1.0, (1.0, 2.0, 1.5), (2.5, 2.2, 1.4)),
}


def room_response(name: str, sample_rate: int) -> Array:
    """Return the impulse response of a named room.

    Parameters
    ----------
    name : str
        A key of ``ROOMS``, or "three" for `three_resonances`.
    sample_rate : int
        Samples per second.
    """
    if check_choice("name", name, (*ROOMS, "three")) == "three":
        return three_resonances(sample_rate)
    return ROOMS[name].impulse_response(sample_rate)


def three_resonances(sample_rate: int) -> Array:
    """Return a response with three resonances whose outcome is known by hand.

    Three notes that fade alike, at 220, 330 and 495 Hz, with strengths 1, 0.9 and 0.8: after t
    recordings the second has 0.9^t of the first's amplitude, the third 0.8^t.

    Parameters
    ----------
    sample_rate : int
        Samples per second, 4,000 to 96,000.
    """
    sample_rate = check_whole_number("sample_rate", sample_rate, *RATES)
    seconds = np.arange(round(1.5 * sample_rate)) / sample_rate
    notes = np.array([[220.0], [330.0], [495.0]])
    heights = np.array([1.0, 0.9, 0.8])
    fade = np.exp(-seconds / 0.12)
    return np.asarray(fade * (heights @ np.cos(2.0 * np.pi * notes * seconds)) / sample_rate * 16.0)
