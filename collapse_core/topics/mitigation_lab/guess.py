"""What a reader guesses of the lab: how much the first remedy keeps."""

from __future__ import annotations

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.mitigation_lab.report import LabReport
from collapse_core.topics.prediction import Prediction, share_prediction

__all__ = ["mitigation_lab_prediction"]


def mitigation_lab_prediction(lesson: Lesson, report: LabReport) -> Prediction | None:
    """Return the question for what the first remedy keeps; None where that is no share.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : LabReport
        The remedies; its runs have the answer where nothing exact is known.
    """
    measure, last = report.measure, report.experiment.last
    if measure == "distance" or not report.courses:
        return None
    first = report.courses[0]
    exact = first.exact[measure]
    runs = float(first.average(measure)[last])
    facts = {
        "remedy": lesson.text("names", first.name),
        "measured": lesson.text("measured", measure),
        "generations": last,
        "control": float(report.control.average(measure)[last]),
    }
    answer = runs if exact is None else float(exact[last])
    reveal = "reveal_sampled" if exact is None else "reveal"
    return share_prediction(lesson, float(last), answer, facts, reveal)
