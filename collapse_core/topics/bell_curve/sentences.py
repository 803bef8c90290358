"""What the page on the bell curve says about its picture in one dimension."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import count, multiple, short
from collapse_core.theory.gaussian_refit import median_variance_approximation
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import BellCurveReport

__all__ = ["alt", "apart", "captions", "columns", "notes", "reveal", "summary"]

UNMOVED = 1e-9
NEUTRAL = 1e-4


def alt(lesson: Lesson, report: BellCurveReport, waiting: bool) -> str:
    """Return the picture in a sentence or two, for those who cannot see it."""
    generations = report.median.size - 1
    if waiting:
        return lesson.say("alts", "waiting", generations=generations)
    return lesson.fill(
        lesson.alt,
        "alt",
        runs=report.runs,
        generations=generations,
        median=multiple(float(report.median[-1])),
        average=multiple(float(report.average[-1])),
        distance=multiple(float(report.distance[-1])),
    )


def reveal(lesson: Lesson, guess: str, experiment: BellCurve) -> str:
    """Return the sentence that sets a guess beside the truth about the unbiased loop."""
    n, generations = max(2, experiment.sample_size), experiment.generations
    median = float(median_variance_approximation(n, generations, True)[-1])
    return lesson.say(
        "predict",
        "reveal",
        guess=lesson.say("predict", guess).rstrip("?"),
        verdict=lesson.say("predict", "right" if guess == "typical" else "wrong"),
        sample_size=count(n),
        after=lesson.counted("captions", "generations", generations),
        median=f"{median:.4f}" if 0.995 < median < 1 else multiple(median),
    )


def captions(
    lesson: Lesson, report: BellCurveReport, centers: Any, waiting: bool = False
) -> list[str]:
    """Return a sentence or two for every generation, to stand under the clock.

    Parameters
    ----------
    centers : sequence of float
        Mean of the highlighted run at each generation.
    """
    spoken = [lesson.say("captions", "start")]
    for generation in range(1, report.median.size):
        if waiting:
            spoken.append(
                lesson.say(
                    "captions",
                    "waiting",
                    after=lesson.counted("captions", "generations", generation),
                    mean=f"{centers[generation]:.2f}",
                    typical=multiple(float(report.typical[generation])),
                )
            )
        else:
            spoken.append(_caption(lesson, report, generation))
    return spoken


def _caption(lesson: Lesson, report: BellCurveReport, generation: int) -> str:
    values = {
        "after": lesson.counted("captions", "generations", generation),
        "average": multiple(float(report.average[generation])),
        "median": multiple(float(report.median[generation])),
        "typical": multiple(float(report.typical[generation])),
        "distance": multiple(float(report.distance[generation])),
        "step": multiple(float(report.step[generation - 1])),
        "expected": "unknown",
        "apart": "",
    }
    if report.expected is not None:
        values["expected"] = multiple(float(report.expected[generation]))
        values["apart"] = _average_apart(lesson, report, generation)
        if report.expected[generation] == 0.0:
            return lesson.say("captions", "gone", **values)
    exact = report.exact
    if exact is None:
        return lesson.say("captions", "mixed", **values)
    return lesson.say(
        "captions",
        "pure",
        **values,
        approximate=multiple(float(np.exp(min(exact.log_variance[generation], 700.0)))),
        risk=multiple(float(exact.risk[generation])),
        local=multiple(float(exact.local[generation - 1])),
    )


def _average_apart(lesson: Lesson, report: BellCurveReport, generation: int) -> str:
    if report.unseen_from is not None and generation >= report.unseen_from:
        return lesson.say("captions", "unseen")
    if not report.spread_settles or report.errors_apart is None:
        return ""
    return apart(lesson, float(report.errors_apart[generation]))


def apart(lesson: Lesson, errors: float) -> str:
    """Return how many standard errors something is away from its exact value, or nothing."""
    if not math.isfinite(errors) or abs(errors) < 0.05:
        return ""
    side = lesson.say("captions", "above" if errors > 0 else "below")
    return lesson.say("captions", "apart", errors=f"{abs(errors):.1f}", side=side)


def notes(
    lesson: Lesson, experiment: BellCurve, report: BellCurveReport, waiting: bool = False
) -> list[str]:
    """Return what a reader should know about unusual settings."""
    said, runs = [], lesson.counted("captions", "runs", report.runs)
    if experiment.sample_size == 1 and not experiment.anchors:
        said.append(lesson.say("notes", "one_point"))
    if experiment.sample_size == 2 and report.exact is not None:
        said.append(lesson.say("notes", "two_points", drift=_logarithm(report.exact.drift)))
    if experiment.anchors > experiment.sample_size:
        said.append(
            lesson.say(
                "notes",
                "more_anchors",
                anchors=experiment.anchors,
                sample_size=experiment.sample_size,
            )
        )
    if report.unseen_from is not None and not waiting:
        said.append(lesson.say("notes", "unseen", generation=report.unseen_from, runs=runs))
    if not report.spread_settles:
        said.append(lesson.say("notes", "unbounded_spread", runs=runs))
    return said


def summary(
    lesson: Lesson, experiment: BellCurve, report: BellCurveReport, waiting: bool = False
) -> list[str]:
    """Return what can be said of the whole picture."""
    spoken = []
    if not waiting:
        spoken = [_liar(lesson, report), *_drift(lesson, report)]
        spoken += [_settles(lesson, experiment, report), _balance(lesson, report)]
        spoken.append(_alike(lesson, report))
        if report.exact is None and experiment.sample_size > 1:
            spoken.append(lesson.say("sentences", "no_log_law"))
    spoken.append(
        lesson.say(
            "sentences",
            "highlighted",
            typical=multiple(float(report.typical[-1])),
            percentile=f"{report.percentile:.0f}",
            runs=lesson.counted("captions", "runs", report.runs),
        )
    )
    return [sentence for sentence in spoken if sentence]


def _liar(lesson: Lesson, report: BellCurveReport) -> str:
    if report.expected is None:
        return ""
    end = float(report.expected[-1])
    way = "stays" if abs(end - 1.0) < UNMOVED else "shrinks" if end < 1.0 else "grows"
    return lesson.say(
        "sentences",
        "liar",
        average_way=lesson.say("sentences", way),
        expected=multiple(end),
        median=multiple(float(report.median[-1])),
    )


def _drift(lesson: Lesson, report: BellCurveReport) -> list[str]:
    exact = report.exact
    if exact is None:
        return []
    expected = 1.0 if report.expected is None else float(report.expected[-1])
    if abs(exact.drift) < NEUTRAL and expected > 1.0:
        spread = short(float(exact.log_error[-1]))
        return [lesson.say("sentences", "neutral", spread=spread, expected=multiple(expected))]
    drift = f"{abs(exact.drift):.3g}" if abs(exact.drift) >= 1e-4 else "less than 0.0001"
    if exact.drift > 0:
        doubling = short(math.log(2.0) / exact.drift)
        return [lesson.say("sentences", "doubles", doubling=doubling, drift=drift)]
    measured = float(report.mean_log[-1])
    errors = float("nan")
    if math.isfinite(measured):
        error = float(exact.log_error[-1]) / math.sqrt(report.runs)
        errors = (measured - float(exact.log_variance[-1])) / error
    return [
        lesson.say(
            "sentences",
            "half_life",
            half_life=short(exact.half_life),
            drift=drift,
            mean_log=_logarithm(measured),
            exact_log=_logarithm(float(exact.log_variance[-1])),
            apart=apart(lesson, errors),
        )
    ]


def _logarithm(value: float) -> str:
    if not math.isfinite(value):
        return "below −745"
    return f"{value:.3g}".replace("-", "−") if abs(value) >= 0.001 else "under 0.001 from 0"


def _settles(lesson: Lesson, experiment: BellCurve, report: BellCurveReport) -> str:
    if report.settles_at is None:
        return ""
    if math.isinf(report.settles_at):
        return lesson.say("sentences", "unbounded")
    above = experiment.unbiased and experiment.fresh and report.settles_at > 1.0 + UNMOVED
    name = "overshoot" if above and experiment.temperature == 1.0 else "settles"
    return lesson.say("sentences", name, settles=multiple(report.settles_at))


def _balance(lesson: Lesson, report: BellCurveReport) -> str:
    if not report.is_conserved:
        return ""
    inside, outside = float(report.average[-1]), float(report.outside[-1])
    error = float(report.balance_error[-1])
    return lesson.say(
        "sentences",
        "conserved",
        inside=multiple(inside),
        outside=multiple(outside),
        total=multiple(inside + outside),
        error=lesson.say("sentences", "error", error=multiple(error))
        if math.isfinite(error)
        else "",
    )


def _alike(lesson: Lesson, report: BellCurveReport) -> str:
    if report.median.size < 3 or not report.step[-2] < 0.5 * report.step[0]:
        return ""
    step, distance = float(report.step[-2]), float(report.distance[-1])
    return lesson.say("sentences", "alike", step=multiple(step), distance=multiple(distance))


def columns(lesson: Lesson, report: BellCurveReport) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    exact, words = report.exact, lesson.words("columns")
    values = {
        "generation": range(report.median.size),
        "average": report.average,
        "expected": report.expected,
        "median": report.median,
        "approximate": None if exact is None else np.exp(np.minimum(exact.log_variance, 700.0)),
        "mean_log": report.mean_log,
        "exact_log": None if exact is None else exact.log_variance,
        "distance": report.distance,
        "risk": None if exact is None else exact.risk,
        "step": report.step,
        "local": None if exact is None else exact.local,
    }
    return {words[key]: column for key, column in values.items()}
