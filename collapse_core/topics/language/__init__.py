"""Language: what happens to text?"""

from collapse_core.topics.language.figure import language_figure
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import report_language

__all__ = ["Language", "language_figure", "report_language"]
