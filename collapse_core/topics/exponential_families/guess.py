"""What a reader guesses of a family: where its average diversity goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.exponential_families.report import DiversityReport
from collapse_core.topics.prediction import Prediction

__all__ = ["GUESSED_POWERS", "exponential_families_prediction"]

# The axis while it is to be guessed, whatever the answer: powers of ten of the truth's diversity.
GUESSED_POWERS = (-3, 2)
SAME = 0.05
_ORDER = ("lower", "same", "higher")


def exponential_families_prediction(
    lesson: Lesson, report: DiversityReport, facts: dict[str, Any]
) -> Prediction:
    """Return the question for the average diversity at the last generation.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : DiversityReport
        What the runs and the law of the family say.
    facts : dict
        What the sentences of the page tell besides.
    """
    low, high = (10.0**power for power in GUESSED_POWERS)
    question = lesson.say("predict", "question", facts)
    place = GuessPlace(
        at=[report.average.size - 1],
        start=[1.0],
        low=low,
        high=high,
        step=0.05,
        labels=[question],
        scale="log",
        unit=lesson.text("predict", "unit"),
    )

    def judge(guess: Sequence[float]) -> str:
        said, answer = (_ORDER.index(one) for one in (_direction(guess[0]), report.direction()))
        return "close" if said == answer else "low" if said < answer else "high"

    def reveal(guess: Sequence[float]) -> str:
        answer, value = report.direction(), guess[0]
        cases = ("reveal", f"truth_{answer}", "right" if judge(guess) == "close" else "wrong")
        return " ".join(lesson.say("predict", case, facts, guess=value) for case in cases)

    return Prediction(question, place, reveal, lambda: [float(report.expected[-1])], judge)


def _direction(value: float) -> str:
    """Return where a guessed diversity is, as `DiversityReport.direction` says it of the truth."""
    return "same" if abs(value - 1.0) <= SAME else "lower" if value < 1.0 else "higher"
