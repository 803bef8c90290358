"""What a copy of a copy loses: a photocopier, and a JPEG file that is saved again."""

from collapse_core.topics.photocopier.figure import photocopier_figure
from collapse_core.topics.photocopier.question import CopiedPicture
from collapse_core.topics.photocopier.report import report_copies

__all__ = ["CopiedPicture", "photocopier_figure", "report_copies"]
