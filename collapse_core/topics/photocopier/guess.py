"""What a reader guesses of a copier: how far a copy is from the original."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.photocopier.report import CopiesReport
from collapse_core.topics.prediction import Prediction, side_of

__all__ = ["photocopier_prediction"]

CLOSE = 2.0  # grey levels


def photocopier_prediction(
    lesson: Lesson, report: CopiesReport, facts: dict[str, Any]
) -> Prediction:
    """Return the question for the distance of the last copy from the original.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : CopiesReport
        The copies.
    facts : dict
        What the sentences of the last copy tell.
    """
    truth = float(report.cumulative[-1])
    question = lesson.say("predict", "question", facts)
    place = GuessPlace(
        at=[report.copies.passes],
        start=[0.3 * report.farthest],
        low=0.0,
        high=report.farthest,
        step=0.5,
        labels=[question],
        digits=1,
        unit=lesson.text("predict", "unit"),
    )

    def judge(guess: Sequence[float]) -> str:
        return side_of(guess[0], truth, CLOSE)

    def reveal(guess: Sequence[float]) -> str:
        known = facts | {"guess": guess[0], "answer": truth}
        said = lesson.say("predict", "reveal", known)
        return f"{said} {lesson.say('predict', judge(guess), known)}"

    return Prediction(question, place, reveal, lambda: [truth], judge)
