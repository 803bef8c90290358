"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.report import AbsorptionTimes, lifetimes
from collapse_core.topics.two_colours.shown import life_of
from ui.kept import SHARED

__all__ = ["kept_life_of"]

_lifetimes = SHARED.of(lifetimes)


def kept_life_of(experiment: TwoColours) -> AbsorptionTimes | None:
    """Return how long both colours live, where that is finite and known at once."""
    return life_of(experiment, _lifetimes)
