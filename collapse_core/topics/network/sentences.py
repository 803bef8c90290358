"""What is said of a network that listens to itself: which case is true, and its facts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.measures.image_pair import IMAGE_SETS
from collapse_core.topics.network.beside import BesideChoice, compare, names_of
from collapse_core.topics.network.linear import LinearNetwork, PlainNetwork
from collapse_core.topics.network.question import STARTS, ListeningNetwork
from collapse_core.topics.network.report import LostFirst, as_long, exact_spread, regime_of
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
        return [self._caption(t) for t in range(len(self.steps))]

    def _caption(self, t: int) -> str:
        said = self.lesson.pick(
            "captions",
            self.facts(t),
            start=t == 0,
            waiting=self.waiting,
            frozen=self.experiment.is_frozen,
            retrained=True,
        )
        return " ".join([said, *self._compared(t)])

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
        facts = {"name": self._other_name(), "alike": listed[True], "unlike": listed[False]}
        return [
            self.lesson.pick(
                "beside",
                facts,
                all_alike=not listed[False],
                none_alike=not listed[True],
                some_alike=True,
            )
        ]

    def _other_name(self) -> str:
        return self.lesson.text("figure", names_of(self.experiment, self.beside)[1])

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one pass."""
        asked, facts = self.experiment, self.facts(t)
        regime = regime_of(self.steps)
        endings = {name: self.lesson.text("regimes", name) for name in ENDINGS}
        exact = exact_spread(asked, self.steps)
        facts |= self._of_linear() | {
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
            **self._linear_case(exact is not None),
            compared=bool(compare(self.steps, self.others, t)),
        )

    def _linear_network(self) -> LinearNetwork | PlainNetwork | None:
        network = self.steps[-1].network
        return network if isinstance(network, LinearNetwork | PlainNetwork) else None

    def _of_linear(self) -> dict[str, float]:
        """Return where the exact spread goes, as a share of the real images' own."""
        network = self._linear_network()
        if network is None:
            return {}
        start = float(self.steps[0].rows.var(axis=0).sum())
        if isinstance(network, PlainNetwork):
            return {"growth": network.growth() / start}
        return {"limit": network.limit() / start}

    def _linear_case(self, known: bool) -> dict[str, bool]:
        """Return which sentence is true of a linear network whose law is known."""
        asked, noise = self.experiment, self.experiment.noise
        return {
            "code_only": known and asked.model == "pca" and noise > 0.0,
            "no_noise_at_all": known and asked.model == "pca" and noise == 0.0,
            "model_itself": known and asked.model == "pca_pixels" and noise == 1.0,
            "pixels_too": known and asked.model == "pca_pixels" and noise != 1.0,
            "no_limit": known and asked.model == "plain_pca" and noise > 0.0,
            "nothing_moves": known and asked.model == "plain_pca" and noise == 0.0,
        }

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked = self.experiment
        translated = asked.model == "translators"
        return self.lesson.every(
            "sentences",
            {},
            no_retraining=translated and asked.loop == "retrained",
            same_beside=self.beside == "no_noise" and asked.noise == 0.0 and not translated,
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
        if self.others:
            name = self._other_name()
            for measure in MEASURES:
                heading = self.lesson.say("beside", "column", column=words[measure], name=name)
                columns[heading] = as_long(course(self.others, measure), len(self.steps))
        return columns
