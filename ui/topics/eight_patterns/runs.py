"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.eight_patterns.question import CrumpledCloud
from collapse_core.topics.eight_patterns.report import CloudReport, report_cloud
from ui.long_run import watched

__all__ = ["cloud_report"]


def cloud_report(experiment: CrumpledCloud) -> CloudReport:
    """Return what is measured in a cloud; how far it is is shown meanwhile."""
    return watched(
        f"cloud {experiment!r}", lambda report: report_cloud(experiment, report), "measuring"
    )
