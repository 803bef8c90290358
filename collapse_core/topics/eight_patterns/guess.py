"""What a reader guesses of a cloud: which of its three measures grow, and which shrink."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.eight_patterns.figure import HIGHEST, LOWEST
from collapse_core.topics.eight_patterns.report import MEASURES, CloudReport
from collapse_core.topics.prediction import Prediction

__all__ = ["eight_patterns_prediction"]


def eight_patterns_prediction(lesson: Lesson, report: CloudReport) -> Prediction:
    """Return the question for where the three measures end, 1 being as at the start.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : CloudReport
        The cloud.
    """
    names = [lesson.text("figure", f"{name}_short") for name in MEASURES]
    place = GuessPlace(
        at=[1.0, 2.0, 3.0],
        start=[1.0] * len(MEASURES),
        low=LOWEST,
        high=HIGHEST,
        step=0.05,
        labels=[lesson.text("predict", name) for name in MEASURES],
        names=names,
        scale="log",
    )
    truth = report.patterns[-1]

    def right_in(guess: Sequence[float]) -> int:
        signs = [int(np.sign(np.log(value))) for value in guess]
        return sum(a == b for a, b in zip(signs, truth.signs, strict=True))

    def reveal(guess: Sequence[float]) -> str:
        right = right_in(guess)
        facts = {
            "right": right,
            "name": lesson.text("names", truth.name),
            **dict(zip(MEASURES, (change.ratio for change in truth.changes), strict=True)),
        }
        return lesson.say("predict", "all" if right == len(MEASURES) else "reveal", facts)

    return Prediction(
        lesson.say("predict", "question"),
        place,
        reveal,
        lambda: [float(change.ratio) for change in truth.changes],
        lambda guess: "close" if right_in(guess) == len(MEASURES) else "wrong",
    )
