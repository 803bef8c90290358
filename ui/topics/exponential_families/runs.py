"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core import ClosedLoop
from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.topics.exponential_families.report import DiversityReport, report_diversity
from ui.kept import SHARED
from ui.runs import exact_law, sampled_runs

__all__ = ["diversity_report"]


@SHARED.of
def diversity_report(
    loop: ClosedLoop, replicates: int, seed: int, percentile: float
) -> DiversityReport:
    """Return what the runs and the law of an exponential family say of its diversity."""
    paths = sampled_runs(loop, replicates, seed)
    return report_diversity(paths, exact_law(loop), run_at_percentile(paths, percentile))
