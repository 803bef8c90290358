"""Experiments: what a page asks, as plain data, and the numbers its sentences state.

An experiment is a frozen set of parameters that builds its `ClosedLoop`. It knows nothing of
screens, so a notebook can run the same one.
"""

from collapse_core.experiments.bell_curve import BellCurve
from collapse_core.experiments.exponential_families import ExponentialFamilies
from collapse_core.experiments.jar import Jar, parse_jar
from collapse_core.experiments.language import Language
from collapse_core.experiments.one_real_point import OneRealPoint
from collapse_core.experiments.two_colours import TwoColours
from collapse_core.experiments.vanishing_tails import VanishingTails

__all__ = [
    "BellCurve",
    "ExponentialFamilies",
    "Jar",
    "Language",
    "OneRealPoint",
    "TwoColours",
    "VanishingTails",
    "parse_jar",
]
