"""Loops that play their own recording: a sound in a room, a copy of a copy.

One frozen map is iterated here; nothing is trained anew.
"""

from collapse_core.echoes.circle import padded
from collapse_core.echoes.copier import Copier
from collapse_core.echoes.law import echo_fixed_point, echo_law, enough_fresh
from collapse_core.echoes.rerecord import rerecord
from collapse_core.echoes.room import ROOMS, ShoeboxRoom, room_response, three_resonances

__all__ = [
    "ROOMS",
    "Copier",
    "ShoeboxRoom",
    "echo_fixed_point",
    "echo_law",
    "enough_fresh",
    "padded",
    "rerecord",
    "room_response",
    "three_resonances",
]
