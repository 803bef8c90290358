"""A sound is played in a room and recorded, and the recording is played again.

One frozen map is iterated: the room. Nothing in it learns, and nothing is random.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.echoes.recording import RATE, Recording
from collapse_core.echoes.room import (
    CURTAINS,
    PLASTER,
    ROOMS,
    TILES,
    ShoeboxRoom,
    three_resonances,
    without_rumble,
)
from collapse_core.echoes.sounds import at_loudness, sound_named
from collapse_core.topics.experiment import Experiment, number, seed, share

__all__ = ["RoomChoice", "SoundChoice", "SoundInARoom", "WallChoice"]

Array = NDArray[np.float64]
RoomChoice = Literal["bathroom", "corridor", "classroom", "church", "anechoic", "three", "own"]
SoundChoice = Literal["first_voice", "second_voice", "chirp", "clap", "noise", "own"]
WallChoice = Literal["built", "tiles", "plaster", "curtains"]

WALLS = {"tiles": TILES, "plaster": PLASTER, "curtains": CURTAINS}
LOUDSPEAKER = 100.0  # hertz: a small one plays little below


@dataclass(frozen=True)
class SoundInARoom(Experiment):
    """A loop of playing and recording.

    Parameters
    ----------
    room : str
        A box with a loudspeaker and a microphone, three resonances, or the reader's own response.
    sound : str
        What is played at first.
    walls : str
        What the walls of a box are covered with.
    generations, fresh, microphone, seed
        See ``SoundInARoom.params``.
    through_room : bool
        Whether the fresh voice is mixed in before the recording is played, or after.
    own_sound, own_response : Recording, optional
        The reader's own; until there is one the first voice, or the bathroom, stands in.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    room: RoomChoice = "bathroom"
    sound: SoundChoice = "first_voice"
    walls: WallChoice = "built"
    generations: int = number(32, 1, 64, "How often the sound is played and recorded.", symbol="t")
    fresh: float = share(
        0.0, 0.0, 0.9, "Share of the original voice in each recording.", symbol="a", step=0.01
    )
    microphone: float = share(
        0.8, 0.1, 0.9, "Where the microphone is along the room's length.", step=0.05
    )
    through_room: bool = False
    seed: int = seed()
    own_sound: Recording | None = None
    own_response: Recording | None = None

    @property
    def is_box(self) -> bool:
        """Whether the room is a box, whose microphone and walls can be changed."""
        return self.room in ROOMS or (self.room == "own" and self.own_response is None)

    def voice(self) -> Array:
        """Return the sound that is played at first, at 16,000 samples per second."""
        if self.sound == "own":
            own = self.own_sound
            return sound_named("first_voice") if own is None else at_loudness(own.sound)
        return sound_named(self.sound, self.seed)

    def other_voice(self) -> Array:
        """Return the sound of somebody else."""
        return sound_named("first_voice" if self.sound == "second_voice" else "second_voice")

    def response(self) -> Array:
        """Return what the room makes of a click, with a small loudspeaker in it."""
        if self.room == "three":
            return three_resonances(RATE)
        if self.room == "own" and self.own_response is not None:
            return self.own_response.sound
        box = self._box()
        place = (self.microphone * box.size[0], *box.microphone[1:])
        walls = WALLS.get(self.walls, box.absorption)
        return _played(replace(box, microphone=place, absorption=walls))

    def _box(self) -> ShoeboxRoom:
        """Return the box; the bathroom stands in for a room of the reader's own."""
        return ROOMS.get(self.room, ROOMS["bathroom"])

    def modes(self, up_to: float) -> list[float]:
        """Return the frequencies at which the empty box rings; none for what is no box."""
        if not self.is_box or self.room == "anechoic":
            return []
        return [frequency for frequency, _ in self._box().modes(up_to)]


@lru_cache(maxsize=8)
def _played(box: ShoeboxRoom) -> Array:
    """Return the response of a box as a small loudspeaker plays it; it must not be written to."""
    response = box.impulse_response(RATE)
    played = without_rumble(response, RATE, LOUDSPEAKER, order=2)
    played.setflags(write=False)
    return played
