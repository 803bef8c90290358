"""Vanishing tails: who disappears first?"""

from collapse_core.topics.vanishing_tails.density import DensityTails, report_density_tails
from collapse_core.topics.vanishing_tails.density_figure import density_tails_figure
from collapse_core.topics.vanishing_tails.figure import vanishing_tails_figure
from collapse_core.topics.vanishing_tails.law import tails_law
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import COMMON_MASS, report_vanishing_tails
from collapse_core.topics.vanishing_tails.runs import run_tails

__all__ = [
    "COMMON_MASS",
    "DensityTails",
    "VanishingTails",
    "density_tails_figure",
    "report_density_tails",
    "report_vanishing_tails",
    "run_tails",
    "tails_law",
    "vanishing_tails_figure",
]
