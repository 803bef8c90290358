"""What is measured in a cloud that crumples, and what its change is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.geometry import Pattern, Shape, measure, name_pattern
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.models.base import Report, no_report
from collapse_core.topics.eight_patterns.question import CrumpledCloud

__all__ = ["MEASURES", "CloudReport", "report_cloud", "report_of_clouds", "to_csv"]

Array = NDArray[np.float64]

MEASURES = ("local", "effective", "spread")
DRAWN = 300


@dataclass(frozen=True, eq=False)
class CloudReport:
    """A cloud over its generations.

    Parameters
    ----------
    places : ndarray, shape (generations + 1, drawn, 3)
        Some points along the three main axes of the first cloud.
    shapes : tuple of Shape
        The measures of each generation.
    patterns : tuple of Pattern
        How each generation differs from the first one.
    """

    places: Array
    shapes: tuple[Shape, ...]
    patterns: tuple[Pattern, ...]

    def course(self, name: str) -> Array:
        """Return one measure over the generations."""
        return np.array([getattr(shape, name) for shape in self.shapes], dtype=np.float64)

    def ratios(self, number: int) -> tuple[Array, Array, Array]:
        """Return how one measure has changed, with both ends of its interval."""
        changes = [pattern.changes[number] for pattern in self.patterns]
        return (
            np.array([change.ratio for change in changes]),
            np.array([change.low for change in changes]),
            np.array([change.high for change in changes]),
        )


def report_cloud(asked: CrumpledCloud, report: Report = no_report) -> CloudReport:
    """Return what is measured in a cloud that crumples.

    Parameters
    ----------
    asked : CrumpledCloud
        The settings.
    report : callable
        Is told how much is done, 0 to 1.
    """
    return report_of_clouds(list(asked.clouds()), asked.neighbours, asked.seed, report)


def report_of_clouds(
    clouds: Sequence[Array], neighbours: int, seed: int, report: Report = no_report
) -> CloudReport:
    """Return what is measured in any clouds, the first of which is the start.

    Parameters
    ----------
    clouds : sequence of ndarray, shape (points, values)
        One for each generation; all with as many values.
    neighbours, seed
        For `measure`.
    report : callable
        Is told how much is done, 0 to 1.
    """
    shapes = []
    for number, cloud in enumerate(clouds):
        shapes.append(measure(cloud, neighbours, seed=seed))
        report((number + 1) / len(clouds))
    first = clouds[0]
    middle = first.mean(axis=0)
    axes = np.linalg.svd(first - middle, full_matrices=False)[2][:3].T
    if axes.shape[1] < 3:
        axes = np.pad(axes, ((0, 0), (0, 3 - axes.shape[1])))
    fewest = min(DRAWN, *(len(cloud) for cloud in clouds))
    return CloudReport(
        places=np.array([(cloud[:fewest] - middle) @ axes for cloud in clouds]),
        shapes=tuple(shapes),
        patterns=tuple(name_pattern(shapes[0], shape) for shape in shapes),
    )


def to_csv(asked: CrumpledCloud, report: CloudReport) -> str:
    """Return every measure as a table, with all settings in its header.

    Parameters
    ----------
    asked : CrumpledCloud
        The settings.
    report : CloudReport
        What is measured.
    """
    table: dict[str, Any] = {"generation": range(len(report.shapes))}
    table |= {name: report.course(name) for name in MEASURES}
    table["pattern"] = [pattern.name for pattern in report.patterns]
    return table_as_csv(table, asked.settings())
