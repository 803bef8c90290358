"""What a reader guesses of two colours: the chance that the rare one is lost."""

from __future__ import annotations

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.prediction import Prediction, share_prediction
from collapse_core.topics.two_colours.report import TwoColoursReport

__all__ = ["ASKED", "two_colours_prediction"]

ASKED = 50


def two_colours_prediction(lesson: Lesson, report: TwoColoursReport, rare: str) -> Prediction:
    """Return the question for the chance of loss by generation 50, or the last one before.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : TwoColoursReport
        Of the runs; where no chance is known theirs is the answer.
    rare : str
        What the watched colour is called.
    """
    asked = min(ASKED, report.mean.size - 1)
    chance = report.chance
    truth = float(report.lost[asked]) / report.runs if chance is None else float(chance[asked])
    known = "exact" if report.chance_exact else "approximate"
    facts = {"rare": rare, "generation": asked}
    return share_prediction(lesson, asked, truth, facts, f"reveal_{known}")
