"""Any generation of a sound that a room records again and again, at once.

A room multiplies each frequency by a complex factor H, so that generation t is X H^t at the first
one's loudness: power iteration. What is left in the end is the frequency that the room likes best.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_generations, check_number, check_switch
from collapse_core.echoes.circle import audible, loudness, transfer

__all__ = [
    "EchoRest",
    "echo_fixed_point",
    "echo_law",
    "echo_spectrum",
    "energies",
    "enough_fresh",
]

Array = NDArray[np.float64]
Spectrum = NDArray[np.complex128]

CLOSE = 1e-14


def echo_law(sound: Array, impulse_response: Array, generation: int) -> Array:
    """Return one generation of `rerecord`, without those before it.

    The spectrum is |X| |H|^t with the phase of X H^t, reckoned with logarithms, so that no power is
    too large or too small.

    Parameters
    ----------
    sound : ndarray, shape (samples,)
        Generation 0, as `padded` returns it.
    impulse_response : ndarray
        Of the room, at the same sample rate.
    generation : int
        Which one, 0 to a million.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the sound is silent.
    """
    sound = audible("sound", sound)
    if check_generations(generation) == 0:
        return sound
    factor = transfer(audible("impulse_response", impulse_response), len(sound))
    made = np.fft.irfft(echo_spectrum(np.fft.rfft(sound), factor, generation), len(sound))
    return np.asarray(made * (loudness(sound) / loudness(made)), dtype=np.float64)


def echo_spectrum(voice: Spectrum, factor: Spectrum, generation: int) -> Spectrum:
    """Return X H^t, up to a factor that makes its largest part 1.

    Parameters
    ----------
    voice, factor : ndarray of complex, shape (frequencies,)
        Spectrum of the sound, and what the room makes of each frequency.
    generation : int
        t, from 0.
    """
    with np.errstate(divide="ignore"):
        height = np.log(np.abs(voice))
        height = height + generation * np.log(np.abs(factor)) if generation else height
    turned = np.angle(voice) + generation * np.angle(factor)
    return np.asarray(np.exp(height - height.max()) * np.exp(1j * turned), dtype=np.complex128)


@dataclass(frozen=True)
class EchoRest:
    """Where a loop with fresh voice comes to rest.

    Parameters
    ----------
    weight : float
        u, what each recording keeps of the echo of the one before; at most 1 / |H1|.
    driven : ndarray, shape (samples,)
        What the fresh voice keeps up.
    hum : float
        Share of the energy, 0 to 1, of one tone that sustains itself beside it; its phase goes on
        turning. 0 where there is enough fresh voice.
    tone : int
        Place of that tone among the frequencies: where |H| is largest.
    """

    weight: float
    driven: Array
    hum: float
    tone: int

    def energies(self) -> Array:
        """Return the energy at each frequency, shape (samples // 2 + 1,); together 1."""
        parts = energies(self.driven)
        parts = parts / parts.sum() * (1.0 - self.hum)
        parts[self.tone] += self.hum
        return np.asarray(parts, dtype=np.float64)


def energies(sound: Array) -> Array:
    """Return the energy of a sound at each frequency: its mean square is their sum."""
    spectrum = np.abs(np.fft.rfft(sound)) ** 2 / len(sound) ** 2
    spectrum[1 : len(spectrum) - (1 - len(sound) % 2)] *= 2.0
    return np.asarray(spectrum, dtype=np.float64)


def echo_fixed_point(
    sound: Array, impulse_response: Array, fresh: float, *, through_room: bool = False
) -> EchoRest:
    """Return what the loop ends in if a share of the original voice is mixed in each time.

    Mixed in after the room, X = c a X0 / (1 - u H), and played through the room too,
    X = c a H X0 / (1 - u H). The weight u is not 1 - a: the recorder brings every recording to the
    same loudness, and u is where that comes to rest. It cannot be larger than 1 / |H1|. Where the
    voice is too weak to be as loud as the first recording by then, the room's strongest tone
    sustains itself, like that of a loudspeaker that is fed back, and has the rest of the energy.
    Derived for this project, and checked by iterating.

    Parameters
    ----------
    sound : ndarray, shape (samples,)
        Generation 0, as `padded` returns it.
    impulse_response : ndarray
        Of the room, at the same sample rate.
    fresh : float
        a, above 0 and at most 1.
    through_room : bool
        Whether the voice is mixed in before the recording is played.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the sound is silent.
    """
    loop = _Loop.of(sound, impulse_response, through_room)
    fresh = check_number("fresh", fresh, 0.0, 1.0, low_open=True)
    weight, hum = loop.highest, 0.0
    if loop.missing(weight, fresh) > 0.0:
        weight = _root(lambda tried: loop.missing(tried, fresh), weight)
    else:
        hum = max(0.0, 1.0 - loop.driven_energy(fresh))
    driven = np.fft.irfft(loop.driven(weight), len(loop.sound))
    scale = loudness(loop.sound) / loudness(driven) * math.sqrt(1.0 - hum)
    return EchoRest(weight, np.asarray(driven * scale), hum, loop.tone)


def enough_fresh(sound: Array, impulse_response: Array, *, through_room: bool = False) -> float:
    """Return the smallest share of fresh voice at which no tone sustains itself.

    Parameters
    ----------
    sound, impulse_response, through_room
        As for `echo_fixed_point`.
    """
    loop = _Loop.of(sound, impulse_response, through_room)
    return _root(lambda share: loop.missing(loop.highest, share), 1.0)


@dataclass(frozen=True)
class _Loop:
    """A sound and a room, as spectra; loudness is that of the sound."""

    sound: Array
    voice: Any
    factor: Any
    through_room: bool

    @classmethod
    def of(cls, sound: Array, impulse_response: Array, through_room: bool) -> _Loop:
        sound = audible("sound", sound)
        factor = transfer(audible("impulse_response", impulse_response), len(sound))
        through_room = check_switch("through_room", through_room)
        return cls(sound, np.fft.rfft(sound), factor, through_room)

    @property
    def tone(self) -> int:
        """Where the room's factor is largest."""
        return int(np.argmax(np.abs(self.factor)))

    @property
    def highest(self) -> float:
        """The largest weight at which the echoes of the voice still add up to something."""
        return (1.0 - 1e-12) / float(np.abs(self.factor).max())

    def driven(self, weight: float) -> Any:
        """Return the spectrum of all echoes of the voice, each so much weaker."""
        first = self.factor * self.voice if self.through_room else self.voice
        return first / (1.0 - weight * self.factor)

    def driven_energy(self, fresh: float) -> float:
        """Return what is driven at the largest weight, as a share of the energy."""
        top, driven = self.highest, self.driven(self.highest)
        ratio = _energy(driven) / _energy(self.voice)
        if self.through_room:  # c (1 - a) = u
            return (top * fresh / (1.0 - fresh)) ** 2 * ratio
        echo = top**2 * _energy(self.factor * driven) / _energy(self.voice)
        # c^2 ((1 - a)^2 + a^2 (energy of the driven part - energy of its echo)) = 1
        return fresh**2 * ratio / ((1.0 - fresh) ** 2 + fresh**2 * (ratio - echo))

    def missing(self, weight: float, fresh: float) -> float:
        """Return by how much a recording at this weight has too little echo; rises with both."""
        if fresh >= 1.0:
            return 1.0
        made = self.driven(weight)
        made = made * math.sqrt(_energy(self.voice) / _energy(made))
        echo = self.factor * made
        if self.through_room:  # u = c (1 - a)
            heard = self.factor * ((1.0 - fresh) * made + fresh * self.voice)
            return weight - (1.0 - fresh) * self._gain(heard)
        # u = c (1 - a) g, with g for the echo's loudness.
        gain = self._gain(echo)
        heard = (1.0 - fresh) * gain * echo + fresh * self.voice
        return weight - self._gain(heard) * (1.0 - fresh) * gain

    def _gain(self, heard: Any) -> float:
        """Return by what the recorder multiplies a recording."""
        return math.sqrt(_energy(self.voice) / _energy(heard))


def _energy(spectrum: Any) -> float:
    """Return the energy of a spectrum; both ends, next to nothing, are counted like the rest."""
    return float(np.sum(np.abs(spectrum) ** 2))


def _root(missing: Callable[[float], float], high: float) -> float:
    """Return where a function that rises is 0, between 0 and ``high``; the end where it is not."""
    from scipy.optimize import brentq

    if missing(0.0) >= 0.0:
        return 0.0
    if missing(high) <= 0.0:
        return high
    return float(brentq(missing, 0.0, high, xtol=CLOSE * high, rtol=8.9e-16, maxiter=200))
