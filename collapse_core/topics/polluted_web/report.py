"""What is read off a web: its runs, what is known of them, and when the quality line is crossed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.measures.monte_carlo import middle_of_runs
from collapse_core.models.base import Report, no_report
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.web import (
    Composition,
    Crossing,
    ReserveWorth,
    WebLaw,
    WebRuns,
    composition,
    expected_web,
    first_crossing,
    paired_worth,
    simulate_web,
)

__all__ = ["COMPARED_RESERVE", "WebReport", "report_web", "to_csv", "yearly"]

Array = NDArray[np.float64]
IN_A_ROW = 3  # years below the line, so that one poor crawl is no crossing
COMPARED_RESERVE = 50  # what a reserve would be worth is told for this one, where there is none


@dataclass(frozen=True, eq=False)
class WebReport:
    """A web over its years.

    Parameters
    ----------
    experiment : PollutedWeb
        What was asked.
    runs, law, known : WebRuns, WebLaw, Composition
        Sampled runs, what is known without sampling, and who wrote what.
    crossing : Crossing
        When runs fall below the quality line.
    worth : ReserveWorth
        What the reserve is worth; or one of ``COMPARED_RESERVE`` items, where there is none.
    """

    experiment: PollutedWeb
    runs: WebRuns
    law: WebLaw
    known: Composition
    crossing: Crossing
    worth: ReserveWorth

    def run_at(self, percentile: float) -> int:
        """Return the run whose diversity stands at a percentile of all runs at the end.

        Runs level there are ranked by their average diversity until then.

        Raises
        ------
        ValueError
            If the percentile is not a number from 0 to 100.
        """
        percentile = check_number("percentile", percentile, 0.0, 100.0)
        diversity = self.runs.diversity
        order = np.lexsort((diversity.mean(axis=1), diversity[:, -1]))
        return int(order[round(percentile / 100.0 * (len(order) - 1))])

    @property
    def typical_errors(self) -> tuple[Array, Array]:
        """Root mean squared errors of the runs, true and measured, in the truth's deviations."""
        found = (self.runs.error, self.runs.measured)
        true, measured = (np.sqrt(squares.mean(axis=0)) for squares in found)
        return true, measured


def report_web(experiment: PollutedWeb, report: Report = no_report) -> WebReport:
    """Return what is read off a web.

    Parameters
    ----------
    experiment : PollutedWeb
        The settings.
    report : callable
        Is told how much is done, 0 to 1.
    """
    asked, other = experiment.web(), 0 if experiment.reserve else COMPARED_RESERVE
    runs = simulate_web(asked, experiment.runs, experiment.seed)
    report(0.5)
    others = simulate_web(experiment.web(reserve=other), experiment.runs, experiment.seed)
    pair = (runs, others) if experiment.reserve else (others, runs)
    return WebReport(
        experiment,
        runs,
        expected_web(asked),
        composition(asked),
        first_crossing(runs.diversity, experiment.line, min(IN_A_ROW, experiment.generations)),
        paired_worth(*pair),
    )


def yearly(report: WebReport) -> dict[str, Any]:
    """Return every curve of the picture by its name, shape (years + 1,) each."""
    runs, law = report.runs, report.law
    true, measured = report.typical_errors
    return {
        "generation": range(report.experiment.generations + 1),
        "web": report.known.contamination,
        "training": law.contamination,
        "training_sampled": runs.contamination.mean(axis=0),
        "size": report.known.sizes,
        "diversity": runs.diversity.mean(axis=0),
        "diversity_known": law.diversity,
        "group": middle_of_runs(runs.group),
        "true_error": true,
        "true_known": np.sqrt(np.maximum(law.error, 0.0)),
        "measured_error": measured,
        "measured_known": np.sqrt(np.maximum(law.measured, 0.0)),
        "crossed": report.crossing.share_by_year,
        "worth": report.worth.mean,
        "worth_known": report.worth.expected,
    }


def to_csv(report: WebReport) -> str:
    """Return every curve as a table, with all settings in its header."""
    # The web with its crawler is what other pages call a policy.
    settings = report.experiment.settings() | {"policy": repr(report.runs.web)}
    return table_as_csv(yearly(report), settings)
