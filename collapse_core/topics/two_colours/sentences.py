"""What the page on two colours says about the picture it shows."""

from __future__ import annotations

import math
from typing import Any

from collapse_core import Law, Trajectory
from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import chance, percent, short
from collapse_core.theory.two_colours import AbsorptionTimes
from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.report import TwoColoursReport

SHARE_WORTH_A_REMARK = 0.2

__all__ = ["alt", "captions", "columns", "has_life", "notes", "reveal", "summary"]


def alt(
    lesson: Lesson,
    experiment: TwoColours,
    report: TwoColoursReport,
    rare: str,
    waiting: bool = False,
) -> str:
    """Return the picture in one sentence, for those who cannot see it."""
    values = {
        "rare": rare,
        "runs": report.runs,
        "generations": experiment.effective_generations,
        "share": percent(experiment.share),
    }
    if waiting:
        return lesson.say("predict", "alt", **values)
    lost = percent(float(report.lost[-1]) / report.runs)
    return lesson.fill(lesson.alt, "alt", **values, lost=lost)


def columns(lesson: Lesson, paths: Trajectory, law: Law, rare: str) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    headings = {name: lesson.say("columns", name, rare=rare) for name in lesson.words("columns")}
    return {
        headings["generation"]: range(paths.generations + 1),
        headings["mean"]: paths.mean.mean(axis=0),
        headings["median"]: paths.quantiles(0.5),
        headings["expected"]: law.mean,
        headings["lost"]: paths.lost.sum(axis=0),
        headings["chance"]: law.lost,
        headings["diversity"]: paths.diversity.mean(axis=0),
        headings["expected_diversity"]: law.diversity,
    }


def has_life(experiment: TwoColours) -> bool:
    """Return whether both colours live for an exactly known time, computed at once."""
    pure = experiment.policy in ("anchors", "weighted", "fraction") and not experiment.anchors
    small = experiment.effective_sample_size <= (1000 if experiment.temperature <= 1.0 else 300)
    return pure and small and 0.0 < experiment.share < 1.0


def captions(
    lesson: Lesson,
    report: TwoColoursReport,
    rare: str,
    comes_back: bool,
    waiting: bool = False,
) -> list[str]:
    """Return a sentence or two for every generation, to stand under the clock.

    While the reader is still to guess the chance of loss, only the shares are told.
    """
    spoken = []
    for generation in range(report.mean.size):
        mean = _mean(lesson, report, generation)
        lost = "" if waiting else _lost(lesson, report, rare, generation, comes_back) + " "
        spoken.append(lost + mean)
    return spoken


def summary(
    lesson: Lesson,
    experiment: TwoColours,
    report: TwoColoursReport,
    life: AbsorptionTimes | None,
    rare: str,
    comes_back: bool,
    waiting: bool = False,
) -> list[str]:
    """Return what can be said of the whole picture: lives, the highlighted run, what is censored.

    Parameters
    ----------
    life : AbsorptionTimes, optional
        How long both colours live, where that is finite and known.
    """
    spoken = [_fate(lesson, experiment, report, rare, comes_back)]
    if report.runs > 1:
        spoken.append(_typical(lesson, report, rare))
    if waiting:
        return spoken
    if life is not None and math.isfinite(life.mean) and not comes_back:
        kind = lesson.say("captions", "exact")
        spoken.append(
            lesson.say(
                "sentences",
                "life_exact",
                rare=rare,
                mean=short(life.mean),
                given_lost=short(life.given_lost),
                kind=kind,
            )
        )
    if report.censored and not comes_back:
        spoken.append(
            lesson.say(
                "sentences",
                "censored",
                censored=report.censored,
                runs=lesson.counted("captions", "runs", report.runs),
                rare=rare,
            )
        )
    if report.diversity is not None and report.expected_diversity is not None:
        spoken.append(
            lesson.say(
                "sentences",
                "diversity",
                diversity=percent(report.diversity),
                expected=percent(report.expected_diversity),
                kind=lesson.say("captions", "exact" if report.expected_exact else "approximation"),
            )
        )
    return spoken


