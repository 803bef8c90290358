"""What is shown of the bell curve: in one dimension, in several, or by a kernel model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.table_text import runs_as_csv
from collapse_core.models.base import Report
from collapse_core.topics.bell_curve.figure import bell_curve_figure
from collapse_core.topics.bell_curve.guess import bell_curve_prediction
from collapse_core.topics.bell_curve.kernel import KernelReport, report_kernel
from collapse_core.topics.bell_curve.kernel_figure import bell_kernel_figure
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import BellCurveReport, run_bell_curve
from collapse_core.topics.bell_curve.sentences import (
    BellCurveSentences,
    KernelSentences,
    Sentences,
    SpectrumSentences,
)
from collapse_core.topics.bell_curve.spectrum import SpectrumReport, report_spectrum
from collapse_core.topics.bell_curve.spectrum_figure import bell_spectrum_figure
from collapse_core.topics.class_chains import Chains, WithChains, chains_argument
from collapse_core.topics.experiment import Followed
from collapse_core.topics.python_code import shared_python
from collapse_core.topics.shown import Shown, Topic
from collapse_core.topics.swept import FAMILY_SWEPT
from collapse_core.trajectory import Trajectory

__all__ = ["TOPICS", "BellView", "show_bell_curve"]

# The figure of each picture, what makes the numbers for it, and what they are called.
_LINES = {
    "one": ("bell_curve_figure", "run_bell_curve", "paths, report"),
    "several": ("bell_spectrum_figure", "report_spectrum", "report"),
    "kernel": ("bell_kernel_figure", "report_kernel", "report"),
}


@dataclass(frozen=True)
class BellView(Followed):
    """Which picture is looked at, and which run is followed in it."""

    picture: Literal["one", "several", "kernel"] = "one"


def find_bell_curve(experiment: BellCurve, view: BellView, report: Report) -> Any:
    """Return the numbers of one picture."""
    if view.picture == "several":
        return report_spectrum(experiment, view.percentile, report)
    if view.picture == "kernel":
        return report_kernel(experiment, view.percentile)
    return run_bell_curve(experiment, view.percentile)


def show_bell_curve(
    lesson: Lesson,
    experiment: BellCurve,
    view: BellView,
    found: Any,
    waiting: bool = False,
    *,
    chains: Chains | None = None,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess.

    Parameters
    ----------
    lesson, experiment, view, waiting
        As for every topic.
    found : tuple of Trajectory and BellCurveReport, or SpectrumReport, or KernelReport
        The numbers of the picture: "one", "several" or "kernel".
    chains : tuple of tuple of float, optional
        Spreads of a class's chains; only the first picture shows them.
    """
    drawn: dict[str, Callable[..., dict[str, Any]]] = {
        "one": _one,
        "several": _several,
        "kernel": _kernel,
    }
    parts = drawn[view.picture](lesson, experiment, found, waiting)
    spoken: Sentences = parts["spoken"]
    figure, maker, made = _LINES[view.picture]
    line, drawn_from = f"{made} = {maker}(experiment, percentile={view.percentile})", made
    if view.picture == "one" and chains:
        parts["figure"] = partial(parts["figure"], chains=chains)
        parts["spoken"] = WithChains(spoken, lesson, chains)
        drawn_from += chains_argument(chains)
    return Shown(
        columns=lambda _: spoken.columns(),
        python=lambda tick: shared_python(
            experiment, figure, [line], drawn_from, tick, names=[maker]
        ),
        start=experiment.generations,
        last=experiment.generations,
        notes=lambda _: spoken.notes(),
        details=spoken.details,
        **parts,
    )


def _one(
    lesson: Lesson,
    experiment: BellCurve,
    found: tuple[Trajectory, BellCurveReport],
    waiting: bool,
) -> dict[str, Any]:
    paths, report = found
    return {
        "figure": partial(bell_curve_figure, paths, report),
        "spoken": BellCurveSentences(lesson, experiment, report, waiting),
        "csv": paths.to_csv,
        "asked": bell_curve_prediction(lesson, report),
    }


def _several(
    lesson: Lesson, experiment: BellCurve, report: SpectrumReport, waiting: bool
) -> dict[str, Any]:
    return {
        "figure": partial(bell_spectrum_figure, report),
        "spoken": SpectrumSentences(lesson, experiment, report),
        "csv": _csv(lesson, experiment, "rank", report.rank),
    }


def _kernel(
    lesson: Lesson, experiment: BellCurve, report: KernelReport, waiting: bool
) -> dict[str, Any]:
    return {
        "figure": partial(bell_kernel_figure, report),
        "spoken": KernelSentences(lesson, experiment, report),
        "csv": _csv(lesson, experiment, "variance", report.variance),
    }


def _csv(
    lesson: Lesson, experiment: BellCurve, quantity: str, runs: NDArray[np.float64]
) -> Callable[[], str]:
    said = {"quantity": lesson.text("csv", quantity), "experiment": experiment}
    return lambda: runs_as_csv(runs, said)


TOPICS = (
    Topic(
        "bell_curve",
        BellCurve,
        find_bell_curve,
        show_bell_curve,
        BellView,
        swept=FAMILY_SWEPT,
    ),
)
