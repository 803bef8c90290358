"""What is said of a paper in miniature."""

from __future__ import annotations

from dataclasses import dataclass

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.mitigation_lab.papers.miniature import Miniature

__all__ = ["MiniatureWords", "miniature_words"]


@dataclass(frozen=True)
class MiniatureWords:
    """The paper's number beside ours; where it is from; the picture in one sentence."""

    told: str
    source: str
    alt: str


def miniature_words(lesson: Lesson, found: Miniature) -> MiniatureWords:
    """Return the words of a miniature.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    found : Miniature
        What was computed.
    """
    told = lesson.say("papers_told", found.key, found.facts)
    title = lesson.text("papers_figure", f"{found.key}_title")
    alt = lesson.say("papers", "alt", title=title, told=told.replace("**", ""))
    return MiniatureWords(told, lesson.text("papers_source", found.key), alt)
