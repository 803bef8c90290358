"""What a reader guesses of a polluted web: how much diversity its last model keeps."""

from __future__ import annotations

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.polluted_web.report import WebReport
from collapse_core.topics.prediction import Prediction, share_prediction

__all__ = ["polluted_web_prediction"]


def polluted_web_prediction(lesson: Lesson, report: WebReport) -> Prediction:
    """Return the question for the diversity that is left in the last year, on average.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : WebReport
        The web; its runs have the answer where nothing exact is known.
    """
    last, law = report.experiment.generations, report.law
    runs = float(report.runs.diversity[:, -1].mean())
    answer = float(law.diversity[-1]) if law.exact else runs
    facts = {
        "years": last,
        "web": float(report.known.contamination[-1]),
        "training": float(law.contamination[-1]),
    }
    reveal = "reveal" if law.exact else "reveal_sampled"
    return share_prediction(lesson, float(last), answer, facts, reveal)
