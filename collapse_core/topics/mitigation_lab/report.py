"""What the lab found: who kept how much of what, at what price, and what is beyond noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_array, shown
from collapse_core.checks.messages import refusal
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.models.base import Report, no_report
from collapse_core.topics.mitigation_lab.course import Course, family_course
from collapse_core.topics.mitigation_lab.question import CONTROL, MEASURES, MitigationLab
from collapse_core.topics.mitigation_lab.row_course import row_courses

__all__ = ["Difference", "LabReport", "frontier", "report_lab", "to_csv"]

Array = NDArray[np.float64]

LEVEL = 0.95


@dataclass(frozen=True)
class Difference:
    """A paired difference: the same seeds with one remedy and with another.

    Parameters
    ----------
    mean : float
        Average over the runs.
    reach : float
        Half the width of its 95 % interval by Student's t; NaN with a single run.
    """

    mean: float
    reach: float

    @property
    def beyond_noise(self) -> bool:
        """Whether the interval leaves out 0; one run never tells."""
        return abs(self.mean) > self.reach


@dataclass(frozen=True, eq=False)
class LabReport:
    """Remedies that were tried on the same seeds.

    Parameters
    ----------
    experiment : MitigationLab
        What was asked.
    control : Course
        Pure replacement.
    courses : tuple of Course
        The remedies, in the order of the lab.
    """

    experiment: MitigationLab
    control: Course
    courses: tuple[Course, ...]

    @property
    def measure(self) -> str:
        """The measure that is looked at."""
        return self.experiment.measure

    @cached_property
    def everyone(self) -> tuple[Course, ...]:
        """The remedies, and the control at the end."""
        return (*self.courses, self.control)

    def paid(self, course: Course, kind: str = "") -> Array:
        """Return what a remedy has cost until each generation, shape (generations + 1,).

        Parameters
        ----------
        course : Course
            Of this report.
        kind : str
            ``"real"``, ``"stored"`` or ``"fitted"``; the price that is asked for if left out.
        """
        asked = self.experiment
        return course.treatment.price(kind or asked.price, asked.points, asked.last)

    def loss(self, course: Course, t: int) -> Array:
        """Return how far each run is from the truth at generation t: less is better.

        A distance is that itself. More diversity, or more tail, than the truth has is no gain:
        where the average is above 1, what is above counts.
        """
        values = course.values[self.measure][:, t]
        if self.measure == "distance":
            return values
        return np.asarray((values - 1.0) if values.mean() > 1.0 else (1.0 - values))

    def ranked(self, t: int) -> list[Course]:
        """Return all courses, the best of generation t first."""
        return sorted(self.everyone, key=lambda course: float(self.loss(course, t).mean()))

    def unbeaten(self, t: int) -> list[Course]:
        """Return what nothing beats at generation t, by ascending price of the kind asked for."""
        prices = [float(self.paid(course)[t]) for course in self.everyone]
        kept = [-float(self.loss(course, t).mean()) for course in self.everyone]
        return [self.everyone[place] for place in frontier(prices, kept)]

    def lead(self, one: Course, other: Course, t: int) -> Difference:
        """Return by how much one course is ahead of another at generation t, run by run."""
        apart = self.loss(other, t) - self.loss(one, t)
        if len(apart) < 2:
            return Difference(float(apart.mean()), float("nan"))
        from scipy.stats import t as student

        error = float(apart.std(ddof=1) / np.sqrt(len(apart)))
        factor = float(student.ppf(0.5 + LEVEL / 2.0, len(apart) - 1))
        return Difference(float(apart.mean()), factor * error)

    def leads(self, one: Course, other: Course) -> tuple[Array, Array]:
        """Return `lead` at every generation: means and reaches, shape (generations + 1,)."""
        found = [self.lead(one, other, t) for t in range(self.experiment.last + 1)]
        return np.array([d.mean for d in found]), np.array([d.reach for d in found])

    def rows(self, t: int) -> list[dict[str, Any]]:
        """Return the table of generation t: what each kept, exactly and sampled, at what price."""
        found = []
        for course in self.everyone:
            row: dict[str, Any] = {"remedy": course.name}
            for measure in MEASURES:
                exact = course.exact[measure]
                row[measure] = float(course.average(measure)[t])
                row[f"{measure}_exact"] = None if exact is None else float(exact[t])
            for kind in ("real", "stored", "fitted"):
                row[kind] = float(self.paid(course, kind)[t])
            found.append(row)
        return found


def report_lab(experiment: MitigationLab, report: Report = no_report) -> LabReport:
    """Try the chosen remedies and the control.

    Parameters
    ----------
    experiment : MitigationLab
        What is asked.
    report : callable
        Is told how much of the work is done, 0 to 1; it may raise to stop it.
    """
    names = (*experiment.chosen, CONTROL)
    if experiment.sees_rows:
        courses = row_courses(experiment, names, report)
    else:
        courses = []
        for number, name in enumerate(names, 1):
            courses.append(family_course(experiment, name))
            report(number / len(names))
    return LabReport(experiment, courses[-1], tuple(courses[:-1]))


def frontier(prices: Sequence[float], values: Sequence[float]) -> list[int]:
    """Return the places of what nothing beats: whatever is as cheap is worse.

    Parameters
    ----------
    prices : sequence of float
        Less is better.
    values : sequence of float
        More is better.

    Returns
    -------
    list of int
        By ascending price.

    Raises
    ------
    ValueError
        If they are not as many prices as values, in a list of numbers each.
    """
    paid, worth = _in_a_list("prices", prices), _in_a_list("values", values)
    if paid.size != worth.size:
        raise ValueError(
            f"prices has {paid.size} numbers and values {worth.size}: there must be one price for "
            "each value. Give as many of both."
        )
    kept: list[int] = []
    for place in np.lexsort((-worth, paid)).tolist():
        if not kept or worth[place] > worth[kept[-1]]:
            kept.append(place)
    return kept


def _in_a_list(name: str, values: Sequence[float]) -> Array:
    numbers = check_array(name, values)
    if numbers.ndim != 1 or np.isnan(numbers).any():
        raise refusal(name, shown(values), "a list of numbers, none of them NaN", "Give a list.")
    return numbers


def to_csv(report: LabReport) -> str:
    """Return every measure of every run: one row per remedy, run and generation."""
    columns: dict[str, list[Any]] = {
        name: [] for name in ("generation", "remedy", "run", *MEASURES)
    }
    for course in report.everyone:
        runs, ticks = course.values["diversity"].shape
        columns["remedy"] += [course.name] * (runs * ticks)
        columns["run"] += np.repeat(np.arange(runs), ticks).tolist()
        columns["generation"] += np.tile(np.arange(ticks), runs).tolist()
        for measure in MEASURES:
            columns[measure] += course.values[measure].ravel().tolist()
    return table_as_csv(columns, report.experiment.settings())
