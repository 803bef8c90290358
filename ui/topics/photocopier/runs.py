"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.photocopier.question import CopiedPicture
from collapse_core.topics.photocopier.report import CopiesReport, report_copies
from ui.long_run import watched

__all__ = ["copies_report"]


def copies_report(experiment: CopiedPicture) -> CopiesReport:
    """Return the copies that are asked for; that it takes a while is shown meanwhile."""
    return watched(f"copies {experiment!r}", lambda _: report_copies(experiment), "copying")
