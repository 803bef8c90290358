"""What the home page says under its live jar, and how it ends."""

from __future__ import annotations

from typing import Any

from collapse_core import Law, Trajectory
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.two_colours.jar_panel import blue_count

__all__ = ["captions"]


def captions(lesson: Lesson, paths: Trajectory, law: Law) -> list[str]:
    """Return one sentence per generation of the first jar; the last one asks why.

    Parameters
    ----------
    lesson : Lesson
        Its tables ``[live]`` and ``[ending]`` have a sentence for each case.
    paths : Trajectory
        The jars; the first is the one that is shown.
    law : Law
        Their exact law.
    """
    last = paths.generations
    return [*(_during(lesson, paths, t) for t in range(last)), _ending(lesson, paths, law)]


def _facts(paths: Trajectory, generation: int) -> dict[str, Any]:
    gone = paths.absorption_times()
    return {
        "generation": generation,
        "count": blue_count(float(paths.mean[0, generation])),
        "lost": int(paths.lost[:, generation].sum()),
        "jars": paths.replicates,
        "since": None if gone.censored[0] else int(gone.generation[0]),
    }


def _cases(paths: Trajectory, generation: int) -> dict[str, bool]:
    """Return what became of the first jar by a generation."""
    lost = bool(paths.lost[0, generation])
    return {"lost": lost, "taken_over": bool(paths.taken_over[0, generation]), "line": not lost}


def _during(lesson: Lesson, paths: Trajectory, generation: int) -> str:
    return lesson.pick("live", _facts(paths, generation), **_cases(paths, generation))


def _ending(lesson: Lesson, paths: Trajectory, law: Law) -> str:
    """Return what became of all jars, beside what is known exactly, and what is odd about it."""
    assert law.lost is not None, "the law of two colours is known"
    assert law.mean is not None, "the law of two colours is known"
    last = paths.generations
    known = {"exact": float(law.lost[last]), "average": float(law.mean[last])}
    return lesson.pick("ending", _facts(paths, last) | known, **_cases(paths, last))
