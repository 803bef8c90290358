"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.report import AbsorptionTimes, lifetimes
from collapse_core.topics.two_colours.sentences import has_life
from ui.kept import SHARED

__all__ = ["life_of"]

_lifetimes = SHARED.of(lifetimes)


def life_of(experiment: TwoColours) -> AbsorptionTimes | None:
    """Return how long both colours live, where that is finite and known at once."""
    if not has_life(experiment):
        return None
    loop = experiment.loop()
    return _lifetimes(loop.sample_size, experiment.share, loop.temperature)
