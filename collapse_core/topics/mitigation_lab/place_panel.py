"""Where a judge with a taste of its own leads: the mean of the models, and the judge's centre."""

from __future__ import annotations

import numpy as np

from collapse_core import ClosedLoop
from collapse_core.families.judged import favourite
from collapse_core.figures.scene import Scene, time_axis
from collapse_core.recipe import Judge
from collapse_core.theory.judged import judged_course
from collapse_core.topics.mitigation_lab.course import Course
from collapse_core.topics.mitigation_lab.question import MitigationLab
from collapse_core.topics.mitigation_lab.remedies import truth_of
from collapse_core.topics.mitigation_lab.report import LabReport

__all__ = ["draw_place", "judged_mean", "judges_centre"]

ROOM = 0.12  # of the height, above and below


def judges_centre(experiment: MitigationLab) -> float | None:
    """Return what the judge likes best, as a value of the mean; None where that is no number.

    Two colours: yellow alone, so a share of blue of 0. The Gaussian: one standard deviation to
    the right of the truth.
    """
    if experiment.model == "colours":
        return 0.0
    if experiment.model != "gaussian":
        return None
    return float(favourite(truth_of("gaussian"), Judge(1.0, 1.0)))


def judged_mean(experiment: MitigationLab, course: Course) -> tuple[np.ndarray, bool] | None:
    """Return the expected mean under the judge, and whether it is exact; None where unknown.

    For the Gaussian it is the course with unlimited samples, under taste alone.
    """
    last, centre = experiment.last, judges_centre(experiment)
    if experiment.model == "colours":
        mean = (
            ClosedLoop(truth_of("colours"), course.treatment.policy, experiment.sample_size, last)
            .exact()
            .mean
        )
        return None if mean is None else (mean, True)
    taste_alone = experiment.accept_right == experiment.accept_wrong
    if centre is None or not taste_alone:
        return None
    return judged_course(0.0, 1.0, centre, experiment.bias, last)[0], False


def draw_place(scene: Scene, report: LabReport, hidden: str | None) -> None:
    """Add the panel, if a judge is there and its models have a mean of one number.

    Parameters
    ----------
    scene : Scene
        What it is added to.
    report : LabReport
        The remedies.
    hidden : str, optional
        Words over it while the answer is to be guessed.
    """
    asked = report.experiment
    centre, last = judges_centre(asked), asked.last
    judged = [course for course in report.courses if course.name == "judge"]
    if not judged or centre is None or judged[0].place is None or report.control.place is None:
        return
    truth = float(np.ravel(truth_of(asked.model).truth)[0])
    runs = judged[0].place
    middle, beside = runs.mean(axis=0), report.control.place.mean(axis=0)
    low, high = min(truth, centre, float(middle.min())), max(truth, centre, float(middle.max()))
    room = ROOM * (high - low)
    ends = (low - room, high + room)
    share = asked.model == "colours"
    panel = scene.panel(
        f"place_{asked.model}", "generation", x=time_axis(last), hidden=hidden,
        y={"range": list(ends), "nticks": 6} | ({"tickformat": ".0%"} if share else {}),
        hover="%{y:.1%}" if share else "%{y:.3f}",
    )  # fmt: skip
    panel.runs(np.clip(runs, *ends))
    panel.line("truth", [truth] * 2, [0, last], hover=None)
    panel.line("centre", [centre] * 2, [0, last], style=("collapse", 1.0, "longdash"), hover=None,
               at_curve=0.9)  # fmt: skip
    panel.line("control", np.clip(beside, *ends), style=("muted", 0.9, "dot"))
    panel.line("mean", middle, style=("blue", 1.2, "solid"))
    if (known := judged_mean(asked, judged[0])) is not None:
        panel.known(*known, at_curve=0.5)
    panel.hand(middle, ends)
