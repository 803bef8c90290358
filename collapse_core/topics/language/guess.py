"""What a reader guesses of a text: the curve of the words that are left."""

from __future__ import annotations

from collections.abc import Sequence

from collapse_core.figures.guess_place import guessed_curve
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.language.report import LanguageReport
from collapse_core.topics.prediction import Prediction, side_of_curve, verdict_on_curve

__all__ = ["language_prediction"]


def language_prediction(lesson: Lesson, report: LanguageReport) -> Prediction:
    """Return the question for the curve of different words, or letters, that are left.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : LanguageReport
        The generations that are done; all of them, once the guess is judged.
    """
    asked, kinds = report.experiment, float(report.vocabulary[0])
    last, unit = asked.generations, asked.unit
    facts = {"generation": last, "kinds": kinds}
    place = guessed_curve(last, kinds, lesson.text("predict", f"label_{unit}"))

    def truth() -> list[float]:
        return [float(report.vocabulary[int(t)]) for t in place.at]

    def reveal(guess: Sequence[float]) -> str:
        return verdict_on_curve(lesson, f"reveal_{unit}", guess, truth(), kinds, **facts)

    question = lesson.say("predict", f"question_{unit}", facts)
    return Prediction(
        question, place, reveal, truth, lambda guess: side_of_curve(guess, truth(), kinds)
    )
