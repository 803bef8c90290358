"""What the page on the bell curve says about the kernel model."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import count, multiple
from collapse_core.topics.bell_curve.kernel import KernelReport
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.sentences import apart

FEWEST_ABOVE = 3

__all__ = ["alt", "captions", "columns", "notes", "summary"]


def alt(lesson: Lesson, report: KernelReport) -> str:
    """Return the picture in a sentence or two."""
    return lesson.say(
        "alts",
        "kernel",
        runs=report.runs,
        generations=report.average.size - 1,
        average=multiple(float(report.average[-1])),
        limit=multiple(report.limit),
    )


def captions(lesson: Lesson, report: KernelReport) -> list[str]:
    """Return a sentence or two for every generation."""
    spoken = [lesson.say("kernel", "start", bandwidth=f"{report.bandwidth:g}")]
    with np.errstate(divide="ignore", invalid="ignore"):
        errors = (report.average - report.expected) / report.error
    above = report.above
    for generation in range(1, report.average.size):
        distance = apart(lesson, float(errors[generation]))
        if above[generation] < FEWEST_ABOVE:
            distance = lesson.say("kernel", "unseen", above=int(above[generation]))
        spoken.append(
            lesson.say(
                "kernel",
                "caption",
                after=lesson.counted("captions", "generations", generation),
                average=multiple(float(report.average[generation])),
                expected=multiple(float(report.expected[generation])),
                apart=distance,
                median=multiple(float(report.median[generation])),
                typical=multiple(float(report.typical[generation])),
                gaussian=multiple(float(report.gaussian[generation])),
            )
        )
    return spoken


def notes(lesson: Lesson, experiment: BellCurve, report: KernelReport) -> list[str]:
    """Return what a reader should know about unusual settings."""
    said = []
    if report.sample_size < experiment.sample_size:
        said.append(
            lesson.say(
                "notes",
                "kernel_points",
                most=count(report.sample_size),
                sample_size=count(experiment.sample_size),
            )
        )
    changed = {"anchors", "estimator", "temperature", "policy", "fresh"} & set(experiment.changes())
    if changed:
        said.append(lesson.say("notes", "kernel_pure"))
    return said


def summary(lesson: Lesson, experiment: BellCurve, report: KernelReport) -> list[str]:
    """Return what can be said of the whole picture."""
    spoken = []
    if report.bandwidth == 0.0:
        spoken.append(lesson.say("kernel", "bootstrap"))
    else:
        spoken.append(lesson.say("kernel", "blur", limit=multiple(report.limit)))
    if report.bandwidth > 0.0 and report.sample_size > 1:
        matched = multiple(1.0 / math.sqrt(report.sample_size - 1))
        spoken.append(lesson.say("kernel", "match", matched=matched))
    if report.runs < experiment.runs:
        runs = lesson.counted("captions", "runs", report.runs)
        spoken.append(lesson.say("several", "fewer_runs", runs=runs, asked=experiment.runs))
    return spoken


def columns(lesson: Lesson, report: KernelReport) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    words = lesson.words("columns")
    values = {
        "generation": range(report.average.size),
        "average": report.average,
        "expected": report.expected,
        "median": report.median,
        "gaussian": report.gaussian,
    }
    return {words[key]: column for key, column in values.items()}
