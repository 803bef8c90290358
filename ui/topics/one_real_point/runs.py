"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.one_real_point.doses import sampled_doses, sampled_ranks, sampled_weights
from collapse_core.topics.one_real_point.report import absence_in_the_long_run
from ui.kept import SHARED

__all__ = ["dose_samples", "long_run_absence", "rank_samples", "weight_samples"]

dose_samples = SHARED.of(sampled_doses)
weight_samples = SHARED.of(sampled_weights)
rank_samples = SHARED.of(sampled_ranks)
long_run_absence = SHARED.of(absence_in_the_long_run)
