"""The report of the monitor: what was found, why, as a table and as a page."""

from __future__ import annotations

from dataclasses import dataclass

from collapse_core.drift.columns import columns_of, settings_of
from collapse_core.drift.findings import Findings
from collapse_core.drift.page import page_of
from collapse_core.drift.sentences import reasons_of
from collapse_core.lessons.table_text import table_as_csv

__all__ = ["DriftReport"]


@dataclass(frozen=True)
class DriftReport(Findings):
    """What the monitor found in a series of generations; parameters as `Findings`."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, in sentences: what was found, what was compared, what was left out."""
        return reasons_of(self)

    def table(self) -> dict[str, list[float]]:
        """Return one column for each series and floor, with nan where there is nothing."""
        return columns_of(self)

    def to_csv(self) -> str:
        """Return the table as CSV, with the settings and the reasons in lines that begin with #."""
        found = {"alarm": self.alarm, "direction": self.direction, **settings_of(self)}
        reasons = {f"reason {n}": text for n, text in enumerate(self.reasons, start=1)}
        return table_as_csv(self.table(), {**found, **reasons})

    def to_html(self, title: str = "") -> str:
        """Return one page with verdict, reasons, pictures and table, which opens offline.

        Parameters
        ----------
        title : str
            Of the page; it is shown as it is, never as markup.
        """
        return page_of(self, self.reasons, title)
