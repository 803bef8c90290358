"""An example of a table that the page reads: the retrained Gaussian."""

from __future__ import annotations

import csv
import io

from collapse_core.topics.early_warning.histories import make_history
from collapse_core.topics.early_warning.question import WatchedHistory

__all__ = ["example_table"]


def example_table() -> str:
    """Return a table of 8 generations of 100 rows, as CSV with a column "generation"."""
    history = make_history(WatchedHistory(sample_size=100, generations=8))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    width = history.generations[0].shape[1]
    table.writerow(["generation", *(f"feature_{place + 1}" for place in range(width))])
    for number, rows in enumerate(history.generations):
        table.writerows([number, *(f"{value:.4f}" for value in row)] for row in rows)
    return text.getvalue()
