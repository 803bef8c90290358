"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.mitigation_lab.papers import miniature_of
from collapse_core.topics.mitigation_lab.question import MitigationLab
from collapse_core.topics.mitigation_lab.report import LabReport, report_lab
from ui.kept import SHARED
from ui.long_run import watched

__all__ = ["lab_report", "miniature"]

_at_once = SHARED.of(report_lab)
miniature = SHARED.of(miniature_of)


def lab_report(experiment: MitigationLab) -> LabReport:
    """Return how the remedies went; how far it is is shown where models see every row."""
    if not experiment.sees_rows:
        return _at_once(experiment)
    return watched(f"lab {experiment!r}", lambda report: report_lab(experiment, report))
