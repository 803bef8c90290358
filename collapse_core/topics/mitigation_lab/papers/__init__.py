"""Numbers from papers, in miniature: each is sampled here, with its exact law beside it."""

from collapse_core.topics.mitigation_lab.papers.figure import miniature_figure
from collapse_core.topics.mitigation_lab.papers.miniature import Miniature
from collapse_core.topics.mitigation_lab.papers.shelf import PAPERS, miniature_of
from collapse_core.topics.mitigation_lab.papers.words import miniature_words

__all__ = ["PAPERS", "Miniature", "miniature_figure", "miniature_of", "miniature_words"]
