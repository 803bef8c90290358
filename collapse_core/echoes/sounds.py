"""Sounds to begin with: two voices, a chirp, a clap, noise; all at one rate and one loudness."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from collapse_core.assets import asset
from collapse_core.checks import check_choice, check_whole_number
from collapse_core.echoes.circle import loudness
from collapse_core.echoes.recording import RATE, read_recording
from collapse_core.streams import LARGEST_SEED, generator

__all__ = ["LOUDNESS", "SOUNDS", "at_loudness", "sound_named"]

Array = NDArray[np.float64]

LOUDNESS = 0.1  # root mean square, where 1 is the loudest sample a file can hold
SECONDS = 4.0
RANDOM = ("clap", "noise")
LOW, HIGH = 60.0, 7000.0  # hertz, ends of the chirp


def at_loudness(sound: Array, loud: float = LOUDNESS) -> Array:
    """Return a sound as loud as all others; silence stays silence."""
    now = loudness(sound)
    return sound * (loud / now) if now > 0.0 else sound


def sound_named(name: str, seed: int = 1) -> Array:
    """Return one of ``SOUNDS``, at 16,000 samples per second. It must not be written to.

    Parameters
    ----------
    name : str
        Its key.
    seed : int
        Of the random numbers in the noise and in the clap, 0 to 2**32 - 1.
    """
    name = check_choice("name", name, tuple(SOUNDS))
    seed = check_whole_number("seed", seed, 0, LARGEST_SEED)
    return _made(name, seed if name in RANDOM else 1)


@lru_cache(maxsize=16)
def _made(name: str, seed: int) -> Array:
    sound = at_loudness(SOUNDS[name](seed))
    sound.setflags(write=False)
    return sound


def _spoken(name: str) -> Callable[[int], Array]:
    """Return what reads a sentence that was spoken for this project; `assets/audio` says how."""

    def read(seed: int) -> Array:
        return read_recording(asset(f"audio/{name}.wav").read_bytes(), f"{name}.wav").sound

    return read


def _seconds() -> Array:
    return np.arange(round(SECONDS * RATE)) / RATE


def _chirp(seed: int) -> Array:
    """Return a tone that rises through all octaves at the same pace."""
    seconds, octaves = _seconds(), np.log(HIGH / LOW)
    turns = LOW * SECONDS / octaves * np.expm1(octaves * seconds / SECONDS)
    return np.asarray(np.sin(2.0 * np.pi * turns) * _ends(seconds), dtype=np.float64)


def _clap(seed: int) -> Array:
    """Return noise that dies away within a few milliseconds."""
    seconds = _seconds()[: RATE // 2]
    noise = generator(seed, 0, "clap").standard_normal(seconds.size)
    return np.asarray(noise * np.exp(-seconds / 0.006), dtype=np.float64)


def _noise(seed: int) -> Array:
    seconds = _seconds()
    noise = generator(seed, 0, "noise").standard_normal(seconds.size)
    return np.asarray(noise * _ends(seconds), dtype=np.float64)


def _ends(seconds: Array) -> Array:
    """Return a soft beginning and a soft end, a twentieth of a second each."""
    left = seconds[-1] - seconds
    return np.asarray(np.clip(np.minimum(seconds, left) / 0.05, 0.0, 1.0), dtype=np.float64)


SOUNDS: dict[str, Callable[[int], Array]] = {
    "first_voice": _spoken("first_voice"),
    "second_voice": _spoken("second_voice"),
    "chirp": _chirp,
    "clap": _clap,
    "noise": _noise,
}
