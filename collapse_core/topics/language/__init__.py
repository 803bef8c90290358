"""Language: what happens to text?"""

from collapse_core.topics.language.figure import language_figure
from collapse_core.topics.language.question import Language

__all__ = ["Language", "language_figure"]
