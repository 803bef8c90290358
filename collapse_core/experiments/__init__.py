"""Old names of experiments. They are in ``collapse_core.topics`` now, one room for each topic."""

from collapse_core.moved_names import moved

__getattr__ = moved(__name__)
