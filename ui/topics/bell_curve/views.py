"""The three pictures of the page on the bell curve, each with all that is said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from collapse_core.figures.moving import MovingFigure
from collapse_core.topics.bell_curve import kernel_sentences as bell_kernel
from collapse_core.topics.bell_curve import sentences as bell_curve
from collapse_core.topics.bell_curve import spectrum_sentences as bell_spectrum
from collapse_core.topics.bell_curve.code import runs_as_csv
from collapse_core.topics.bell_curve.figure import bell_curve_figure
from collapse_core.topics.bell_curve.kernel_figure import bell_kernel_figure
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.spectrum_figure import bell_spectrum_figure
from ui.runs import bell_curve_report, kernel_report, sampled_runs, spectrum_report
from ui.shell import Page

__all__ = ["BellView", "kernel", "one_dimension", "several_dimensions"]


@dataclass(frozen=True)
class BellView:
    """A picture with its words.

    Parameters
    ----------
    moving : MovingFigure
        The picture.
    captions, notes, sentences : list of str
        A sentence per generation, what to know of the settings, and what the picture shows.
    columns : mapping
        Its numbers, by the heading of their column.
    csv : callable
        Makes a table of all runs.
    """

    moving: MovingFigure
    captions: list[str]
    notes: list[str]
    sentences: list[str]
    columns: Mapping[str, Any]
    csv: Callable[[], str]


def one_dimension(page: Page, experiment: BellCurve, percentile: float, waiting: bool) -> BellView:
    """Return the picture of a fitted mean and variance."""
    lesson = page.lesson
    paths = sampled_runs(experiment.loop(), experiment.runs, experiment.seed)
    report = bell_curve_report(experiment, percentile)
    moving = bell_curve_figure(
        paths,
        report,
        look=page.look,
        hidden=lesson.say("predict", "hidden") if waiting else None,
        alt=bell_curve.alt(lesson, report, waiting),
    )
    centers = paths.mean[report.highlighted, :, 0].tolist()
    return BellView(
        moving,
        bell_curve.captions(lesson, report, centers, waiting),
        bell_curve.notes(lesson, experiment, report, waiting),
        bell_curve.summary(lesson, experiment, report, waiting),
        {} if waiting else bell_curve.columns(lesson, report),
        paths.to_csv,
    )


def several_dimensions(page: Page, experiment: BellCurve, percentile: float) -> BellView:
    """Return the picture of a fitted covariance."""
    lesson = page.lesson
    report = spectrum_report(experiment, percentile)
    return BellView(
        bell_spectrum_figure(report, look=page.look, alt=bell_spectrum.alt(lesson, report)),
        bell_spectrum.captions(lesson, report),
        bell_spectrum.notes(lesson, experiment, report),
        bell_spectrum.summary(lesson, experiment, report),
        bell_spectrum.columns(lesson, report),
        lambda: runs_as_csv(experiment, "effective rank", report.rank),
    )


def kernel(page: Page, experiment: BellCurve, percentile: float) -> BellView:
    """Return the picture of points that are resampled and blurred."""
    lesson = page.lesson
    with st.spinner(lesson.say("notes", "working")):
        report = kernel_report(experiment, percentile)
    return BellView(
        bell_kernel_figure(report, look=page.look, alt=bell_kernel.alt(lesson, report)),
        bell_kernel.captions(lesson, report),
        bell_kernel.notes(lesson, experiment, report),
        bell_kernel.summary(lesson, experiment, report),
        bell_kernel.columns(lesson, report),
        lambda: runs_as_csv(experiment, "variance of the points", report.variance),
    )
