"""What the page on any model says: which case is true of the picture it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.any_model.question import AnyModel, Side
from collapse_core.topics.any_model.report import BIRTHS, AnyModelReport
from collapse_core.topics.any_model.steps import ModelStep

__all__ = ["AnyModelSentences", "side_alt", "side_captions"]

HIGH, LOW = 0.8, 0.5
DEAD = 10.0  # how many times further the truth is than the last generation
FEW_HELD_OUT = 100
SEEN_OUTSIDE = 0.01


class AnyModelSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : AnyModelReport
        What is measured and known.
    waiting : bool
        Whether the reader is still to guess; no measure is told then.
    """

    def __init__(self, lesson: Lesson, report: AnyModelReport, waiting: bool = False) -> None:
        self.lesson, self.report, self.waiting = lesson, report, waiting
        self.facts = report.facts()

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        model = control_words(self.lesson, "model").option(self.report.experiment.model)
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts, model_name=model)

    def captions(self) -> list[str]:
        """Return the sentences under the clock, for every generation."""
        return [self._caption(number) for number in range(self.report.done + 1)]

    def _caption(self, number: int) -> str:
        facts = self.report.facts_at(number)
        cases = {"truth": number == 0, "waiting": self.waiting, "after": True}
        return self.lesson.pick("captions", facts, **cases)

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one generation.

        Parameters
        ----------
        t : int
            The generation that is shown.
        """
        facts = self.facts | self.report.facts_at(t)
        so_far = facts["done"] < facts["generations"]
        if t == 0:
            return self.lesson.every("sentences", facts, so_far=so_far, truth=True)
        far = facts["cumulative"] > max(0.2, DEAD * facts["local"])
        born = "_".join(name.removeprefix("born_") for name in BIRTHS if facts[name])
        cases = {
            "so_far": so_far,
            f"born_{born}": True,
            "held_exact": facts["expected_held"] is not None,
            _looks(facts["precision"], facts["recall"]): True,
            "spread_measured" if facts["expected_spread"] is None else "spread": True,
            "likelihood": True,
            "still" if far else "distance": True,
            "rank": True,
            "outside": facts["outside"] > SEEN_OUTSIDE,
        }
        return self.lesson.every("sentences", facts, **cases)

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked = self.report.experiment
        recipe, own = asked.build_policy().recipe(asked.sample_size), asked.data == "own"
        return self.lesson.every(
            "notes",
            self.facts,
            all_real=recipe.synthetic == 0,
            few_held_out=own and self.facts["held_out"] < FEW_HELD_OUT,
            own_fresh=own and recipe.fresh > 0,
            no_copies=asked.model == "kernel" and asked.bandwidth == 0.0,
        )

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        column, words = self.report.column, self.lesson.words("columns")
        return {heading: column(name) for name, heading in words.items()}


def _looks(precision: float, recall: float) -> str:
    """Return which of the sentences about precision and recall is true."""
    if precision >= HIGH and (recall >= HIGH or recall < LOW):
        return "both_high" if recall >= HIGH else "precise_not_whole"
    if precision < LOW and (recall >= HIGH or recall < LOW):
        return "whole_not_precise" if recall >= HIGH else "both_low"
    return "middle"


def side_captions(
    lesson: Lesson, side: Side, experiment: AnyModel, courses: Mapping[str, Sequence[ModelStep]]
) -> list[str]:
    """Return one sentence per generation that all variants have reached."""
    known = {"modes": experiment.source().modes.count, "some": experiment.some_anchors}

    def caption(steps: Sequence[ModelStep]) -> str:
        facts: dict[str, Any] = known | {"number": steps[0].number}
        for name, step in zip(courses, steps, strict=True):
            facts |= {f"held_{name}": step.held, f"recall_{name}": step.recall}
        return lesson.say("sides", f"{side}_caption", facts)

    return [caption(steps) for steps in zip(*courses.values(), strict=False)]


def side_alt(lesson: Lesson, experiment: AnyModel, ticks: int) -> str:
    """Return the small multiples in one sentence."""
    return lesson.say("sides", "alt", done=ticks - 1, generations=experiment.generations)
