"""The kit that every figure is made of, and the old names of the figures themselves.

Figures are pure: a notebook draws the same pictures as the app. Each topic's own are in its room,
``collapse_core.topics.<topic>``.
"""

from collapse_core.figures.look import DARK, LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.moved_names import moved

__all__ = ["DARK", "LIGHT", "Look", "MovingFigure"]

__getattr__ = moved(
    __name__,
    {
        "bell_curve_figure": "collapse_core.topics.bell_curve",
        "bell_kernel_figure": "collapse_core.topics.bell_curve",
        "bell_spectrum_figure": "collapse_core.topics.bell_curve",
        "exponential_families_figure": "collapse_core.topics.exponential_families",
        "exponential_overview_figure": "collapse_core.topics.exponential_families",
        "one_real_point_figure": "collapse_core.topics.one_real_point",
        "two_colours_figure": "collapse_core.topics.two_colours",
        "vanishing_tails_figure": "collapse_core.topics.vanishing_tails",
    },
)
