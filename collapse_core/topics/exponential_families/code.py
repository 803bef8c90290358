"""The lines of Python that redraw all families side by side."""

from __future__ import annotations

from collapse_core.topics.exponential_families.question import ExponentialFamilies

__all__ = ["python_code_of_families"]


def python_code_of_families(experiment: ExponentialFamilies, percentile: float, tick: int) -> str:
    """Return the lines that run all exponential families and draw them side by side.

    Parameters
    ----------
    experiment : ExponentialFamilies
        What to run; its own family does not matter.
    percentile : float
        Which run of each family is followed.
    tick : int
        Where the clock stands.
    """
    changes = ", ".join(f"{name}={value!r}" for name, value in experiment.changes().items())
    return f"""\
from collapse_core.topics.exponential_families import (
    ExponentialFamilies,
    exponential_overview_figure,
)
from collapse_core.topics.exponential_families.report import reports_side_by_side

experiment = ExponentialFamilies({changes})
reports = reports_side_by_side(experiment, percentile={percentile!r})
figure = exponential_overview_figure(reports)
figure.playable({tick}).show()
"""
