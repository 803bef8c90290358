"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.mixer_squeeze.course import crowds_of
from collapse_core.topics.mixer_squeeze.regime_map import map_points
from ui.kept import SHARED

__all__ = ["crowds", "points_of_the_map"]

crowds = SHARED.of(crowds_of)
points_of_the_map = SHARED.of(map_points)
