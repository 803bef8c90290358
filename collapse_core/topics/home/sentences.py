"""What the home page says under its live jar."""

from __future__ import annotations

from collapse_core import Trajectory
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.two_colours.jar_panel import blue_count

__all__ = ["captions"]


def captions(lesson: Lesson, paths: Trajectory) -> list[str]:
    """Return one sentence per generation of the first run."""
    lost_since = next(iter(paths.loss_times().observed), None)
    gone = paths.absorption_times()
    settled = None if gone.censored[0] else int(gone.generation[0])
    spoken = []
    for generation, share in enumerate(paths.mean[0].tolist()):
        if settled is None or generation < settled:
            spoken.append(
                lesson.say("live", "line", generation=generation, count=blue_count(share))
            )
        else:
            name = "lost" if lost_since is not None else "taken_over"
            spoken.append(lesson.say("live", name, generation=generation, since=settled))
    return spoken
