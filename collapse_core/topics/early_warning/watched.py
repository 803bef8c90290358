"""A history with what the monitor found in it, and what a picture and a table need of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.drift import DriftReport, Judged, Monitoring, monitoring
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.models.base import Report, no_report
from collapse_core.stepwise import all_steps
from collapse_core.topics.early_warning.histories import History, make_history
from collapse_core.topics.early_warning.question import WatchedHistory

__all__ = ["Watched", "monitoring_of", "report_history", "to_csv", "watched"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Watched:
    """A history, watched up to some generation.

    Parameters
    ----------
    history : History
        The rows.
    report : DriftReport
        What the monitor found so far.
    """

    history: History
    report: DriftReport

    @property
    def last(self) -> int:
        """The last generation that the monitor has seen."""
        return len(self.report.steps) - 1

    @property
    def total(self) -> int:
        """The last generation of the history."""
        return len(self.history.generations) - 1

    def real(self, t: int) -> Array:
        """Return the real rows that a generation is compared with."""
        return (
            self.history.references[t] if self.history.references else self.history.generations[0]
        )

    def series(self, path: str) -> Array:
        """Return one number of each generation so far, nan where there is none.

        Parameters
        ----------
        path : str
            Of the attribute in `Judged`, such as "cumulative.test.distance".
        """
        return np.array([step.number(path) for step in self.report.steps])

    def widths(self) -> Array:
        """Return how wide each generation is, times what it is compared with.

        The geometric mean over the axes of the pair: exp(ln det S2/S1 / (2 axes)). 0 where all rows
        are equal.
        """
        volume, axes = self.series("cumulative.test.volume"), self.series("cumulative.test.axes")
        found = np.exp(np.clip(volume / (2.0 * axes), -50.0, 50.0))
        found[self.series("effective_rank") == 0.0] = 0.0
        if not self.history.references:
            found[0] = 1.0
        return np.asarray(found)


def monitoring_of(history: History, seed: int = 1, false_alarm: float = 0.05) -> Monitoring:
    """Return the monitor's work on a history, one generation at a time.

    Parameters
    ----------
    history : History
        The rows.
    seed, false_alarm
        As for `monitor`.
    """
    return monitoring(
        history.generations, history.references or None, seed, false_alarm, labels=history.labels
    )


def watched(history: History, work: Monitoring, steps: Sequence[Judged]) -> Watched:
    """Return a history with what was found up to the last of these steps."""
    return Watched(history, work.report(steps))


def report_history(asked: WatchedHistory, report: Report = no_report) -> Watched:
    """Return a history and what the monitor finds in all of it.

    Parameters
    ----------
    asked : WatchedHistory
        The settings.
    report : callable
        Is told how much is done, 0 to 1; it may raise to stop the work.
    """
    history = make_history(asked)
    work = monitoring_of(history, asked.seed, asked.false_alarm)
    return watched(history, work, all_steps(work, report))


def to_csv(asked: WatchedHistory, found: Watched) -> str:
    """Return the monitor's table with all settings in its header.

    Parameters
    ----------
    asked : WatchedHistory
        The settings.
    found : Watched
        What was found.
    """
    report = found.report
    told = {"alarm": report.alarm, "direction": report.direction}
    return table_as_csv(report.table(), {**asked.settings(), **told})
