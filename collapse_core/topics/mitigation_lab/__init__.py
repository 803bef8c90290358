"""The mitigation lab: remedies on the same seeds, what each keeps, and what it costs."""

from collapse_core.topics.mitigation_lab.question import MitigationLab
from collapse_core.topics.mitigation_lab.report import report_lab

__all__ = ["MitigationLab", "report_lab"]
