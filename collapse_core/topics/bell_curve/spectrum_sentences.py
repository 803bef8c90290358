"""What the page on the bell curve says about several dimensions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import multiple, short
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.spectrum import SpectrumReport

__all__ = ["alt", "captions", "columns", "notes", "summary"]


def alt(lesson: Lesson, report: SpectrumReport) -> str:
    """Return the picture in a sentence or two."""
    return lesson.say(
        "alts",
        "several",
        runs=report.runs,
        generations=report.rank.shape[1] - 1,
        dimension=report.dimension,
        rank=multiple(float(report.median_rank[-1])),
    )


def captions(lesson: Lesson, report: SpectrumReport) -> list[str]:
    """Return a sentence or two for every generation."""
    spoken = [lesson.say("several", "start", dimension=report.dimension)]
    own, exact = report.log_eigenvalues[report.highlighted], report.exact
    median, mean, rank = report.median_rank, report.mean_rank, report.rank[report.highlighted]
    for generation in range(1, median.size):
        theory = ""
        if exact.annealed is not None and exact.rule is not None:
            theory = lesson.say(
                "several",
                "theory",
                annealed=short(float(exact.annealed[generation])),
                rule=short(float(exact.rule[generation])),
            )
        long, narrow = own[generation, :2].tolist()
        flat = not math.isfinite(narrow)
        spoken.append(
            lesson.say(
                "several",
                "flat" if flat else "caption",
                after=lesson.counted("captions", "generations", generation),
                ratio="" if flat else short(math.exp(min(0.5 * (long - narrow), 700.0))),
                dimension=report.dimension,
                median=short(float(median[generation])),
                mean=short(float(mean[generation])),
                rank=short(float(rank[generation])),
                theory=theory,
            )
        )
    return spoken


def notes(lesson: Lesson, experiment: BellCurve, report: SpectrumReport) -> list[str]:
    """Return what a reader should know about unusual settings."""
    said = []
    if experiment.sample_size == 1:
        said.append(lesson.say("notes", "one_point_several"))
    if experiment.is_pure and report.freedom < report.dimension:
        lost = report.dimension - report.freedom
        said.append(
            lesson.say(
                "notes",
                "singular",
                freedom=report.freedom,
                dimension=report.dimension,
                lost=lost,
            )
        )
    if not experiment.is_pure:
        said.append(lesson.say("notes", "known_centre"))
    if report.exact.annealed is None:
        said.append(lesson.say("notes", "no_rank_law"))
    return said


def summary(lesson: Lesson, experiment: BellCurve, report: SpectrumReport) -> list[str]:
    """Return what can be said of the whole picture."""
    spoken, rank = [], short(float(report.median_rank[-1]))
    exact = report.exact
    if exact.exponents is not None:
        changed = experiment.variance_scale != 1.0
        biased = lesson.say("several", "biased") if changed else ""
        values = {"dimension": report.dimension, "rank": rank, "biased": biased}
        spoken.append(lesson.say("several", "dies", **values))
        if np.isfinite(exact.exponents).all():
            spoken.append(_staircase(lesson, report, exact.exponents))
        runs = lesson.counted("captions", "runs", report.runs)
        spoken.append(lesson.say("several", "annealed", runs=runs))
    elif exact.annealed is not None and exact.rule is not None:
        spoken.append(
            lesson.say(
                "several",
                "anchored",
                count=experiment.anchors,
                annealed=short(float(exact.annealed[-1])),
                rule=short(float(exact.rule[-1])),
                rank=rank,
                dimension=report.dimension,
                half=short(report.dimension / 2),
            )
        )
    spoken.append(
        lesson.say(
            "several",
            "highlighted",
            percentile=f"{report.percentile:.0f}",
            followed=lesson.counted("captions", "runs", report.followed),
        )
    )
    if report.runs < experiment.runs:
        runs = lesson.counted("captions", "runs", report.runs)
        spoken.append(lesson.say("several", "fewer_runs", runs=runs, asked=experiment.runs))
    return spoken


def _staircase(lesson: Lesson, report: SpectrumReport, exponents: Any) -> str:
    measured, error = report.log_determinant()
    spoken = ""
    if math.isfinite(error):
        spoken = lesson.say("several", "error", error=short(error))
    generations = report.rank.shape[1] - 1
    return lesson.say(
        "several",
        "staircase",
        first=_signed(float(exponents[0])),
        last=_signed(float(exponents[-1])),
        determinant=_signed(measured),
        error=spoken,
        followed=report.followed,
        exact=_signed(generations * float(exponents.sum())),
    )


def _signed(value: float) -> str:
    if not math.isfinite(value):
        return "minus infinity"
    if 0.0 < abs(value) < 1e-4:
        return "less than 0.0001"
    return short(value).replace("-", "−")


def columns(lesson: Lesson, report: SpectrumReport) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    words, own = lesson.words("columns"), report.log_eigenvalues[report.highlighted]
    with np.errstate(over="ignore", under="ignore"):
        axes = np.exp(np.minimum(own, 700.0))
    values = {
        "generation": range(report.rank.shape[1]),
        "rank_mean": report.mean_rank,
        "rank_median": report.median_rank,
        "annealed": report.exact.annealed,
        "rule": report.exact.rule,
        "longest": axes[:, 0],
        "shortest": axes[:, -1],
    }
    return {words[key]: column for key, column in values.items()}
