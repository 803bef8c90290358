"""What the page on one real point says about the picture it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import chance, count, multiple, percent
from collapse_core.topics.one_real_point.doses import SampledDoses
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.report import FamilyRow, OneRealPointReport

CLOSE = 0.1
SLOW = 3.0

__all__ = [
    "alt",
    "captions",
    "columns",
    "family_table",
    "notes",
    "points",
    "reveal",
    "summary",
    "value",
]


def value(lesson: Lesson, number: float, drift: bool = False) -> str:
    """Return a share of the truth's diversity, or a multiple of its variance, in words."""
    if math.isinf(number):
        return lesson.say("family_table", "no_bound")
    if drift:
        return multiple(number)
    return percent(number) if number < 10.0 else f"{count(100.0 * number)} %"


def points(lesson: Lesson, experiment: OneRealPoint) -> str:
    """Return the number of real points with its noun."""
    if experiment.anchors == 0:
        return lesson.say("captions", "points_fresh_none")
    kind = "points_fresh" if experiment.fresh else "points_fixed"
    return lesson.counted("captions", kind, experiment.anchors)


def alt(lesson: Lesson, experiment: OneRealPoint, report: OneRealPointReport) -> str:
    """Return the picture in one sentence, for those who cannot see it."""
    return lesson.fill(
        lesson.alt,
        "alt",
        limit=value(lesson, report.limit, report.drift),
        count=points(lesson, experiment),
        runs=report.runs,
        generations=report.generations,
    )


def captions(
    lesson: Lesson, experiment: OneRealPoint, report: OneRealPointReport, waiting: bool = False
) -> list[str]:
    """Return a sentence or two for every generation, to stand under the clock.

    While the reader is still to guess, no average is told.
    """
    spoken = []
    for generation in range(report.generations + 1):
        after = lesson.counted("captions", "generations", generation)
        run = value(lesson, float(report.run[generation]), report.drift)
        if waiting:
            spoken.append(lesson.say("captions", "waiting", after=after, run=run))
            continue
        absent = _absent(lesson, experiment, report, generation)
        spoken.append(_average(lesson, report, generation, after, run) + absent)
    return spoken


def summary(
    lesson: Lesson,
    experiment: OneRealPoint,
    report: OneRealPointReport,
    long_run_absence: float | None,
    doses: SampledDoses | None,
) -> list[str]:
    """Return the fine print: what is kept, whether a loss is final, how fast, what it is worth.

    Parameters
    ----------
    long_run_absence : float, optional
        How often blue is absent in the long run, where that is known.
    doses : SampledDoses, optional
        The dots of the first panel.
    """
    spoken = [lesson.say("sentences", "fine_print"), _limit(lesson, experiment, report)]
    if experiment.anchors:
        spoken += [
            _fate(lesson, experiment, report, long_run_absence),
            _time(lesson, experiment, report),
        ]
    if experiment.anchors and experiment.fresh and report.worth >= 1.0:
        worth = multiple(round(report.worth, 2))
        spoken.append(lesson.say("sentences", "worth", worth=worth))
    if report.runs > 1:
        runs = lesson.counted("captions", "runs", report.runs)
        percentile = f"{report.percentile:.0f}"
        spoken.append(lesson.say("sentences", "typical", percentile=percentile, runs=runs))
    if doses is not None:
        longest = int(doses.generations.max())
        spoken.append(lesson.say("sentences", "dots", longest=longest))
    return spoken


def notes(
    lesson: Lesson, experiment: OneRealPoint, report: OneRealPointReport, exact_chain: bool
) -> list[str]:
    """Return what a reader should know about unusual settings."""
    said = []
    if not report.trusted:
        said.append("heavy" if experiment.anchors else "heavy_none")
    if experiment.anchors > experiment.sample_size:
        said.append("more_anchors")
    if experiment.family == "bernoulli" and not exact_chain:
        said.append("chain_too_long")
    return [
        lesson.say(
            "sentences",
            name,
            tail="unknown" if math.isnan(report.tail) else f"{report.tail:.3g}",
            anchors=experiment.anchors,
            sample_size=count(experiment.sample_size),
        )
        for name in said
    ]


def reveal(lesson: Lesson, guess: float, truth: float) -> str:
    """Return the sentence that sets a guess beside the truth."""
    verdict = "close" if abs(guess - truth) <= CLOSE else "low" if guess < truth else "high"
    return lesson.say(
        "predict",
        "reveal",
        guess=percent(guess, 0),
        truth=percent(truth),
        verdict=lesson.say("predict", verdict),
    )


def columns(lesson: Lesson, report: OneRealPointReport) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    values = {
        "generation": range(report.generations + 1),
        "measured": report.measured,
        "error": report.error,
        "median": report.median,
        "expected": report.expected,
        "pure": report.pure,
        "absent": report.absent,
        "chance": report.absent_chance,
    }
    return {lesson.say("columns", name): column for name, column in values.items()}


