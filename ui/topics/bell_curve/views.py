"""The three pictures of the page on the bell curve, each with all that is said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.moving import MovingFigure
from collapse_core.lessons.table_text import runs_as_csv
from collapse_core.topics.bell_curve import (
    BellCurve,
    bell_curve_figure,
    bell_kernel_figure,
    bell_spectrum_figure,
)
from collapse_core.topics.bell_curve.guess import bell_curve_prediction
from collapse_core.topics.bell_curve.sentences import (
    BellCurveSentences,
    KernelSentences,
    Sentences,
    SpectrumSentences,
)
from collapse_core.topics.prediction import Prediction
from collapse_core.topics.python_code import shared_python
from ui.page import Page
from ui.runs import sampled_runs
from ui.topics.bell_curve.runs import bell_curve_report, kernel_report, spectrum_report

__all__ = ["BellView", "kernel", "one_dimension", "python_of", "several_dimensions"]

# The figure of each picture, what makes the numbers for it, and what they are called.
_LINES = {
    "one": ("bell_curve_figure", "run_bell_curve", "paths, report"),
    "several": ("bell_spectrum_figure", "report_spectrum", "report"),
    "kernel": ("bell_kernel_figure", "report_kernel", "report"),
}


@dataclass(frozen=True)
class BellView:
    """What makes a picture, what is said and asked of it, and what makes a table of its runs."""

    moving: Callable[[], MovingFigure]
    spoken: Sentences
    csv: Callable[[], str]
    asked: Prediction | None = None


def one_dimension(page: Page[BellCurve], experiment: BellCurve) -> BellView:
    """Return the picture of a fitted mean and variance."""
    paths = sampled_runs(experiment.loop(), experiment.runs, experiment.seed)
    report = bell_curve_report(experiment, page["percentile"])
    spoken = BellCurveSentences(page.lesson, experiment, report, page.waiting)
    asked = bell_curve_prediction(page.lesson, report)
    options: dict[str, Any] = {"look": page.look, "hidden": page.hidden, "guess": asked.place}
    return BellView(
        lambda: bell_curve_figure(paths, report, alt=spoken.alt(), **options),
        spoken,
        paths.to_csv,
        asked,
    )


def several_dimensions(page: Page[BellCurve], experiment: BellCurve) -> BellView:
    """Return the picture of a fitted covariance."""
    report = spectrum_report(experiment, page["percentile"])
    spoken = SpectrumSentences(page.lesson, experiment, report)
    look = page.look
    return BellView(
        lambda: bell_spectrum_figure(report, look=look, alt=spoken.alt()),
        spoken,
        _csv(page, experiment, "rank", report.rank),
    )


def kernel(page: Page[BellCurve], experiment: BellCurve) -> BellView:
    """Return the picture of points that are resampled and blurred."""
    report = kernel_report(experiment, page["percentile"])
    spoken = KernelSentences(page.lesson, experiment, report)
    look = page.look
    return BellView(
        lambda: bell_kernel_figure(report, look=look, alt=spoken.alt()),
        spoken,
        _csv(page, experiment, "variance", report.variance),
    )


def python_of(picture: str, experiment: BellCurve, percentile: float, tick: int) -> str:
    """Return the lines of Python that run an experiment and draw one of its pictures."""
    figure, maker, made = _LINES[picture]
    line = f"{made} = {maker}(experiment, percentile={percentile})"
    return shared_python(experiment, figure, [line], made, tick, names=[maker])


def _csv(
    page: Page[BellCurve], experiment: BellCurve, quantity: str, runs: NDArray[np.float64]
) -> Callable[[], str]:
    said = {"quantity": page.lesson.text("csv", quantity), "experiment": experiment}
    return lambda: runs_as_csv(runs, said)
