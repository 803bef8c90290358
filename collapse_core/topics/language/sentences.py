"""What is said of a text: which case is true, and the facts it needs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from collapse_core.data.corpora import TextSource
from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.typed import in_a_caption
from collapse_core.measures.text import token_counts
from collapse_core.topics.language.report import RARE, LanguageReport

__all__ = ["LanguageSentences", "follow_options"]

MOST_LISTED = 30
LONGEST_NAME = 24
HARDER = 1.25


def follow_options(lesson: Lesson, source: TextSource, words: Sequence[str]) -> dict[str, str]:
    """Return the words that can be followed, by their key in the link."""
    counts = token_counts(source.training, len(source.vocabulary)).tolist()
    return {
        f"w{place}": lesson.say(
            "captions", "option", word=_shown(word), times=counts[source.vocabulary.index(word)]
        )
        for place, word in enumerate(words, start=1)
    }


class LanguageSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : LanguageReport
        The generations that are done.
    word : str
        The word that is followed.
    waiting : bool
        Whether the reader is still to guess how much is left, which must not be told.
    """

    def __init__(
        self, lesson: Lesson, report: LanguageReport, word: str, waiting: bool = False
    ) -> None:
        self.lesson, self.report, self.word, self.waiting = lesson, report, word, waiting
        self.unit = report.experiment.unit
        self.facts = report.facts() | {"word": _shown(word)}
        self.times = report.followed(word).tolist()

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.alt
        last = self.report.facts_at(len(self.times) - 1)
        return self.lesson.say(self.unit, "alt", self.facts | last)

    def captions(self) -> list[str]:
        """Return what to say under the clock at every generation."""
        return [f"{self._left(t)} {self._followed(t)}" for t in range(len(self.times))]

    def _left(self, t: int) -> str:
        law, facts = self.report.law, self.facts | self.report.facts_at(t)
        if t and self.waiting:
            return self.lesson.say("captions", "waiting", facts)
        return self.lesson.pick(
            self.unit,
            facts,
            start=t == 0,
            left_exact=law is not None and law.exact,
            left_approximation=law is not None,
            left_measured=True,
        )

    def _followed(self, t: int) -> str:
        lost_in = max((before + 1 for before in range(t) if self.times[before]), default=0)
        facts = self.facts | {"times": self.times[t], "lost_in": lost_in}
        there = t == 0 or self.times[t] > 0
        return self.lesson.pick("captions", facts, written=there, lost=lost_in > 0, never=True)

    def _listed(self, names: Sequence[str], most: int) -> str:
        """Return the first of some words, and how many more there are."""
        text, more = ", ".join(map(_shown, names[:most])), len(names) - most
        return self.lesson.say("captions", "and_more", names=text, more=more) if more > 0 else text

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely.

        Parameters
        ----------
        t : int
            The generation that is shown.
        """
        facts, asked = self.facts | self.report.facts_at(t), self.report.experiment
        pick = self._pick
        if not facts["last"]:
            return []
        law, easy = self.report.law, facts["own_last"] < HARDER * facts["own_first"]
        half, over = facts["half_gone"] is not None, facts["last"] == facts["total"]
        known = {
            "exact": law is not None and law.exact,
            "approximation": law is not None,
            "guide": self.report.guide is not None,
            "measured": True,
        }
        judged = [pick(facts, perplexity=True), pick(facts, judged=easy, judged_harder=True)]
        if asked.smoothing == "none" and asked.order > 1:
            judged.append(pick(facts, floor=True))
        return [
            f"{self.lesson.say(self.unit, 'kept', facts)} {pick(facts, **known)}",
            pick(facts, half_gone=half, half_left=over, half_left_so_far=True),
            " ".join(judged),
            self.lesson.pick(self.unit, facts, phrases=math.isfinite(facts["repeated"]))
            or pick(facts, no_phrases=True),
        ]

    def _pick(self, facts: Mapping[str, Any], **cases: bool) -> str:
        return self.lesson.pick("sentences", facts, **cases)

    def notes(self) -> list[str]:
        """Return what a reader should know about the text and the settings."""
        asked, law, source = self.report.experiment, self.report.law, self.report.source
        own, part = asked.corpus == "own", source.used_words < source.all_words
        signs = "_signs" if source.spaceless else ""
        unusual = {
            f"all_used{signs}": own and not part,
            f"part_used{signs}": own and part,
            "approximation": law is not None and not law.exact,
            "smoothing": asked.smoothing != "none" and asked.order > 1,
            "long_sample": asked.sample_size > 2 * source.tokens,
        }
        return [self.lesson.say("notes", name, self.facts) for name in unusual if unusual[name]]

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        report, done = self.report, len(self.times)
        values = {
            "generation": report.generations,
            "left": report.vocabulary,
            "expected": None if report.law is None else report.law.mean[:done],
            "guide": None if report.guide is None else report.guide.mean[:done],
            "entropy": report.entropy,
            "real": report.real_perplexity,
            "own": report.text_perplexity,
            "repeated": report.repeated,
            "new": report.new_share,
            "followed": self.times,
        }
        return {self.lesson.text("columns", name): values[name] for name in values}

    def lists(self, t: int) -> list[str]:
        """Return the words of a generation: just lost, back, about to go, and rare."""
        report = self.report
        last = report.survivors(t, most=RARE) if t else []
        lists = {
            "lost": report.lost(t),
            "back": report.returned(t),
            "last": last,
            "rare": [name for name in report.survivors(t) if name not in set(last)],
        }
        none = self.lesson.text("below", "none")
        return [self.lesson.say(self.unit, "lists", t=t)] + [
            self.lesson.say(
                "below", name, number=len(found), names=self._listed(found, MOST_LISTED) or none
            )
            for name, found in lists.items()
            if found or name != "back"
        ]


def _shown(token: str) -> str:
    """Return a word or letter as a reader can see it, cut if it is very long."""
    text = "␣" if token == " " else in_a_caption(token)
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
