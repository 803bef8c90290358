"""The kit that every figure is made of, and the old names of the figures themselves.

Figures are pure: a notebook draws the same pictures as the app. Each topic's own are in its room,
``collapse_core.topics.<topic>``.
"""

from collapse_core.figures.look import DARK, LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.moved_names import moved

__all__ = ["DARK", "LIGHT", "Look", "MovingFigure"]

__getattr__ = moved(__name__)
