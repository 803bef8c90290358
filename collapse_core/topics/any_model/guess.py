"""What a reader guesses of any model: how many of the places are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from collapse_core.figures.guess_place import guessed_share
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.any_model.report import AnyModelReport
from collapse_core.topics.prediction import Prediction, side_of

__all__ = ["any_model_prediction"]

CLOSE = 1.0


def any_model_prediction(lesson: Lesson, report: AnyModelReport) -> Prediction:
    """Return the question for the number of places that are left at the end.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : AnyModelReport
        What is measured and known.
    """
    asked, facts = report.experiment, report.facts()
    places = asked.source().modes.count
    facts |= {"places": places, "generations": asked.generations}
    question = lesson.say("predict", "question", facts)
    place = replace(
        guessed_share(asked.generations, question),
        step=0.25 / places,
        factor=float(places),
        digits=1,
        unit=lesson.say("predict", "unit", facts),
    )

    def truth() -> list[float]:
        return [float(report.facts()["held"]) / places]

    def judge(guess: Sequence[float]) -> str:
        return side_of(guess[0] * places, truth()[0] * places, CLOSE)

    def reveal(guess: Sequence[float]) -> str:
        said, held = guess[0] * places, float(report.facts()["held"])
        told = facts | {"guess": said, "held": held}
        exact = facts["expected_held"] is not None
        first = lesson.say("predict", "reveal_exact" if exact else "reveal", told)
        return f"{first} {lesson.say('predict', judge(guess), told)}"

    return Prediction(question, place, reveal, truth, judge)
