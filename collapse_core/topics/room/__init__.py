"""A sound that a room records again and again: why the voice turns into a hum."""

from collapse_core.topics.room.figure import room_figure
from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.report import report_room

__all__ = ["SoundInARoom", "report_room", "room_figure"]
