"""What is said of a network that listens to itself: which case is true, and its facts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.measures.image_pair import IMAGE_SETS
from collapse_core.topics.network.figure import exact_spread
from collapse_core.topics.network.question import STARTS, ListeningNetwork
from collapse_core.topics.network.report import LostFirst, regime_of
from collapse_core.topics.network.steps import MEASURES, NetworkStep, course

__all__ = ["NetworkSentences"]

ENDINGS = ("resonance", "wanders", "stuck", "cycles")


class NetworkSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : ListeningNetwork
        What was asked.
    steps : sequence of NetworkStep
        What is computed so far.
    waiting : bool
        Whether the reader is still to guess; nothing that tells is said then.
    """

    def __init__(
        self,
        lesson: Lesson,
        experiment: ListeningNetwork,
        steps: Sequence[NetworkStep],
        waiting: bool = False,
    ) -> None:
        self.lesson, self.experiment, self.steps = lesson, experiment, steps
        self.waiting = waiting

    def facts(self, t: int) -> dict[str, Any]:
        """Return what is known of one pass, by name."""
        step = self.steps[min(t, len(self.steps) - 1)]
        measured = {name: float(getattr(step, name)) for name in MEASURES}
        return measured | {
            "passes": step.number,
            "left": round(step.different * STARTS),
            "starts": STARTS,
            "done": len(self.steps) - 1,
            "total": self.experiment.total,
        }

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts(len(self.steps) - 1))

    def captions(self) -> list[str]:
        """Return one or two sentences for each pass."""
        return [
            self.lesson.pick(
                "captions",
                self.facts(t),
                start=t == 0,
                waiting=self.waiting,
                frozen=self.experiment.is_frozen,
                retrained=True,
            )
            for t in range(len(self.steps))
        ]

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one pass."""
        asked, facts = self.experiment, self.facts(t)
        regime = regime_of(self.steps)
        endings = {name: self.lesson.text("regimes", name) for name in ENDINGS}
        exact = exact_spread(asked, self.steps)
        facts |= {
            "exact": math.nan if exact is None else float(exact[t]),
            "regime": "" if regime is None else endings[regime.name],
            "remembered": math.nan if regime is None else regime.remembered,
            "period": 0 if regime is None else regime.period,
        }
        return self.lesson.every(
            "sentences",
            facts,
            so_far=facts["done"] < facts["total"],
            of_one_map=asked.is_frozen,
            of_retraining=not asked.is_frozen,
            regime=regime is not None and asked.is_frozen,
            crowds=t > 0,
            meaning=t > 0,
            jacobian=t > 0,
            dimensions=True,
            drift=t > 0,
            spread_exact=exact is not None and t > 0,
        )

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked = self.experiment
        translated = asked.model == "translators"
        return self.lesson.every(
            "sentences",
            {},
            no_retraining=translated and asked.loop == "retrained",
            no_code=translated and (asked.noise > 0.0 or asked.code != asked.defaults["code"]),
        )

    def first_table(self, rows: Sequence[LostFirst]) -> dict[str, list[str]]:
        """Return which set loses first, by each measure."""
        words = self.lesson.words("first")

        def cell(row: LostFirst, name: str) -> str:
            if name in row.intervals:
                low, high = row.intervals[name]
                return self.lesson.say(
                    "first", "with_interval", value=row.values[name], low=low, high=high
                )
            return self.lesson.say("first", "alone", value=row.values[name])

        return {
            words["measure"]: [words[row.measure] for row in rows],
            **{words[name]: [cell(row, name) for row in rows] for name in IMAGE_SETS},
            words["goes_first"]: [words[row.first] for row in rows],
        }

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        words = self.lesson.words("columns")
        columns: dict[str, Any] = {words["pass"]: range(len(self.steps))}
        for name in MEASURES:
            columns[words[name]] = course(self.steps, name)
        exact = exact_spread(self.experiment, self.steps)
        columns[words["exact"]] = exact
        return columns
