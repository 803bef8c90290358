"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.one_real_point.doses import sampled_doses, sampled_ranks, sampled_weights
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.report import absence_in_the_long_run
from collapse_core.topics.one_real_point.shown import long_run_absence
from ui.kept import SHARED

__all__ = ["dose_samples", "kept_absence", "rank_samples", "weight_samples"]

dose_samples = SHARED.of(sampled_doses)
weight_samples = SHARED.of(sampled_weights)
rank_samples = SHARED.of(sampled_ranks)
_absence = SHARED.of(absence_in_the_long_run)


def kept_absence(experiment: OneRealPoint) -> float | None:
    """Return how often blue is absent in the long run; None where there is no such thing."""
    return long_run_absence(experiment, _absence)
