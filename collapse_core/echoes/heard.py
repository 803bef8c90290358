"""What an ear makes of a sound: energies in bands, peaks, and how different two sounds are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import (
    check_number,
    check_numbers,
    check_together,
    check_whole_number,
)

__all__ = ["Bands", "Peak", "bands_between", "different_energies", "peaks_of"]

Array = NDArray[np.float64]
Spectrum = NDArray[np.complex128]


@dataclass(frozen=True, eq=False)
class Bands:
    """Neighbouring bands of frequencies, all as wide on a piano.

    Parameters
    ----------
    edges : ndarray, shape (bands + 1,)
        In hertz, rising.
    """

    edges: Array

    @property
    def centres(self) -> Array:
        """The middle of each band, in hertz."""
        return np.asarray(np.sqrt(self.edges[:-1] * self.edges[1:]), dtype=np.float64)

    def energies(self, spectrum: Any, frequencies: Array) -> Array:
        """Return the share of the energy in each band; together 1.

        A band that is narrower than the distance of two frequencies gets its part of it.

        Parameters
        ----------
        spectrum : ndarray, shape (frequencies,)
            Energies, or complex heights.
        frequencies : ndarray, shape (frequencies,)
            In hertz, equally far apart from 0 on.
        """
        heights = np.abs(spectrum) ** 2 if np.iscomplexobj(spectrum) else np.asarray(spectrum)
        apart = frequencies[1] - frequencies[0]
        total = np.concatenate([[0.0], np.cumsum(heights)])
        ends = np.concatenate([frequencies, [frequencies[-1] + apart]]) - apart / 2.0
        held = np.diff(np.interp(self.edges, ends, total))
        whole = held.sum()
        return np.asarray(held / whole if whole > 0.0 else held, dtype=np.float64)


def bands_between(low: float, high: float, in_octave: int) -> Bands:
    """Return bands, so many to an octave, from one frequency to another.

    Parameters
    ----------
    low, high : float
        In hertz, 1 to a million; the last band ends at or above ``high``.
    in_octave : int
        Bands to an octave, 1 to 96; 12 are the semitones of a piano.
    """
    low = check_number("low", low, 1.0, 10**5)
    high = check_number("high", high, low, 10**6, low_open=True)
    in_octave = check_whole_number("in_octave", in_octave, 1, 96)
    count = int(np.ceil(np.log2(high / low) * in_octave - 1e-9))
    return Bands(low * 2.0 ** (np.arange(count + 1) / in_octave))


def different_energies(first: ArrayLike, second: ArrayLike) -> float:
    """Return how different two spectra are: the share of energy that is elsewhere, 0 to 1.

    The total variation distance of both, as laws over the bands.

    Parameters
    ----------
    first, second : array_like, shape (bands,)
        Energies, at least 0; each law is brought to a sum of 1.

    Raises
    ------
    ValueError
        If a number is negative or not finite, or there are not as many of each.
    """
    first, second = check_numbers("first", first, 0.0), check_numbers("second", second, 0.0)
    check_together(first=first, second=second)
    return float(0.5 * np.abs(first / _sum(first) - second / _sum(second)).sum())


def _sum(shares: Array) -> float:
    whole = float(shares.sum())
    return whole if whole > 0.0 else 1.0


@dataclass(frozen=True)
class Peak:
    """A frequency that a room likes better than its neighbours.

    Parameters
    ----------
    place : int
        Its number among the frequencies.
    frequency : float
        In hertz.
    strength : float
        |H| as a share of the strongest peak's.
    """

    place: int
    frequency: float
    strength: float


def peaks_of(factor: Spectrum, frequencies: Array, most: int = 8, apart: float = 2.0) -> list[Peak]:
    """Return a room's strongest peaks, strongest first.

    Parameters
    ----------
    factor : ndarray of complex, shape (frequencies,)
        H, what the room makes of each frequency.
    frequencies : ndarray, shape (frequencies,)
        In hertz, equally far apart.
    most : int
        How many at most.
    apart : float
        Hertz between two of them at least: the slope of a peak is no peak.
    """
    height = np.abs(np.asarray(factor))
    inner = height[1:-1]
    tops = np.flatnonzero((inner >= height[:-2]) & (inner > height[2:])) + 1
    found: list[Peak] = []
    for place in tops[np.argsort(-height[tops], kind="stable")].tolist():
        frequency = float(frequencies[place])
        if all(abs(frequency - peak.frequency) >= apart for peak in found):
            strength = float(height[place] / height[tops].max())
            found.append(Peak(place, frequency, strength))
        if len(found) == most:
            break
    return found
