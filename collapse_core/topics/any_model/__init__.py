"""Any model: is it only simple families?"""

from collapse_core.topics.any_model.figure import any_model_figure
from collapse_core.topics.any_model.question import AnyModel

__all__ = ["AnyModel", "any_model_figure"]
