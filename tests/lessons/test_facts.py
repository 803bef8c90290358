"""Facts are the numbers of reports, by name."""

from dataclasses import dataclass

import numpy as np

from collapse_core.lessons.facts import curves_at, numbers_of


@dataclass(frozen=True)
class Report:
    runs: int
    limit: float | None
    median: np.ndarray
    every_run: np.ndarray
    note: str = "words"


REPORT = Report(3, None, np.array([1.0, 0.5]), np.ones((3, 2)))


def test_numbers_and_what_is_unknown_are_facts():
    assert numbers_of(REPORT, None) == {"runs": 3, "limit": None}


def test_curves_are_facts_at_each_generation():
    assert curves_at(1, None, REPORT) == {"median": 0.5}
    assert isinstance(curves_at(0, REPORT)["median"], float)
