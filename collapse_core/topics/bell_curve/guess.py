"""What a reader guesses of the bell curve: the variance of the run in the middle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.bell_curve.report import BellCurveReport
from collapse_core.topics.prediction import Prediction, side_of

__all__ = ["GUESSED_LOGARITHMS", "bell_curve_prediction"]

# The axis while it is to be guessed, whatever the answer: ln of the variance.
GUESSED_LOGARITHMS = (-6.0, 6.0)
CLOSE = 0.25


def bell_curve_prediction(lesson: Lesson, report: BellCurveReport) -> Prediction:
    """Return the question for the median of the fitted variances at the last generation.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : BellCurveReport
        What the runs and the law say.
    """
    last = report.typical.size - 1
    # The sentences below the picture tell the same number: what is known, before what is sampled.
    known = report.median if report.exact is None else report.exact.approximate
    facts: dict[str, Any] = {
        "t": last,
        "median": float(known[-1]),
        "average": float(report.average[-1]),
    }
    facts["expected"] = None if report.expected is None else float(report.expected[-1])
    low, high = GUESSED_LOGARITHMS
    place = GuessPlace(
        at=[last],
        start=[0.0],
        low=low,
        high=high,
        step=0.05,
        labels=[lesson.say("predict", "label", facts)],
        scale="ln",
    )

    said = "reveal" if report.exact is None else "reveal_approximate"
    said = said if report.expected is not None else "reveal_sampled"

    truth = math.log(facts["median"]) if facts["median"] > 0.0 else -math.inf

    def judge(guess: Sequence[float]) -> str:
        return side_of(guess[0], truth, CLOSE)

    def reveal(guess: Sequence[float]) -> str:
        told = facts | {"guess": math.exp(guess[0])}
        return f"{lesson.say('predict', said, told)} {lesson.say('predict', judge(guess), told)}"

    question = lesson.say("predict", "question", facts)
    return Prediction(question, place, reveal, lambda: [truth], judge)
