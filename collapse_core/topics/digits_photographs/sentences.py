"""What the page on digits and photographs says about the picture it shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import percent
from collapse_core.topics.digits_photographs.image_pair import IMAGE_SETS, classifier_of
from collapse_core.topics.digits_photographs.question import DigitsPhotographs, PairStep, course
from collapse_core.topics.digits_photographs.report import MEASURES, compare_kept, measure_rows

SHARP_ENOUGH = 0.6
OTHERS = ("error", "confidence", "entropy", "rank")

__all__ = [
    "after",
    "alt",
    "captions",
    "columns",
    "figure_words",
    "notes",
    "python_lines",
    "reveal",
    "summary",
]


def after(lesson: Lesson, experiment: DigitsPhotographs, count: int) -> str:
    """Return how far the loop is, in words."""
    return lesson.counted("captions", "passes" if experiment.chained else "generations", count)


def alt(lesson: Lesson, experiment: DigitsPhotographs, steps: Sequence[PairStep]) -> str:
    """Return the picture in one sentence, for those who cannot see it."""
    last = steps[-1]
    return lesson.fill(
        lesson.alt,
        "alt",
        passes=after(lesson, experiment, len(steps) - 1),
        kept_digits=percent(last["digits"].kept, 0),
        kept_photographs=percent(last["photographs"].kept, 0),
    )


def figure_words(lesson: Lesson, experiment: DigitsPhotographs) -> dict[str, str]:
    """Return the words of the figure."""
    words = dict(lesson.words("figure"))
    turn = words.pop("pass")
    if experiment.chained:
        words["generation"] = turn
    return words | {"clock": words["generation"].capitalize()}


def captions(
    lesson: Lesson, experiment: DigitsPhotographs, steps: Sequence[PairStep], waiting: bool
) -> list[str]:
    """Return one or two sentences per step; before the guess they tell no measure."""
    count = _images(experiment)
    spoken = [lesson.say("captions", "start")]
    for number, step in enumerate(steps[1:], start=1):
        said = after(lesson, experiment, number)
        if waiting:
            spoken.append(lesson.say("captions", "waiting", after=said))
            continue
        digits, photographs = (step[name] for name in IMAGE_SETS)
        expected = [side.expected_error for side in (digits, photographs)]
        exact = ""
        if not any(math.isnan(value) for value in expected):
            values = {
                name: f"{value:.2f}" for name, value in zip(IMAGE_SETS, expected, strict=True)
            }
            exact = lesson.say("captions", "exact", **values)
        spoken.append(
            lesson.say(
                "captions",
                "chain" if experiment.chained else "retraining",
                after=said,
                images=count,
                digits=percent(digits.kept, 0),
                photographs=percent(photographs.kept, 0),
                chance=percent((digits.chance + photographs.chance) / 2.0, 0),
                error_digits=f"{digits.error:.2f}",
                error_photographs=f"{photographs.error:.2f}",
                exact=exact,
            )
        )
    return spoken


def summary(lesson: Lesson, experiment: DigitsPhotographs, steps: Sequence[PairStep]) -> list[str]:
    """Return which set has lost more, what other measures say, and what is exact."""
    done, count = len(steps) - 1, _images(experiment)
    if done == 0:
        return [lesson.say("sentences", "start")]
    compared = compare_kept(steps, count)
    said = after(lesson, experiment, done)
    so_far = ""
    if done < experiment.total:
        so_far = lesson.say("captions", "so_far", total=experiment.total)
    spoken = [
        lesson.say(
            "sentences",
            compared.first,
            after=said,
            so_far=so_far,
            digits=percent(max(compared.digits, 0.0), 0),
            photographs=percent(max(compared.photographs, 0.0), 0),
            apart=f"{compared.apart:.1f}",
        )
    ]
    others = [row.first for row in measure_rows(steps) if row.name in OTHERS]
    spoken.append(
        lesson.say(
            "sentences",
            "others",
            agree=others.count("photographs"),
            against=others.count("digits"),
            tie=others.count("alike"),
        )
    )
    known = "exact" if experiment.is_exact else "measured"
    shown = "same_images" if experiment.chained else "new_images"
    return [*spoken, lesson.say("sentences", known), lesson.say("sentences", shown)]


def notes(lesson: Lesson, experiment: DigitsPhotographs) -> list[str]:
    """Return what a reader should know about unusual settings."""
    said = []
    if experiment.loop == "chain" and not experiment.chained:
        said.append(lesson.say("sentences", "mixture"))
    for name, images in experiment.image_sets().items():
        accuracy = classifier_of(images).held_out_accuracy
        if accuracy < SHARP_ENOUGH:
            told = percent(accuracy, 0)
            where = lesson.say("figure", name)
            said.append(lesson.say("sentences", "unreadable", accuracy=told, images=where))
    return said


def reveal(lesson: Lesson, guess: str, kept: dict[str, float]) -> str:
    """Return the sentence that sets a guess beside what was measured."""
    return lesson.say(
        "predict",
        "reveal",
        guess=lesson.say("predict", guess),
        digits=percent(kept["digits"], 0),
        photographs=percent(kept["photographs"], 0),
    )


def columns(lesson: Lesson, steps: Sequence[PairStep]) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    table: dict[str, Any] = {lesson.say("columns", "generation"): range(len(steps))}
    for measure in MEASURES:
        for name in IMAGE_SETS:
            values = course(steps, name, measure)
            if all(math.isnan(value) for value in values[1:]) and measure == "expected_error":
                continue
            heading = lesson.say(
                "columns",
                "heading",
                images=lesson.say("figure", name),
                measure=lesson.say("columns", measure),
            )
            table[heading] = values
    return table


def python_lines(experiment: DigitsPhotographs, tick: int) -> str:
    """Return the lines of Python that make the same run and draw it.

    Parameters
    ----------
    experiment : DigitsPhotographs
        What to run.
    tick : int
        Where the clock stands.
    """
    changes = ", ".join(f"{name}={value!r}" for name, value in experiment.changes().items())
    return f"""\
from collapse_core.topics.digits_photographs import DigitsPhotographs, digits_photographs_figure

experiment = DigitsPhotographs({changes})
steps = experiment.run()
figure = digits_photographs_figure(steps, experiment.generations)
figure.playable({tick}).show()
"""


def _images(experiment: DigitsPhotographs) -> int:
    return len(experiment.image_sets()["digits"].held_out_images)
