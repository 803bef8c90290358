"""What a reader guesses of vanishing tails: the curve of the kinds that are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from collapse_core.figures.guess_place import guessed_curve
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.prediction import Prediction, side_of_curve, verdict_on_curve
from collapse_core.topics.vanishing_tails.report import VanishingTailsReport

__all__ = ["vanishing_tails_prediction"]


def vanishing_tails_prediction(
    lesson: Lesson, report: VanishingTailsReport, log_axes: bool = False
) -> Prediction:
    """Return the question for the curve of survivors.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : VanishingTailsReport
        What runs and law say; the law's curve is the answer, or the average of the runs.
    log_axes : bool
        Whether the curve is drawn on a logarithmic axis.
    """
    last, kinds = report.mean.size - 1, report.kinds
    facts = {"generation": last, "kinds": kinds}
    label = lesson.text("predict", "label")
    place = guessed_curve(last, float(kinds), label)
    if log_axes:
        place = replace(place, scale="log", low=1.0, step=0.05)

    truth = [report.share_left(int(t)) * kinds for t in place.at]

    def reveal(guess: Sequence[float]) -> str:
        known = f"reveal_{report.known_by}"
        return verdict_on_curve(lesson, known, guess, truth, float(kinds), **facts)

    question = lesson.say("predict", "question", facts)
    return Prediction(
        question, place, reveal, lambda: truth, lambda guess: side_of_curve(guess, truth, kinds)
    )
