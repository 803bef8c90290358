"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.report import RoomReport, heard_at, report_room
from ui.kept import SHARED
from ui.long_run import watched

__all__ = ["heard", "room_report"]


def room_report(experiment: SoundInARoom) -> RoomReport:
    """Return what is measured and known of a loop; how far it is is shown meanwhile."""
    return watched(
        f"room {experiment!r}", lambda report: report_room(experiment, report), "recording"
    )


heard = SHARED.of(heard_at)
