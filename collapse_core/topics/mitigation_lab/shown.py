"""What is shown of the mitigation lab."""

from __future__ import annotations

from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.mitigation_lab.figure import mitigation_lab_figure
from collapse_core.topics.mitigation_lab.guess import mitigation_lab_prediction
from collapse_core.topics.mitigation_lab.question import MitigationLab
from collapse_core.topics.mitigation_lab.report import LabReport, report_lab, to_csv
from collapse_core.topics.mitigation_lab.sentences import MitigationLabSentences
from collapse_core.topics.python_code import redrawn
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "show_mitigation_lab"]


def show_mitigation_lab(
    lesson: Lesson,
    experiment: MitigationLab,
    view: Experiment,
    report: LabReport,
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    asked = mitigation_lab_prediction(lesson, report)
    # Only once something is asked is there anything to wait for.
    spoken = MitigationLabSentences(lesson, report, waiting and asked is not None)
    return Shown(
        figure=partial(mitigation_lab_figure, report),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: to_csv(report),
        python=redrawn(experiment, mitigation_lab_figure, report_lab),
        start=experiment.last,
        last=experiment.last,
        asked=asked,
        notes=lambda _: spoken.notes(),
        details=spoken.details,
    )


TOPICS = (
    Topic(
        "mitigation_lab",
        MitigationLab,
        lambda asked, _, report: report_lab(asked, report),
        show_mitigation_lab,
    ),
)
