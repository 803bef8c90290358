"""One real point: how much reality is enough?"""

from collapse_core.topics.one_real_point.figure import one_real_point_figure
from collapse_core.topics.one_real_point.question import OneRealPoint

__all__ = ["OneRealPoint", "one_real_point_figure"]
