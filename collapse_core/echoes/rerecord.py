"""A sound that is played in a room and recorded, and the recording played again, and so on.

The loop is circular. A sound is padded once, so that the whole of its first echo fits; from then on
what rings past the end comes in at the start. Cutting each recording to the old length instead
would be another map: it throws away the end of what is ringing, and after eight generations the
spectrum is off by a third (0.32) from |X| |H|^t.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import (
    check_generations,
    check_memory,
    check_number,
    check_switch,
)
from collapse_core.echoes.circle import audible, loudness, transfer

__all__ = ["mixed", "recordings", "rerecord"]

Array = NDArray[np.float64]


def rerecord(
    sound: Array,
    impulse_response: Array,
    generations: int,
    *,
    fresh: float = 0.0,
    through_room: bool = False,
) -> Array:
    """Play a sound, record it in the room, play the recording, and so on, at equal loudness.

    Parameters
    ----------
    sound : ndarray, shape (samples,)
        A sound, as `padded` returns it: the loop is circular, so that no end is cut off.
    impulse_response : ndarray
        Of the room, at the same sample rate.
    generations : int
        How often it is recorded.
    fresh : float
        Share of the original voice, 0 to 1, that is mixed into each recording.
    through_room : bool
        Whether the voice is mixed in before the recording is played, so that the room gets it
        too; otherwise after.

    Returns
    -------
    ndarray, shape (generations + 1, samples)
        Generation 0 is the sound itself.

    Raises
    ------
    ValueError
        If a parameter is out of range, or the sound is silent.
    """
    generations = check_generations(generations)
    sound = audible("sound", sound)
    check_memory("generations", generations, (generations + 1) * sound.size)
    made = recordings(sound, impulse_response, fresh=fresh, through_room=through_room)
    return np.stack([next(made) for _ in range(generations + 1)])


def recordings(
    sound: Array, impulse_response: Array, *, fresh: float = 0.0, through_room: bool = False
) -> Iterator[Array]:
    """Yield generation after generation of `rerecord`, without end."""
    sound = audible("sound", sound)
    fresh = check_number("fresh", fresh, 0.0, 1.0)
    through_room = check_switch("through_room", through_room)
    factor = transfer(audible("impulse_response", impulse_response), len(sound))
    loud = loudness(sound)
    heard = sound
    yield sound
    while True:
        if through_room:
            heard = mixed(heard, sound, fresh)
        heard = np.fft.irfft(np.fft.rfft(heard) * factor, len(sound))
        heard = heard * (loud / _some(loudness(heard)))
        if not through_room and fresh:
            heard = mixed(heard, sound, fresh)
            heard = heard * (loud / _some(loudness(heard)))
        yield heard


def mixed(recording: Array, voice: Array, fresh: float) -> Array:
    """Return a recording with a share of the original voice."""
    return (1.0 - fresh) * recording + fresh * voice if fresh else recording


def _some(loud: float) -> float:
    """Return a loudness that can be divided by."""
    return loud if loud > 0.0 else 1.0
