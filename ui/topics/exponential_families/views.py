"""The two pictures of the page on exponential families: one family, or all ten side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from collapse_core.figures.moving import MovingFigure
from collapse_core.topics.exponential_families import sentences
from collapse_core.topics.exponential_families.code import python_code_of_families
from collapse_core.topics.exponential_families.figure import exponential_families_figure
from collapse_core.topics.exponential_families.overview_figure import exponential_overview_figure
from collapse_core.topics.exponential_families.question import FAMILY_CHOICES, ExponentialFamilies
from collapse_core.topics.exponential_families.report import DiversityReport
from collapse_core.topics.python_code import python_code
from ui.runs import diversity_report, exact_law, sampled_runs
from ui.shell import Page

__all__ = ["FamilyView", "all_families", "one_family"]


@dataclass(frozen=True)
class FamilyView:
    """A picture with its words.

    Parameters
    ----------
    moving : MovingFigure
        The picture.
    captions : list of str
        A sentence per generation.
    columns : callable
        From the generation shown to the numbers, by the heading of their column.
    python : callable
        From the generation shown to the lines of Python that redraw the picture.
    """

    moving: MovingFigure
    captions: list[str]
    columns: Callable[[int], Mapping[str, Any]]
    python: Callable[[int], str]


def one_family(
    page: Page, experiment: ExponentialFamilies, report: DiversityReport, waiting: bool
) -> FamilyView:
    """Return the picture of one family: diversity, mean parameter, and the model itself."""
    lesson, loop = page.lesson, experiment.loop()
    before = experiment.undoubled().loop() if experiment.doubled else None
    moving = exponential_families_figure(
        sampled_runs(loop, experiment.runs, experiment.seed),
        exact_law(loop),
        report.highlighted,
        look=page.look,
        labels=lesson.words("figure"),
        compared=None if before is None else exact_law(before),
        hidden=lesson.say("predict", "hidden") if waiting else None,
        alt=sentences.alt(lesson, experiment, report),
    )
    return FamilyView(
        moving,
        sentences.captions(lesson, experiment, report, waiting),
        columns=lambda tick: sentences.columns(lesson, report),
        python=lambda tick: python_code(
            loop,
            experiment.runs,
            experiment.seed,
            "collapse_core.topics.exponential_families",
            "exponential_families_figure",
            f"paths, law, {report.highlighted}",
            tick,
        ),
    )


def all_families(
    page: Page, experiment: ExponentialFamilies, percentile: float, waiting: bool
) -> FamilyView:
    """Return the picture of all families on one seed, in small panels."""
    lesson = page.lesson
    reports: dict[str, DiversityReport] = {
        name: diversity_report(
            experiment.of(name).loop(), experiment.runs, experiment.seed, percentile
        )
        for name in FAMILY_CHOICES
    }
    moving = exponential_overview_figure(
        sentences.panel_names(lesson, reports, experiment.family),
        look=page.look,
        labels=lesson.words("figure"),
        hidden=lesson.say("predict", "hidden") if waiting else None,
        alt=sentences.alt_all(lesson, reports),
    )
    return FamilyView(
        moving,
        sentences.captions_all(lesson, experiment, reports, waiting),
        columns=lambda tick: sentences.columns_all(lesson, experiment, reports, tick),
        python=lambda tick: python_code_of_families(experiment, percentile, tick),
    )
