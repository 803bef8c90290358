"""The mitigation lab: remedies on the same seeds, what each keeps, and what it costs."""

from collapse_core.topics.mitigation_lab.figure import mitigation_lab_figure
from collapse_core.topics.mitigation_lab.question import MitigationLab
from collapse_core.topics.mitigation_lab.report import report_lab

__all__ = ["MitigationLab", "mitigation_lab_figure", "report_lab"]
