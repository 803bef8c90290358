"""Figures from results: pure, so that a notebook draws the same pictures as the app."""

from collapse_core.figures.exponential_families import exponential_families_figure
from collapse_core.figures.exponential_overview import exponential_overview_figure
from collapse_core.figures.look import DARK, LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.one_real_point import one_real_point_figure
from collapse_core.figures.two_colours import two_colours_figure

__all__ = [
    "DARK",
    "LIGHT",
    "Look",
    "MovingFigure",
    "exponential_families_figure",
    "exponential_overview_figure",
    "one_real_point_figure",
    "two_colours_figure",
]
