"""What is said of chains by hand: of the law alone, or of a class on it."""

from __future__ import annotations

from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.teach.by_hand import ChainsLaw, HumanChains
from collapse_core.topics.teach.class_counts import ClassCounts

__all__ = ["ChainsSentences"]


class ChainsSentences:
    """The sentences of the picture of a class.

    Parameters
    ----------
    lesson : Lesson
        The words of the page on teaching.
    asked : HumanChains
        How many marbles and people; its number of chains is that of the law.
    law : ChainsLaw
        What is exactly expected.
    counts : ClassCounts, optional
        What the class drew.
    """

    def __init__(
        self, lesson: Lesson, asked: HumanChains, law: ChainsLaw, counts: ClassCounts | None
    ) -> None:
        self.lesson, self.law, self.counts = lesson, law, counts
        self.facts: dict[str, Any] = {**asked.settings(), **law.facts()}

    def _at(self, t: int) -> dict[str, Any]:
        found = self.facts | {
            "t": t,
            "expected": float(self.law.diversity[t]),
            "expected_fixed": float(self.law.fixed[t]),
        }
        if self.counts is not None:
            found["left"] = float(self.counts.diversity[t])
            found["fixed"] = int(self.counts.fixed[t])
        return found

    def expected(self) -> str:
        """Return what is exactly expected at the end."""
        case = "expected_of_one" if self.facts["chains"] == 1 else "expected"
        return self.lesson.say("unplugged", case, self.facts)

    def captions(self) -> list[str]:
        """Return a sentence for the first jar and for every person."""
        kind = "law" if self.counts is None else "counts"
        people = range(1, self.law.diversity.size)
        told = [self.lesson.say("captions", kind, self._at(t)) for t in people]
        return [self.lesson.text("captions", "start"), *told]

    def alt(self) -> str:
        """Return the picture in a sentence or two, for those who cannot see it."""
        kind = "law" if self.counts is None else "counts"
        return self.lesson.say("unplugged", f"alt_{kind}", self._at(self.law.diversity.size - 1))

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        law, drawn = self.law, self.counts
        values: dict[str, Any] = {
            "person": range(law.diversity.size),
            "share": law.share.mean,
            "diversity": law.diversity,
            "fixed": law.fixed,
        }
        if drawn is not None:
            values |= {
                "class_share": drawn.shares.mean(axis=0),
                "class_diversity": drawn.diversity,
                "class_fixed": drawn.fixed,
            }
        return {self.lesson.text("columns", name): values[name] for name in values}
