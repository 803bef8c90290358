"""What the view of a density's tail says about the picture it shows."""

from __future__ import annotations

from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import count, percent
from collapse_core.topics.vanishing_tails.density import DensityTails, DensityTailsReport

__all__ = ["alt", "captions", "columns", "notes", "python_lines"]


def alt(lesson: Lesson, experiment: DensityTails, report: DensityTailsReport) -> str:
    """Return the picture in one sentence, for those who cannot see it."""
    return lesson.fill(
        lesson.alt,
        "alt",
        generations=experiment.generations,
        runs=count(report.runs),
        mean=percent(float(report.mean[-1])),
        faded=percent(float(report.faded[-1])),
    )


def captions(lesson: Lesson, report: DensityTailsReport) -> list[str]:
    """Return what to say under the clock at every generation."""
    return [_caption(lesson, report, generation) for generation in range(report.mean.size)]


def notes(
    lesson: Lesson, experiment: DensityTails, report: DensityTailsReport, made: int
) -> list[str]:
    """Return what a reader should know about unusual settings."""
    said = []
    if experiment.points < experiment.sample_size:
        said.append("kernel_points")
    if made < experiment.runs:
        said.append("fewer_runs")
    if experiment.model == "histogram" and report.chance_lost is None:
        said.append("no_exact")
    values = {
        "points": count(experiment.points),
        "made": count(made),
        "runs": count(experiment.runs),
    }
    return [lesson.say("sentences", name, **values) for name in said]


def columns(lesson: Lesson, report: DensityTailsReport) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    headings = lesson.words("columns")
    return {
        headings["generation"]: range(report.mean.size),
        headings["mean"]: report.mean,
        headings["error"]: None if report.runs == 1 else report.standard_error,
        headings["median"]: report.median,
        headings["expected"]: report.expected,
        headings["faded"]: report.faded,
        headings["lost"]: report.lost,
        headings["chance"]: report.chance_lost,
    }


def python_lines(experiment: DensityTails, made: int, tick: int) -> str:
    """Return the lines of Python that redraw the picture."""
    given = ", ".join(f"{name}={value!r}" for name, value in experiment.changes().items())
    return f"""\
from collapse_core.topics.vanishing_tails.density import DensityTails, report_density_tails
from collapse_core.topics.vanishing_tails.density_figure import density_tails_figure

experiment = DensityTails({given})
tail = experiment.refit().run(replicates={made}, seed=experiment.seed)
figure = density_tails_figure(tail, report_density_tails(experiment, tail))
figure.playable({tick}).show()
"""


def _caption(lesson: Lesson, report: DensityTailsReport, generation: int) -> str:
    error = float(report.standard_error[generation])
    expected = lost = ""
    if report.expected is not None:
        known = percent(float(report.expected[generation]))
        expected = lesson.say("captions", "expected", expected=known)
    if report.chance_lost is not None:
        lost = lesson.say(
            "captions",
            "lost",
            lost=percent(float(report.lost[generation])),
            chance=percent(float(report.chance_lost[generation])),
        )
    return lesson.say(
        "captions",
        "tail",
        generation=generation,
        mean=percent(float(report.mean[generation])),
        error=lesson.say("captions", "error", error=percent(error)) if error > 0.0 else "",
        expected=expected,
        own=percent(float(report.own[generation])),
        faded=percent(float(report.faded[generation])),
        lost=lost,
    )
