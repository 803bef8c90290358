"""Early warning: does a monitor notice that generations drift away?"""

from collapse_core.topics.early_warning.figure import early_warning_figure
from collapse_core.topics.early_warning.histories import make_history
from collapse_core.topics.early_warning.question import WatchedHistory
from collapse_core.topics.early_warning.watched import report_history

__all__ = ["WatchedHistory", "early_warning_figure", "make_history", "report_history"]
