"""What is said of a cloud that crumples: its pattern, and the numbers it is named from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collapse_core.geometry import PATTERNS
from collapse_core.geometry.patterns import FROM_THE_SOURCE
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.eight_patterns.placed import Placed
from collapse_core.topics.eight_patterns.question import CrumpledCloud
from collapse_core.topics.eight_patterns.report import MEASURES, CloudReport

__all__ = ["EightPatternsSentences", "pattern_cards", "placed_table"]

SIGNS = {1: "+", 0: "·", -1: "−"}


class EightPatternsSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : CrumpledCloud
        What was asked.
    report : CloudReport
        What is measured.
    waiting : bool
        Whether the reader is still to guess; nothing that tells is said then.
    """

    def __init__(
        self, lesson: Lesson, experiment: CrumpledCloud, report: CloudReport, waiting: bool = False
    ) -> None:
        self.lesson, self.experiment, self.report = lesson, experiment, report
        self.waiting = waiting

    def facts(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation, by name."""
        pattern, shape = self.report.patterns[t], self.report.shapes[t]
        facts: dict[str, Any] = {
            "generation": t,
            "name": self.lesson.text("names", pattern.name),
            "signs": " ".join(SIGNS[sign] for sign in pattern.signs),
        }
        for name, change in zip(MEASURES, pattern.changes, strict=True):
            facts |= {
                name: float(getattr(shape, name)),
                f"{name}_ratio": change.ratio,
                f"{name}_low": change.low,
                f"{name}_high": change.high,
            }
        return facts

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts(len(self.report.shapes) - 1))

    def captions(self) -> list[str]:
        """Return one or two sentences for each generation."""
        return [
            self.lesson.pick(
                "captions",
                self.facts(t),
                start=t == 0,
                waiting=self.waiting,
                unclear=pattern.name == "no_clear_change",
                named=True,
            )
            for t, pattern in enumerate(self.report.patterns)
        ]

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one generation."""
        asked = self.experiment
        facts = self.facts(t) | {
            "neighbours": asked.neighbours,
            "points": asked.sample_size,
            "dimension": asked.dimension,
        }
        return self.lesson.every(
            "sentences",
            facts,
            made=True,
            local=True,
            effective=True,
            spread=True,
            intervals=True,
            axes=asked.dimension > len(MEASURES),
        )

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        words, report = self.lesson.words("columns"), self.report
        return {
            words["generation"]: range(len(report.shapes)),
            **{words[name]: report.course(name) for name in MEASURES},
            words["pattern"]: [self.lesson.text("names", each.name) for each in report.patterns],
        }


def pattern_cards(lesson: Lesson) -> dict[str, list[str]]:
    """Return the eight patterns with their signs and analogies, as a table."""
    words = lesson.words("cards")
    names = list(PATTERNS)
    table = {words["pattern"]: [lesson.text("names", name) for name in names]}
    for number, measure in enumerate(MEASURES):
        table[words[measure]] = [SIGNS[PATTERNS[name][number]] for name in names]
    table[words["analogy"]] = [lesson.text("analogies", name) for name in names]
    kind = ("ours", "source")
    table[words["from"]] = [words[kind[name in FROM_THE_SOURCE]] for name in names]
    return table


def placed_table(lesson: Lesson, placed: Sequence[Placed]) -> dict[str, list[str]]:
    """Return where this app's own experiments are among the eight, as a table."""
    words, numbers = lesson.words("placed"), lesson.numbers
    table = {
        words["experiment"]: [words[each.name] for each in placed],
        words["pattern"]: [lesson.text("names", each.pattern.name) for each in placed],
    }
    for number, measure in enumerate(MEASURES):
        signs = [SIGNS[each.pattern.signs[number]] for each in placed]
        ratios = [numbers.multiple(each.pattern.changes[number].ratio) for each in placed]
        pairs = zip(signs, ratios, strict=True)
        table[words[measure]] = [f"{sign} {ratio}" for sign, ratio in pairs]
    return table
