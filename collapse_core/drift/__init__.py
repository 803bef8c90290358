"""Early warning: is a series of generations drifting away while each step looks harmless?

>>> import numpy as np
>>> from collapse_core.drift import monitor
>>> rows = np.random.default_rng(1).normal(size=(200, 5))
>>> report = monitor([rows, rows[::-1] * 0.99, rows * 0.5])
>>> report.jump, report.direction
(2, 'contracting')

It needs numpy alone, and neither Streamlit nor Plotly.
"""

from collapse_core.drift.changed import ChangedRows, most_changed
from collapse_core.drift.distance import frechet_distance
from collapse_core.drift.judged import Judged
from collapse_core.drift.monitoring import Monitoring, monitor, monitoring
from collapse_core.drift.report import DriftReport
from collapse_core.measures.neighbours import coverage_of_equal_laws, neighbour_measures
from collapse_core.measures.samples import effective_rank, frechet_of_chance

__all__ = [
    "ChangedRows",
    "DriftReport",
    "Judged",
    "Monitoring",
    "coverage_of_equal_laws",
    "effective_rank",
    "frechet_distance",
    "frechet_of_chance",
    "monitor",
    "monitoring",
    "most_changed",
    "neighbour_measures",
]
