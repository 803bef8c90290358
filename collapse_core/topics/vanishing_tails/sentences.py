"""What the page on vanishing tails says about the picture it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import count, percent
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import VanishingTailsReport
from collapse_core.topics.vanishing_tails.runs import TailRuns

__all__ = ["alt", "captions", "columns", "errors_at_work", "notes", "reveal", "summary"]

MOST_NAMES = 6
LONGEST_NAME = 24


def alt(lesson: Lesson, experiment: VanishingTails, report: VanishingTailsReport) -> str:
    """Return the picture in one sentence, for those who cannot see it."""
    return lesson.fill(
        lesson.alt,
        "alt",
        kinds=count(report.kinds),
        runs=count(report.runs),
        generations=experiment.generations,
        left=_number(report.mean[-1]),
        gini=percent(float(report.dashboard["gini"][-1])),
    )


def captions(
    lesson: Lesson,
    report: VanishingTailsReport,
    names: Sequence[str],
    comes_back: bool,
    waiting: bool = False,
) -> list[str]:
    """Return what to say under the clock at every generation.

    While the reader is still to guess, only the names of what is lost are told.
    """
    spoken = []
    for generation in range(report.mean.size):
        left = "" if waiting else _left(lesson, report, generation) + " "
        spoken.append(left + _lost(lesson, report, names, comes_back, generation))
    return spoken


def summary(
    lesson: Lesson,
    experiment: VanishingTails,
    report: VanishingTailsReport,
    waiting: bool = False,
) -> list[str]:
    """Return what can be said of the whole picture."""
    if waiting:
        return []
    spoken = [_stages(lesson, report)]
    if report.runs > 1:
        spoken.append(
            lesson.say(
                "sentences",
                "this_run",
                percentile=f"{report.percentile:.0f}",
                runs=lesson.counted("captions", "runs", report.runs),
                own=count(int(report.own[-1])),
                kinds=count(report.kinds),
            )
        )
    if report.checked_kinds:
        spoken.append(
            lesson.say(
                "sentences",
                "order",
                checked=report.checked_kinds,
                measured=f"{report.loss_per_count:.1f}",
                exact=f"{report.exact_loss_per_count:.1f}",
            )
        )
    if report.ancestors is not None:
        spoken.append(
            lesson.say(
                "sentences",
                "ancestors",
                points=count(experiment.sample_size),
                left=_number(report.ancestors[-1]),
                kind=lesson.say("captions", "exact" if report.ancestors_exact else "approximation"),
                generation=experiment.generations,
            )
        )
    return spoken


def errors_at_work(lesson: Lesson, experiment: VanishingTails) -> str:
    """Return which of the three sources of error are switched on, with their source."""
    names = []
    if experiment.finite:
        names.append("statistical")
    if experiment.too_simple and experiment.minimum_count > 1:
        names.append("expressivity")
    sharpened = experiment.temperature < 1.0 or experiment.top_p < 1.0
    if experiment.favours_common and sharpened:
        names.append("approximation")
    if not names:
        return lesson.say("errors", "none")
    spoken = "; ".join(lesson.say("errors", name) for name in names)
    return lesson.say("errors", "at_work", errors=spoken)


def notes(
    lesson: Lesson, experiment: VanishingTails, report: VanishingTailsReport, made: int
) -> list[str]:
    """Return what a reader should know about unusual settings."""
    said = []
    if made < experiment.runs and experiment.finite:
        said.append("fewer_runs")
    if experiment.anchors > experiment.sample_size and experiment.policy == "anchors":
        said.append("more_anchors")
    if experiment.anchors == 0 and experiment.policy == "fraction":
        said.append("no_fraction")
    if report.expected is None:
        said.append("no_law")
    elif not report.expected_exact:
        said.append("approximation")
    return [
        lesson.say(
            "notes",
            name,
            made=count(made),
            runs=count(experiment.runs),
            anchors=experiment.anchors,
            sample_size=count(experiment.sample_size),
        )
        for name in said
    ]


def reveal(lesson: Lesson, guess: float, truth: float, kind: str) -> str:
    """Return the sentence that sets a guess beside the truth; ``kind`` says how it is known."""
    verdict = "close" if abs(guess - truth) <= 0.1 else "low" if guess < truth else "high"
    return lesson.say(
        "predict",
        "reveal",
        guess=percent(guess, 0),
        truth=percent(truth),
        kind=lesson.say("captions", kind),
        verdict=lesson.say("predict", verdict),
    )


def columns(lesson: Lesson, runs: TailRuns, report: VanishingTailsReport) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    headings = lesson.words("columns")
    return {
        headings["generation"]: range(runs.generations + 1),
        headings["mean"]: report.mean,
        headings["error"]: None if report.runs == 1 else report.standard_error,
        headings["median"]: report.median,
        headings["expected"]: report.expected,
        headings["own"]: report.own,
        headings["accuracy"]: report.dashboard["accuracy"],
        headings["gini"]: report.dashboard["gini"],
        headings["expected_gini"]: report.expected_gini,
        headings["common"]: report.dashboard["common"],
        headings["divergence"]: report.dashboard["divergence"],
        headings["infinite"]: runs.share_with_infinite_divergence,
    }


def _left(lesson: Lesson, report: VanishingTailsReport, generation: int) -> str:
    values = {
        "after": lesson.counted("captions", "generations", generation),
        "left": _number(report.mean[generation]),
        "kinds": count(report.kinds),
        "gini": percent(float(report.dashboard["gini"][generation])),
        "error": _error(lesson, float(report.standard_error[generation])),
    }
    if report.expected is None:
        return lesson.say("captions", "left_unknown", **values)
    return lesson.say(
        "captions",
        "left",
        **values,
        kind=lesson.say("captions", "exact" if report.expected_exact else "approximation"),
        expected=_number(report.expected[generation]),
        apart=_apart(lesson, report.errors_apart(generation)),
    )


def _error(lesson: Lesson, error: float) -> str:
    if not error > 0.0:
        return ""
    return lesson.say("captions", "error", error=f"{error:.2g}")


def _apart(lesson: Lesson, errors: float) -> str:
    if not math.isfinite(errors):
        return ""
    side = lesson.say("captions", "above" if errors > 0 else "below")
    return lesson.say("captions", "apart", errors=f"{abs(errors):.1f}", side=side)


def _lost(
    lesson: Lesson,
    report: VanishingTailsReport,
    names: Sequence[str],
    comes_back: bool,
    generation: int,
) -> str:
    gone = report.newly_missing[generation]
    if generation == 0:
        return lesson.say("captions", "start", kinds=count(report.kinds))
    if not gone.size:
        return lesson.say("captions", "none_lost", generation=generation)
    called = [_called(lesson, names, int(kind)) for kind in gone[:MOST_NAMES]]
    more = gone.size - len(called)
    listed = ", ".join(called)
    if more:
        listed = lesson.say("captions", "and_more", names=listed, more=count(more))
    return lesson.say(
        "captions", "missing" if comes_back else "lost", generation=generation, names=listed
    )


def _called(lesson: Lesson, names: Sequence[str], kind: int) -> str:
    if not names:
        return lesson.say("captions", "rank", rank=count(kind + 1))
    name = names[kind].replace("*", "∗")  # two stars would mark what is bold
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _stages(lesson: Lesson, report: VanishingTailsReport) -> str:
    bands = {
        "early": report.early,
        "late": report.late,
    }
    reached = {name: found for name, found in bands.items() if found}
    if not reached:
        return lesson.say("sentences", "no_stage")
    return " ".join(
        lesson.say("sentences", name, first=found[0][0], last=found[-1][1])
        for name, found in reached.items()
    )


def _number(value: Any) -> str:
    """Return an average count: whole where it is large, one decimal where it is small."""
    number = float(np.asarray(value))
    return count(number) if number >= 999.5 or number == round(number) else f"{number:.1f}"
