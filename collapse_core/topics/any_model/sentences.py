"""What the page on any model says about the picture it shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from collapse_core.data.planar import LIMITS
from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import count, multiple, percent
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.report import AnyModelReport, expected_held, measured
from collapse_core.topics.any_model.steps import Birth, ModelStep

__all__ = [
    "MEASURED_RECALL",
    "RIGHT_ANSWER",
    "alt",
    "captions",
    "columns",
    "notes",
    "reveal",
    "side_alt",
    "side_captions",
    "side_labels",
    "summary",
]

RIGHT_ANSWER = "5"
MEASURED_RECALL = 0.07  # average of many runs of the question; a test repeats some
HIGH, LOW = 0.8, 0.5
DEAD = 10.0  # how many times further the truth is than the last generation


def alt(
    lesson: Lesson, experiment: AnyModel, report: AnyModelReport, steps: Sequence[ModelStep]
) -> str:
    """Return the picture in one sentence, for those who cannot see it."""
    return lesson.fill(
        lesson.alt,
        "alt",
        points=len(steps[-1].cloud),
        model=lesson.words("models")[experiment.model],
        done=report.done,
        generations=report.generations,
        held=steps[-1].held,
        modes=report.modes,
    )


def captions(
    lesson: Lesson, report: AnyModelReport, steps: Sequence[ModelStep], waiting: bool = False
) -> list[str]:
    """Return a sentence for every generation, to stand under the clock.

    While the reader is still to guess, no measure is told.
    """
    spoken = []
    for step in steps:
        after = lesson.counted("captions", "generations", step.number)
        values = {
            "after": after,
            "held": step.held,
            "modes": report.modes,
            "precision": percent(step.precision, 0),
            "recall": percent(step.recall, 0),
            "likelihood": _signed(step.log_likelihood),
            "birth": _birth(lesson, step.birth, step.number),
        }
        name = "truth" if step.number == 0 else "waiting" if waiting else "after"
        said = lesson.say("captions", name, **values)
        outside = float((np.abs(step.cloud) > LIMITS[1]).any(axis=1).mean())
        if outside > 0.01:
            said += lesson.say("captions", "outside", share=percent(outside, 0))
        spoken.append(said)
    return spoken


def summary(lesson: Lesson, report: AnyModelReport, steps: Sequence[ModelStep]) -> list[str]:
    """Return what can be said of what is computed so far."""
    last, done = steps[-1], report.done
    if done == 0:
        return [lesson.say("sentences", "partial_none")]
    if done < report.generations:
        opening = lesson.say("sentences", "so_far", done=done, generations=report.generations)
    else:
        after = lesson.counted("captions", "generations", done)
        opening = lesson.say("sentences", "finished", after=after)
    spoken = [opening, lesson.say("sentences", "held", held=last.held, modes=report.modes)]
    if report.expected_held is not None:
        expected = f"{report.expected_held[done]:.2f}"
        spoken.append(lesson.say("sentences", "held_exact", expected=expected))
    spoken += [_looks(lesson, last), _spread(lesson, report, last), _distances(lesson, last)]
    spoken.append(lesson.say("sentences", "rank", rank=f"{last.rank:.2f}"))
    return spoken


def notes(lesson: Lesson, experiment: AnyModel, report: AnyModelReport) -> list[str]:
    """Return what a reader should know about unusual settings."""
    said = []
    recipe = experiment.build_policy().recipe(experiment.sample_size)
    if recipe.synthetic == 0:
        said.append("all_real")
    if experiment.data == "own":
        if report.held_out < 100:
            said.append("few_held_out")
        if recipe.fresh:
            said.append("own_fresh")
    if experiment.model == "kernel" and experiment.bandwidth == 0.0:
        said.append("no_copies")
    points = experiment.sample_size
    if "own_fresh" in said and experiment.own is not None:
        points = len(experiment.own.training)
    return [
        lesson.say("notes", name, held_out=report.held_out, points=count(points)) for name in said
    ]


def reveal(lesson: Lesson, answer: str) -> str:
    """Return the sentence that sets a guess beside the truth."""
    exact = expected_held(AnyModel())
    assert exact is not None
    right = int(RIGHT_ANSWER)
    verdict = "close" if int(answer) == right else "low" if int(answer) < right else "high"
    return lesson.say(
        "predict",
        "reveal",
        guess=lesson.words("answers")[answer],
        exact=f"{exact[-1]:.2f}",
        recall=percent(MEASURED_RECALL, 0),
        verdict=lesson.say("predict", verdict),
    )


def columns(lesson: Lesson, report: AnyModelReport, steps: Sequence[ModelStep]) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    words, seen = lesson.words("columns"), len(steps)
    held, spread = report.expected_held, report.expected_spread
    values: dict[str, Any] = {
        "generation": range(seen),
        "held": measured(steps, "held").astype(int),
        "expected_held": None if held is None else held[:seen],
        "likelihood": measured(steps, "log_likelihood"),
        "precision": measured(steps, "precision"),
        "recall": measured(steps, "recall"),
        "local": measured(steps, "local"),
        "cumulative": measured(steps, "cumulative"),
        "rank": measured(steps, "rank"),
        "spread": measured(steps, "spread"),
        "expected_spread": None if spread is None else spread[:seen],
        "born_real": [step.birth.real for step in steps],
        "born_last": [step.birth.last for step in steps],
        "born_older": [step.birth.older for step in steps],
    }
    return {words[key]: column for key, column in values.items()}


def side_labels(lesson: Lesson, experiment: AnyModel, names: Sequence[str]) -> dict[str, str]:
    """Return the words of the small multiples, those of each panel by its name."""
    words = dict(lesson.words("sides"))
    if "anchors" in names:
        words["anchors"] = words["anchors"].format(anchors=count(experiment.anchors or 10))
    return words


def side_captions(
    lesson: Lesson,
    labels: Mapping[str, str],
    courses: Mapping[str, Sequence[ModelStep]],
    modes: int,
) -> list[str]:
    """Return one sentence per generation that all variants have reached."""
    ticks = min(len(steps) for steps in courses.values())
    spoken = []
    for tick in range(ticks):
        parts = [
            lesson.say(
                "sides",
                "part",
                variant=labels[name],
                held=steps[tick].held,
                modes=modes,
                recall=percent(steps[tick].recall, 0),
            )
            for name, steps in courses.items()
        ]
        after = lesson.counted("captions", "generations", tick)
        spoken.append(lesson.say("sides", "caption", after=after, parts="; ".join(parts)))
    return spoken


def side_alt(lesson: Lesson, experiment: AnyModel, ticks: int) -> str:
    """Return the small multiples in one sentence."""
    return lesson.say("sides", "alt", done=ticks - 1, generations=experiment.generations)


def _looks(lesson: Lesson, step: ModelStep) -> str:
    precise, whole = step.precision, step.recall
    if precise >= HIGH and whole >= HIGH:
        name = "both_high"
    elif precise >= HIGH and whole < LOW:
        name = "precise_not_whole"
    elif whole >= HIGH and precise < LOW:
        name = "whole_not_precise"
    elif precise < LOW and whole < LOW:
        name = "both_low"
    else:
        name = "middle"
    values = {"precision": percent(precise, 0), "recall": percent(whole, 0)}
    return lesson.say("sentences", name, **values)


def _spread(lesson: Lesson, report: AnyModelReport, step: ModelStep) -> str:
    spread = _share(step.spread)
    if report.expected_spread is None:
        return lesson.say("sentences", "spread_measured", spread=spread)
    expected = _share(float(report.expected_spread[step.number]))
    return lesson.say("sentences", "spread", spread=spread, expected=expected)


def _distances(lesson: Lesson, step: ModelStep) -> str:
    far = step.cumulative > 0.2 and step.cumulative > DEAD * step.local
    values = {"local": multiple(step.local), "cumulative": multiple(step.cumulative)}
    return lesson.say("sentences", "still" if far else "distance", **values)


def _birth(lesson: Lesson, birth: Birth, number: int) -> str:
    parts = [
        lesson.say("captions", f"birth_{kind}", count=count(rows), number=number - 1)
        for kind, rows in (("real", birth.real), ("last", birth.last), ("older", birth.older))
        if rows
    ]
    total = lesson.counted("captions", "points", birth.total)
    return lesson.say("captions", "birth", total=total, parts=", ".join(parts))


def _share(share: float) -> str:
    return percent(share) if share < 10.0 else f"{count(100.0 * share)} %"


def _signed(value: float) -> str:
    return "unknown" if math.isnan(value) else f"{value:.2f}".replace("-", "−")
