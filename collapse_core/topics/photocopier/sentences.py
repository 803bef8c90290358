"""What is said of copies of copies: which case is true, and the facts it needs."""

from __future__ import annotations

import math
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.photocopier.question import CopiedPicture
from collapse_core.topics.photocopier.report import CopiesReport

__all__ = ["PhotocopierSentences"]

FEW = 10  # copies, of which nothing is said that is true of many
LARGER = 1.02  # so much is told as growth


class PhotocopierSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : CopiedPicture
        What was asked.
    report : CopiesReport
        The copies.
    waiting : bool
        Whether the reader is still to guess; nothing that tells is said then.
    """

    def __init__(
        self, lesson: Lesson, experiment: CopiedPicture, report: CopiesReport, waiting: bool = False
    ) -> None:
        self.lesson, self.experiment, self.report = lesson, experiment, report
        self.waiting = waiting

    def facts(self, t: int) -> dict[str, Any]:
        """Return what is known of one copy, by name."""
        report, copies = self.report, self.report.copies
        exact, last = report.exact_cumulative, copies.passes
        return {
            "copies": t,
            "away": float(report.cumulative[t]),
            "moved": float(report.local[t]),
            "exact": math.nan if exact is None else float(exact[t]),
            "settled": copies.settled or 0,
            "cycle": copies.cycle,
            "kilobytes": float(copies.file_bytes[t]) / 1000.0,
            "first_kilobytes": float(copies.file_bytes[min(1, copies.passes)]) / 1000.0,
            "half": last // 2,
            "half_away": float(report.cumulative[last // 2]),
            "last": last,
            "last_away": float(report.cumulative[last]),
            "farthest": float(report.cumulative.max()),
            "finest": float(copies.detail[t, 0]),
            "entropy": float(copies.entropy[t]),
        }

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts(self.report.copies.passes))

    def captions(self) -> list[str]:
        """Return one or two sentences for each copy."""
        return [self._caption(t) for t in range(self.report.copies.passes + 1)]

    def _caption(self, t: int) -> str:
        copies, ending = self.report.copies, self.report.ending
        over = copies.settled is not None and t >= copies.settled
        return self.lesson.pick(
            "captions",
            self.facts(t),
            start=t == 0,
            waiting=self.waiting,
            exact=self.report.law is not None,
            settled=over and ending == "settled",
            round=over and ending == "round",
            on=True,
        )

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one copy."""
        asked, report, facts = self.experiment, self.report, self.facts(t)
        ending = self._how_it_ends()
        grown = facts["kilobytes"] > LARGER * facts["first_kilobytes"]
        return self.lesson.every(
            "sentences",
            facts,
            frozen=True,
            drift=True,
            **{ending: True},
            law=report.law is not None,
            detail=not math.isnan(facts["finest"]),
            streaks=facts["finest"] > LARGER,
            file=bool(asked.quality) and t > 0 and not grown,
            file_grows=bool(asked.quality) and t > 0 and grown,
            entropy=True,
            reduced=True,
        )

    def _how_it_ends(self) -> str:
        """Return the name of the sentence on how it ends, as far as it is computed."""
        asked, report = self.experiment, self.report
        if report.ending == "unchanged":
            return "unchanged"
        if report.ending == "settled":
            return "settles" if asked.quality else "settles_without_file"
        if report.ending == "round":
            return "begins_anew" if asked.fresh_every else "goes_round"
        if report.copies.passes < FEW:
            return "not_yet"
        if asked.mixes:
            free = "decays" if report.still_grows else "no_farther"
            return "held" if asked.is_anchored else free
        if report.law is not None and not asked.is_anchored:
            return "fades" if asked.squeezes else "piles_up"
        return "not_yet"

    def places(self, t: int) -> list[str]:
        """Return the words under the original, the copy, and the difference."""
        facts = self.facts(t)
        return [self.lesson.say("large", name, facts) for name in ("first", "copy", "apart")]

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        words, report = self.lesson.words("columns"), self.report
        copies = report.copies
        columns: dict[str, Any] = {
            words["pass"]: range(copies.passes + 1),
            words["cumulative"]: report.cumulative,
            words["cumulative_exact"]: report.exact_cumulative,
            words["local"]: report.local,
            words["local_exact"]: report.exact_local,
            words["entropy"]: copies.entropy,
            words["file"]: copies.file_bytes if copies.file_bytes.any() else None,
        }
        for number, octave in enumerate(copies.octaves.tolist()):
            heading = self.lesson.say("columns", "detail", octave=octave)
            columns[heading] = copies.detail[:, number]
        return columns
