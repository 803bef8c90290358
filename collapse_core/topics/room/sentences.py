"""What is said of a sound in a room: which case is true, and the facts it needs."""

from __future__ import annotations

from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.report import RoomReport

__all__ = ["RoomSentences"]

HUM = 0.5
NEAR = 2.5  # hertz between a peak and a mode


class RoomSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : SoundInARoom
        What was asked.
    report : RoomReport
        What is measured and known.
    waiting : bool
        Whether the reader is still to guess; nothing that tells is said then.
    """

    def __init__(
        self, lesson: Lesson, experiment: SoundInARoom, report: RoomReport, waiting: bool = False
    ) -> None:
        self.lesson, self.experiment, self.report = lesson, experiment, report
        self.waiting = waiting

    def facts(self, generation: int) -> dict[str, Any]:
        """Return what is known of one recording, by name."""
        report = self.report
        exact = report.exact_loudest
        rest = report.rest_notes
        return {
            "recordings": generation,
            "note": report.note(generation),
            "share": float(report.loudest[generation]),
            "exact": float("nan") if exact is None else float(exact[generation]),
            "rest": float("nan") if rest is None else float(rest.max()),
            "fresh": self.experiment.fresh,
            "first": float(report.loudest[0]),
        }

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts(self.experiment.generations))

    def captions(self) -> list[str]:
        """Return one or two sentences for each recording."""
        return [self._caption(t) for t in range(len(self.report.notes))]

    def _caption(self, t: int) -> str:
        facts = self.facts(t)
        return self.lesson.pick(
            "captions",
            facts,
            start=t == 0,
            waiting=self.waiting,
            fresh=bool(self.experiment.fresh),
            hum=facts["share"] >= HUM,
            otherwise=True,
        )

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one recording."""
        report, asked = self.report, self.experiment
        peaks = report.peaks
        near = [mode for mode in report.modes if peaks and abs(mode - peaks[0].frequency) <= NEAR]
        mixed = {"rest": float("nan"), "enough": report.enough, "hum": report.hum}
        facts = self.facts(t) | mixed
        if peaks:
            facts |= {"strongest": peaks[0].frequency, "mode": near[0] if near else float("nan")}
        if len(peaks) > 1:
            facts |= {
                "second": peaks[1].frequency,
                "ratio": peaks[1].strength,
                "rate": peaks[1].strength ** 2,
                "odds": float(report.odds[t]),
                "odds_exact": _at(report.exact_odds, t),
            }
        facts |= {"apart": float(report.apart[t]), "apart_exact": _at(report.exact_apart, t)}
        plain = not asked.fresh
        return self.lesson.every(
            "sentences",
            facts,
            frozen=True,
            strongest=bool(peaks),
            mode=bool(near),
            odds=len(peaks) > 1 and plain,
            apart=plain,
            apart_fresh=not plain,
            hum_stays=not plain and report.hum > 0.0,
            hum_gone=not plain and report.hum == 0.0,
            enough=plain,
        )

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked = self.experiment
        return self.lesson.every(
            "sentences",
            {},
            anechoic=asked.room == "anechoic",
            no_box=not asked.is_box and asked.walls != "built",
        )

    def heard(self, t: int) -> tuple[str, str]:
        """Return the labels of the two sounds to listen to."""
        facts = self.facts(t)
        return self.lesson.say("listen", "first", facts), self.lesson.say("listen", "then", facts)

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        report, words = self.report, self.lesson.words("columns")
        steps = range(len(report.notes))
        columns: dict[str, Any] = {
            "recording": steps,
            "note": [report.note(t) for t in steps],
            "share": report.loudest,
            "share_exact": report.exact_loudest,
            "odds": report.odds,
            "odds_exact": report.exact_odds,
            "apart": report.apart,
            "apart_exact": report.exact_apart,
        }
        return {words[name]: values for name, values in columns.items()}


def _at(values: np.ndarray | None, t: int) -> float:
    return float("nan") if values is None else float(values[t])
