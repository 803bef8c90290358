"""How a cloud crumples: eight patterns, named from three measures."""

from collapse_core.topics.eight_patterns.figure import eight_patterns_figure
from collapse_core.topics.eight_patterns.question import CrumpledCloud
from collapse_core.topics.eight_patterns.report import report_cloud

__all__ = ["CrumpledCloud", "eight_patterns_figure", "report_cloud"]
