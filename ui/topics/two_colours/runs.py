"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.two_colours.report import lifetimes
from ui.kept import SHARED

__all__ = ["absorption_times"]

absorption_times = SHARED.of(lifetimes)