def notes(lesson: Lesson, experiment: TwoColours, report: TwoColoursReport) -> list[str]:
    """Return what a reader should know about unusual settings."""
    said = []
    if experiment.share in (0.0, 1.0):
        said.append("one_colour")
    if experiment.anchors > experiment.effective_sample_size and experiment.policy == "anchors":
        said.append("more_anchors")
    if report.expected is None:
        said.append("no_law")
    elif not report.chance_exact:
        said.append("chain_too_long")
    return [
        lesson.say(
            "sentences",
            name,
            anchors=experiment.anchors,
            sample_size=experiment.effective_sample_size,
        )
        for name in said
    ]


def reveal(lesson: Lesson, guess: float, truth: float, exact: bool, rare: str) -> str:
    """Return the sentence that sets a guess beside the truth."""
    verdict = "close" if abs(guess - truth) <= 0.1 else "low" if guess < truth else "high"
    return lesson.say(
        "predict",
        "reveal",
        guess=percent(guess, 0),
        truth=percent(truth),
        kind=lesson.say("captions", "exact" if exact else "approximation"),
        verdict=lesson.say("predict", verdict, rare=rare),
    )


def _lost(
    lesson: Lesson, report: TwoColoursReport, rare: str, generation: int, comes_back: bool
) -> str:
    values = {
        "generation": generation,
        "after": lesson.counted("captions", "generations", generation),
        "lost": int(report.lost[generation]),
        "runs": lesson.counted("captions", "runs", report.runs),
        "rare": rare,
    }
    if report.chance is None or report.errors_apart is None:
        return lesson.say("captions", "unknown", **values)
    return lesson.say(
        "captions",
        "absent" if comes_back else "lost",
        **values,
        kind=lesson.say("captions", "exact" if report.chance_exact else "approximation"),
        chance=chance(float(report.chance[generation])),
        apart=_apart(lesson, float(report.errors_apart[generation])),
    )


def _apart(lesson: Lesson, errors: float) -> str:
    if errors == 0.0 or not math.isfinite(errors):
        return ""
    side = lesson.say("captions", "above" if errors > 0 else "below")
    return lesson.say("captions", "apart", errors=f"{abs(errors):.1f}", side=side)


def _mean(lesson: Lesson, report: TwoColoursReport, generation: int) -> str:
    values = {
        "mean": percent(float(report.mean[generation])),
        "share": percent(float(report.share[generation])),
    }
    if report.expected is None:
        return lesson.say("captions", "mean_unknown", **values)
    # The average is worth a remark once it hides something: many runs without blue.
    hides = report.lost[generation] >= SHARE_WORTH_A_REMARK * report.runs
    unmoved = hides and abs(float(report.expected[-1] - report.expected[0])) < 1e-9
    return lesson.say(
        "captions",
        "mean_unmoved" if unmoved and report.expected_exact else "mean",
        **values,
        kind=lesson.say("captions", "exact" if report.expected_exact else "approximation"),
        expected=percent(float(report.expected[generation])),
    )


def _fate(
    lesson: Lesson, experiment: TwoColours, report: TwoColoursReport, rare: str, comes_back: bool
) -> str:
    if report.first_lost is not None:
        name = "life_absent" if comes_back else "life_lost"
        return lesson.say("sentences", name, rare=rare, generation=report.first_lost)
    if report.first_taken_over is not None:
        return lesson.say(
            "sentences", "life_taken_over", rare=rare, generation=report.first_taken_over
        )
    after = lesson.counted("captions", "generations", experiment.effective_generations)
    return lesson.say("sentences", "life_alive", after=after)


def _typical(lesson: Lesson, report: TwoColoursReport, rare: str) -> str:
    percentile = report.percentile
    if report.level > 0:
        verdict = lesson.say("sentences", "typical_level", level=report.level)
    elif 10 <= percentile <= 90:
        verdict = lesson.say("sentences", "typical_middle")
    else:
        side = "typical_low" if percentile < 10 else "typical_high"
        verdict = lesson.say("sentences", side, rare=rare.capitalize())
    return lesson.say(
        "sentences",
        "typical",
        percentile=f"{percentile:.0f}",
        runs=lesson.counted("captions", "runs", report.runs),
        verdict=verdict,
    )
