"""The two pictures of the page on exponential families: one family, or all ten side by side."""

from __future__ import annotations

from collections.abc import Callable

from collapse_core.figures.moving import MovingFigure
from collapse_core.topics.exponential_families.figure import exponential_families_figure
from collapse_core.topics.exponential_families.overview_figure import exponential_overview_figure
from collapse_core.topics.exponential_families.question import FAMILY_CHOICES, ExponentialFamilies
from collapse_core.topics.exponential_families.report import DiversityReport
from collapse_core.topics.exponential_families.sentences import FamilySentences
from ui.runs import diversity_report, exact_law, sampled_runs
from ui.shell import Page

__all__ = ["all_families", "one_family", "reports_of_all"]

Drawn = tuple[MovingFigure, Callable[[int], str]]


def reports_of_all(
    experiment: ExponentialFamilies, percentile: float
) -> dict[str, DiversityReport]:
    """Return the reports of all families on one seed."""
    return {
        name: diversity_report(
            experiment.of(name).loop(), experiment.runs, experiment.seed, percentile
        )
        for name in FAMILY_CHOICES
    }


def one_family(page: Page, spoken: FamilySentences) -> Drawn:
    """Return the picture of one family: diversity, mean parameter, and the model itself."""
    lesson, experiment, report = page.lesson, spoken.experiment, spoken.report
    loop = experiment.loop()
    before = experiment.undoubled().loop() if experiment.doubled else None
    moving = exponential_families_figure(
        sampled_runs(loop, experiment.runs, experiment.seed),
        exact_law(loop),
        report.highlighted,
        look=page.look,
        compared=None if before is None else exact_law(before),
        hidden=lesson.say("predict", "hidden") if spoken.waiting else None,
        alt=spoken.alt(),
    )
    return moving, lambda tick: experiment.python(report.highlighted, 50, tick)


def all_families(page: Page, spoken: FamilySentences, percentile: float) -> Drawn:
    """Return the picture of all families on one seed, in small panels."""
    lesson, experiment = page.lesson, spoken.experiment
    moving = exponential_overview_figure(
        spoken.reports,
        names=spoken.panel_names(),
        look=page.look,
        hidden=lesson.say("predict", "hidden") if spoken.waiting else None,
        alt=spoken.alt(),
    )
    return moving, lambda tick: experiment.python(0, percentile, tick, side_by_side=True)
