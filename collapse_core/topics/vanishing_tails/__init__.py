"""Vanishing tails: who disappears first?"""

from collapse_core.topics.vanishing_tails.figure import vanishing_tails_figure
from collapse_core.topics.vanishing_tails.question import VanishingTails

__all__ = ["VanishingTails", "vanishing_tails_figure"]