def family_table(lesson: Lesson, rows: Sequence[FamilyRow]) -> dict[str, list[str]]:
    """Return the table of all families, by the heading of its columns."""
    words = lesson.words("family_table")
    names = lesson.words("families")

    def seen(row: FamilyRow) -> str:
        if row.trusted:
            return str(words["light"])
        if math.isnan(row.tail):
            return str(words["unpulled"])
        return lesson.say("family_table", "heavy", tail=f"{row.tail:.3g}")

    return {
        words["family"]: [names[row.family] for row in rows],
        words["fresh_kept"]: [value(lesson, row.fresh_kept) for row in rows],
        words["fresh_variance"]: [_plain(lesson, row.fresh_variance) for row in rows],
        words["fixed_kept"]: [value(lesson, row.fixed_kept) for row in rows],
        words["fixed_variance"]: [_plain(lesson, row.fixed_variance) for row in rows],
        words["tail"]: [seen(row) for row in rows],
    }


def _plain(lesson: Lesson, number: float) -> str:
    return lesson.say("family_table", "no_bound") if math.isinf(number) else f"{number:.5g}"


def _average(
    lesson: Lesson, report: OneRealPointReport, generation: int, after: str, run: str
) -> str:
    measured, expected = float(report.measured[generation]), float(report.expected[generation])
    error, drift = float(report.error[generation]), report.drift
    return lesson.say(
        "captions",
        "drift" if drift else "kept",
        after=after,
        measured=value(lesson, measured, drift),
        error=value(lesson, error, drift),
        expected=value(lesson, expected, drift),
        apart=_apart(lesson, measured - expected, error) if report.trusted else "",
        median=value(lesson, float(report.median[generation]), drift),
        run=run,
        pure=value(lesson, float(report.pure[generation]), drift),
    )


def _apart(lesson: Lesson, difference: float, error: float) -> str:
    if not (math.isfinite(difference) and math.isfinite(error)) or error <= 0.0:
        return ""
    apart = difference / error
    if abs(difference) < 1e-12 or abs(apart) > 99.0:
        return ""
    side = lesson.say("captions", "above" if apart > 0 else "below")
    return lesson.say("captions", "apart", errors=f"{abs(apart):.1f}", side=side)


def _absent(
    lesson: Lesson, experiment: OneRealPoint, report: OneRealPointReport, generation: int
) -> str:
    if report.absent is None:
        return ""
    known = ""
    if report.absent_chance is not None:
        exact = chance(float(report.absent_chance[generation]))
        known = lesson.say("captions", "absent_chance", chance=exact)
    what = "blue_absent" if experiment.family == "bernoulli" else "only_zeros"
    return lesson.say(
        "captions",
        "absent",
        what=lesson.say("captions", what),
        count=int(report.absent[generation]),
        runs=lesson.counted("captions", "runs", report.runs),
        chance=known,
    )


def _limit(lesson: Lesson, experiment: OneRealPoint, report: OneRealPointReport) -> str:
    unbounded = math.isinf(report.limit)
    if experiment.anchors == 0:
        name = "limit_none_drift" if report.drift else "limit_none"
    elif unbounded:
        name = "limit_unbounded"
    elif report.drift:
        name = "limit_drift"
    else:
        name = "limit_over" if report.limit > 1.0 else "limit_kept"
    limit = value(lesson, report.limit, report.drift)
    return lesson.say("sentences", name, points=points(lesson, experiment).rstrip(","), limit=limit)


def _fate(
    lesson: Lesson,
    experiment: OneRealPoint,
    report: OneRealPointReport,
    long_run_absence: float | None,
) -> str:
    if experiment.fresh:
        if long_run_absence is None:
            return lesson.say("sentences", "fate_fresh")
        absent = percent(long_run_absence)
        return lesson.say("sentences", "fate_fresh_absent", absent=absent)
    if report.collapse == 0.0:
        return lesson.say("sentences", "fate_fixed_never")
    if report.collapse >= 1.0 - 1e-12:
        return lesson.say("sentences", "fate_fixed_surely")
    return lesson.say("sentences", "fate_fixed", chance=chance(report.collapse))


def _time(lesson: Lesson, experiment: OneRealPoint, report: OneRealPointReport) -> str:
    if not experiment.fresh or math.isinf(report.half_life):
        return lesson.say("sentences", "time_fixed")
    slow = report.half_life > SLOW * experiment.generations
    half = count(max(1.0, report.half_life))
    name = "time_unsettled" if slow else "time"
    return lesson.say("sentences", name, half=half, generations=experiment.generations)
