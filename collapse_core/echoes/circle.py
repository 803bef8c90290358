"""A sound on a circle of samples, and what a room does to it: a factor for each frequency."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_numbers

__all__ = ["audible", "loudness", "padded", "transfer"]

Array = NDArray[np.float64]


def loudness(sound: Array) -> float:
    """Return the root mean square of a sound."""
    return float(np.sqrt(np.mean(np.square(sound))))


def padded(sound: Array, impulse_response: Array) -> Array:
    """Return a sound with silence behind it, so that a whole echo of it fits.

    Parameters
    ----------
    sound, impulse_response : ndarray, shape (samples,)
        At the same sample rate.

    Raises
    ------
    ValueError
        If one of them is empty, silent or not finite.
    """
    from scipy.fft import next_fast_len

    sound = audible("sound", sound)
    response = audible("impulse_response", impulse_response)
    length = int(next_fast_len(len(sound) + len(response) - 1, real=True))
    return np.concatenate([sound, np.zeros(length - len(sound))])


def transfer(impulse_response: Array, length: int) -> NDArray[np.complex128]:
    """Return the room's complex factor for each frequency of a circle of so many samples."""
    response = np.asarray(impulse_response, dtype=np.float64)
    if len(response) > length:  # round the circle
        response = np.pad(response, (0, -len(response) % length)).reshape(-1, length).sum(axis=0)
    return np.asarray(np.fft.rfft(response, length), dtype=np.complex128)


def audible(name: str, sound: ArrayLike) -> Array:
    """Return a sound if it is one.

    Raises
    ------
    ValueError
        If it is no list of finite numbers, or silent; the message names it.
    """
    checked = check_numbers(name, sound)
    if checked.ndim != 1:
        raise ValueError(f"{name} has {checked.ndim} dimensions: give one number per sample.")
    if not np.any(checked):
        raise ValueError(f"{name} is silent: choose one in which something can be heard.")
    return checked
