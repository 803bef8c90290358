"""What is left of a picture after copies that blur it, exactly: each frequency for itself.

A Gaussian blur with periodic edges multiplies the amplitude at f cycles per pixel by
H = exp(-2 pi^2 sigma^2 f^2), f being the length of the vector of both directions. With a share a of
the original laid in after each pass, X_t = a X_0 + (1 - a) H X_(t-1), so that X_t = T_t X_0 with
T_t = F + (1 - F) ((1 - a) H)^t, F = a / (1 - (1 - a) H). Noise that each pass adds after its blur
has no memory, so its variance at a frequency is a geometric sum. Source: the transfer of a Gaussian
is its Fourier transform; the rest is derived for this project.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import (
    FloatArray,
    check_array,
    check_number,
    check_share,
    check_switch,
    check_whole_number,
)

__all__ = [
    "LARGEST_SIDE",
    "LEAST_SIDE",
    "MOST_PASSES",
    "BlurLaw",
    "blur_law",
    "blur_transfer",
    "check_image",
    "grey_of",
    "octave_energies",
    "octave_lengths",
    "relative_to_first",
]

LEAST_SIDE, LARGEST_SIDE = 8, 512
MOST_PASSES = 1000
LARGEST_GREY = 1e6  # of a copy of noisy copies, which nothing cuts at black and white
LEAST_ENERGY = 1e-12  # what rounding leaves of a picture of one colour is no detail
LUMINANCE = np.array([0.299, 0.587, 0.114])  # of red, green, blue: ITU-R BT.601


@dataclass(frozen=True, eq=False)
class BlurLaw:
    """What blurred copies keep, for pass 0 to the last one; with noise, expectations.

    Attributes
    ----------
    detail
        Energy in each octave of `octave_lengths`, relative to the original's, shape
        ``(passes + 1, octaves)``; NaN where the original has none.
    cumulative
        Mean squared difference from the original.
    local
        Mean squared difference from the copy before; 0 at pass 0.
    """

    detail: NDArray[np.float64]
    cumulative: NDArray[np.float64]
    local: NDArray[np.float64]


def check_image(name: str, image: ArrayLike, *, paper: bool = True) -> FloatArray:
    """Return a picture as floats, shape ``(height, width, 3)``.

    Parameters
    ----------
    name : str
        Of the parameter, for the message.
    image : array_like, shape (height, width) or (height, width, 3)
        Greys, or red, green and blue; sides of 8 to 512 pixels.
    paper : bool
        Whether all values must lie from 0 (black) to 255 (white); a copy may lie beyond.

    Raises
    ------
    ValueError
        If the shape is another one or a value is out of range.
    """
    picture = check_array(name, image)
    fits = picture.ndim in (2, 3) and picture.shape[2:] in ((), (3,))
    if not fits or not all(LEAST_SIDE <= side <= LARGEST_SIDE for side in picture.shape[:2]):
        raise ValueError(
            f"{name} has shape {picture.shape}: it must be (height, width) or (height, width, 3), "
            f"with sides of {LEAST_SIDE} to {LARGEST_SIDE} pixels. Cut or scale the picture."
        )
    low, high = (0.0, 255.0) if check_switch("paper", paper) else (-LARGEST_GREY, LARGEST_GREY)
    if not np.all((picture >= low) & (picture <= high)):
        raise ValueError(
            f"{name} holds a value outside {low:g} to {high:g}. Scale the greys to 0 (black) to "
            "255 (white)."
        )
    return picture if picture.ndim == 3 else np.repeat(picture[..., None], 3, axis=2)


def grey_of(picture: FloatArray) -> FloatArray:
    """Return the luminance of a picture, shape ``(height, width)``."""
    return np.asarray(picture @ LUMINANCE)


def octave_lengths(height: int, width: int) -> NDArray[np.int64]:
    """Return the longest wave of each octave, in pixels: 4, 8, 16, ... up to the longer side.

    The first octave holds all that is shorter than 4 pixels or as long, the next one what is longer
    and at most 8, and so on.
    """
    height, width = (
        check_whole_number(name, side, LEAST_SIDE, LARGEST_SIDE)
        for name, side in (("height", height), ("width", width))
    )
    return 2 ** np.arange(2, math.ceil(math.log2(max(height, width))) + 1)


def octave_energies(grey: FloatArray) -> FloatArray:
    """Return the energy of each octave of a grey picture; its average grey is in none of them."""
    return _by_octave(np.abs(np.fft.rfft2(grey)) ** 2, *grey.shape)


def blur_transfer(frequency: ArrayLike, sigma: float, passes: int = 1) -> FloatArray:
    """Return what blurring leaves of an amplitude: exp(-2 pi^2 sigma^2 f^2) for each pass.

    Parameters
    ----------
    frequency : array_like
        In cycles per pixel.
    sigma : float
        Standard deviation of the blur in pixels, 0 to 20.
    passes : int
        How often, 0 to 1000.

    Raises
    ------
    ValueError
        If a number is out of range.
    """
    frequencies = check_array("frequency", frequency)
    if not np.all(np.abs(frequencies) <= 1.0):
        raise ValueError("frequency is out of range: give cycles per pixel, from -1 to 1.")
    sigma = check_number("sigma", sigma, 0.0, 20.0)
    passes = check_whole_number("passes", passes, 0, MOST_PASSES)
    return np.asarray(np.exp(-2.0 * passes * (math.pi * sigma * frequencies) ** 2))


def blur_law(
    image: ArrayLike,
    sigma: float,
    passes: int,
    *,
    noise: float = 0.0,
    anchor_share: float = 0.0,
    fresh_every: int = 0,
) -> BlurLaw:
    """Return what copies of copies keep that are blurred with periodic edges.

    Parameters
    ----------
    image : array_like, shape (height, width) or (height, width, 3)
        The original, 0 (black) to 255 (white).
    sigma : float
        Standard deviation of the blur of one pass, in pixels, 0 to 20.
    passes : int
        How many copies of copies, 0 to 1000.
    noise : float
        Standard deviation of the noise that a pass adds to each pixel, the same in all colours.
    anchor_share : float
        Share of the original that is laid in after each pass.
    fresh_every : int
        The first pass, and from it on every so many, copies the original; 0 for the first alone.

    Raises
    ------
    ValueError
        If a number is out of range, or the image is none.
    """
    original = check_image("image", image)
    blur_transfer(0.0, sigma, passes)  # checks both
    noise = check_number("noise", noise, 0.0, 255.0)
    kept = 1.0 - check_share("anchor_share", anchor_share)
    fresh_every = check_whole_number("fresh_every", fresh_every, 0)
    height, width = original.shape[:2]
    colours = np.mean(np.abs(np.fft.rfft2(original, axes=(0, 1))) ** 2, axis=2)
    grey = np.abs(np.fft.rfft2(grey_of(original))) ** 2
    pull = kept * blur_transfer(_frequencies(height, width), sigma)
    new, pixels = (kept * noise) ** 2, height * width
    details, cumulative, local = [], [0.0], [0.0]
    left, variance = np.ones_like(pull), np.zeros_like(pull)
    details.append(_by_octave(grey, height, width))
    for t in range(1, passes + 1):
        age = (t - 1) % fresh_every + 1 if fresh_every else t
        before, variance_before = left, variance
        left, variance = _after(pull, 1.0 - kept, age, new)
        # What a pass adds is independent of all before; a fresh copy forgets the noise before.
        changed = (1.0 - pull) ** 2 * variance_before + new
        if age == 1:
            changed = variance + variance_before
        details.append(_by_octave(grey * left**2 + pixels * variance, height, width))
        cumulative.append(_mean(colours * (1.0 - left) ** 2 / pixels + variance, width))
        local.append(_mean(colours * (left - before) ** 2 / pixels + changed, width))
    return BlurLaw(relative_to_first(np.array(details)), np.array(cumulative), np.array(local))


def relative_to_first(energies: FloatArray) -> FloatArray:
    """Return energies of pass 0, 1, ... by those of pass 0; NaN where that has none."""
    first = np.where(energies[0] > LEAST_ENERGY, energies[0], math.nan)
    return np.asarray(energies / first)


def _after(
    pull: FloatArray, anchor_share: float, age: int, new: float
) -> tuple[FloatArray, FloatArray]:
    """Return what is left of each frequency after so many passes, and the variance of the noise."""
    free = pull < 1.0  # nothing pulls the average grey without an anchor
    fixed = np.divide(anchor_share, 1.0 - pull, out=np.zeros_like(pull), where=free)
    power = pull**age
    sums = np.divide(1.0 - power**2, 1.0 - pull**2, out=np.full_like(pull, age), where=free)
    return fixed + (1.0 - fixed) * power, new * sums


def _frequencies(height: int, width: int) -> FloatArray:
    """Return the frequencies of a real Fourier transform, in cycles per pixel."""
    frequencies = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width))
    return np.asarray(frequencies, dtype=np.float64)


def _weights(width: int) -> FloatArray:
    """Return how often each column of a real Fourier transform stands in the whole one."""
    weights = np.full(width // 2 + 1, 2.0)
    weights[0] = 1.0
    if width % 2 == 0:
        weights[-1] = 1.0
    return weights


def _mean(spectrum: FloatArray, width: int) -> float:
    """Return the mean over all frequencies."""
    return float(np.sum(spectrum * _weights(width)) / (len(spectrum) * width))


def _by_octave(spectrum: FloatArray, height: int, width: int) -> FloatArray:
    """Return the sums over the frequencies of each octave, the short waves first."""
    numbers, octaves = _octave_numbers(height, width)
    sums = np.bincount(numbers, (spectrum * _weights(width)).ravel(), octaves + 1)
    return np.asarray(sums[:octaves])


@lru_cache(maxsize=8)
def _octave_numbers(height: int, width: int) -> tuple[NDArray[np.int64], int]:
    """Return the octave of each frequency, and how many there are; the average has none."""
    octaves = len(octave_lengths(height, width))
    with np.errstate(divide="ignore"):
        lengths = 1.0 / _frequencies(height, width).ravel()
    lengths[0] = 4.0 * 2.0**octaves
    return np.maximum(np.ceil(np.log2(lengths)).astype(np.int64) - 2, 0), octaves
