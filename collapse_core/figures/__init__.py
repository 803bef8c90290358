"""Figures from results: pure, so that a notebook draws the same pictures as the app."""

from collapse_core.figures.bell_curve import bell_curve_figure
from collapse_core.figures.bell_kernel import bell_kernel_figure
from collapse_core.figures.bell_spectrum import bell_spectrum_figure
from collapse_core.figures.exponential_families import exponential_families_figure
from collapse_core.figures.exponential_overview import exponential_overview_figure
from collapse_core.figures.look import DARK, LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.one_real_point import one_real_point_figure
from collapse_core.figures.two_colours import two_colours_figure
from collapse_core.figures.vanishing_tails import vanishing_tails_figure

__all__ = [
    "DARK",
    "LIGHT",
    "Look",
    "MovingFigure",
    "bell_curve_figure",
    "bell_kernel_figure",
    "bell_spectrum_figure",
    "exponential_families_figure",
    "exponential_overview_figure",
    "one_real_point_figure",
    "two_colours_figure",
    "vanishing_tails_figure",
]
