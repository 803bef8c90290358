"""What is said of a network that listens to itself: which case is true, and its facts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.measures.image_pair import IMAGE_SETS
from collapse_core.topics.network.beside import BesideChoice, compare, names_of
from collapse_core.topics.network.linear_report import exact_spread, linear_cases, linear_facts
from collapse_core.topics.network.question import STARTS, ListeningNetwork
from collapse_core.topics.network.report import LostFirst, as_long, regime_of
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
    beside : {"alone", "other_loop", "no_noise"}
        What is shown beside it.
    others : sequence of NetworkStep
        What is computed so far of that other loop; empty for none.
    """

    def __init__(
        self,
        lesson: Lesson,
        experiment: ListeningNetwork,
        steps: Sequence[NetworkStep],
        waiting: bool = False,
        beside: BesideChoice = "alone",
        others: Sequence[NetworkStep] = (),
    ) -> None:
        self.lesson, self.experiment, self.steps = lesson, experiment, steps
        self.waiting, self.beside, self.others = waiting, beside, others

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

    def _compared(self, t: int) -> list[str]:
        """Return what is alike in the other loop and what is not, if it is shown."""
        found = [] if self.waiting else compare(self.steps, self.others, t)
        if not found:
            return []
        listed = {
            alike: ", ".join(
                self.lesson.say("beside", row.measure, value=row.value, other=row.other)
                for row in found
                if row.alike == alike
            )
            for alike in (True, False)
        }
        other = names_of(self.experiment, self.beside)[1]
        name = self.lesson.text("beside", other)
        facts = {"name": name, "passes": t, "alike": listed[True], "unlike": listed[False]}
        return [
            self.lesson.pick(
                "beside",
                facts,
                all_alike=not listed[False],
                none_alike=not listed[True],
                some_alike=True,
            )
        ]

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one pass."""
        asked, facts = self.experiment, self.facts(t)
        regime = regime_of(self.steps)
        endings = {name: self.lesson.text("regimes", name) for name in ENDINGS}
        exact = exact_spread(asked, self.steps)
        facts |= linear_facts(self.steps) | {
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
            codes_exact=exact is not None,
            **linear_cases(asked, exact is not None),
            compared=bool(compare(self.steps, self.others, t)),
        )

    def notes(self, t: int) -> list[str]:
        """Return how the loop beside it compares after a pass, and what is unusual."""
        asked = self.experiment
        translated = asked.model == "translators"
        unusual = self.lesson.every(
            "sentences",
            {},
            no_retraining=translated and asked.loop == "retrained",
            same_beside=self.beside == "no_noise" and asked.noise == 0.0 and not translated,
            no_code=translated and (asked.noise > 0.0 or asked.code != asked.defaults["code"]),
        )
        return [*self._compared(t), *unusual]

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
        if self.others:
            name = self.lesson.text("figure", names_of(self.experiment, self.beside)[1])
            for measure in MEASURES:
                heading = self.lesson.say("beside", "column", column=words[measure], name=name)
                columns[heading] = as_long(course(self.others, measure), len(self.steps))
        return columns
