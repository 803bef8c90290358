"""Exponential families: is it only Gaussians?"""

from collapse_core.topics.exponential_families.figure import exponential_families_figure
from collapse_core.topics.exponential_families.overview_figure import exponential_overview_figure
from collapse_core.topics.exponential_families.question import ExponentialFamilies
from collapse_core.topics.exponential_families.report import report_diversity, reports_side_by_side

__all__ = [
    "ExponentialFamilies",
    "exponential_families_figure",
    "exponential_overview_figure",
    "report_diversity",
    "reports_side_by_side",
]
