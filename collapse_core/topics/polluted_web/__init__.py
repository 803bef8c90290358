"""The polluted web: what a crawler sees, year by year, and what its models learn from it."""

from collapse_core.topics.polluted_web.figure import polluted_web_figure
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.topics.polluted_web.report import report_web

__all__ = ["PollutedWeb", "polluted_web_figure", "report_web"]
