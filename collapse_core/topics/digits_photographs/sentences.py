"""What is said of digits and photographs: which case is true, and the facts it needs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from collapse_core.figures.image_probe import ProbeStop
from collapse_core.lessons.lesson import Lesson
from collapse_core.measures.image_pair import IMAGE_SETS, classifier_of
from collapse_core.topics.digits_photographs.question import DigitsPhotographs, PairStep, course
from collapse_core.topics.digits_photographs.report import (
    MEASURES,
    MatchedCheck,
    SetComplexity,
    compare_kept,
    facts_of_complexity,
    facts_of_step,
    measure_rows,
)
from collapse_core.topics.probe_label import label_of

SHARP_ENOUGH = 0.6
CLEARLY = 0.02
CLOSE = 0.02  # relative
OTHERS = ("error", "confidence", "entropy", "rank")
SHARES = ("kept", "kept_sharp", "beyond_chance", "confidence")
NUMBERS = (
    "missed",
    "decay",
    "participation_ratio",
    "effective_rank",
    "two_neighbour",
    "likelihood",
)

__all__ = [
    "DigitsPhotographsSentences",
    "columns",
    "complexity_table",
    "matched_words",
    "spectrum_alt",
    "spectrum_words",
]


class DigitsPhotographsSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : DigitsPhotographs
        What was asked.
    steps : sequence
        The steps that are there so far.
    waiting : bool
        Whether the reader is still to guess; no measure is told then.
    """

    def __init__(
        self,
        lesson: Lesson,
        experiment: DigitsPhotographs,
        steps: Sequence[PairStep],
        waiting: bool = False,
    ) -> None:
        self.lesson, self.experiment, self.steps = lesson, experiment, steps
        self.waiting = waiting
        self.images = len(experiment.image_sets()["digits"].held_out_images)

    def turns(self, count: int) -> str:
        """Return how far the loop is, in words."""
        noun = self.lesson.nouns["pass" if self.experiment.chained else "generation"]
        return self.lesson.numbers.counted(count, noun)

    def facts(self, number: int) -> dict[str, Any]:
        """Return what is known of one step, by name."""
        known = facts_of_step(self.steps[number])
        return known | {"turns": self.turns(number), "images": self.images}

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts(len(self.steps) - 1))

    def captions(self) -> list[str]:
        """Return one or two sentences per step."""
        return [self._caption(number) for number in range(len(self.steps))]

    def _caption(self, number: int) -> str:
        return self.lesson.pick(
            "captions",
            self.facts(number),
            start=number == 0,
            waiting=self.waiting,
            chain=self.experiment.chained,
            retraining=True,
        )

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one step.

        Which set has lost more, how it is measured, how far the images have moved, and what other
        measures say.

        Parameters
        ----------
        t : int
            The step that is shown.
        """
        if t == 0:
            return [self.lesson.say("sentences", "start")]
        asked, steps, done = self.experiment, self.steps[: t + 1], len(self.steps) - 1
        compared = compare_kept(steps, self.images)
        others = [row.first for row in measure_rows(steps) if row.name in OTHERS]
        facts = (
            self.facts(t)
            | compared.facts()
            | {
                "done": done,
                "total": asked.total,
                "agree": others.count("photographs"),
                "against": others.count("digits"),
                "tie": others.count("alike"),
            }
        )
        exact = not math.isnan(facts["exact_digits"] + facts["exact_photographs"])
        cases = {
            "so_far": done < asked.total,
            compared.first: True,
            "of_the_chain" if asked.chained else "of_retraining": True,
            "distance_exact" if exact else "distance": True,
            "others": True,
        }
        return self.lesson.every("sentences", facts, **cases)

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        said = []
        if self.experiment.loop == "chain" and not self.experiment.chained:
            said.append(self.lesson.say("sentences", "mixture"))
        for name, images in self.experiment.image_sets().items():
            accuracy = classifier_of(images).held_out_accuracy
            if accuracy < SHARP_ENOUGH:
                facts = {"accuracy": accuracy, "images": self.lesson.text("figure", name)}
                said.append(self.lesson.say("sentences", "unreadable", facts))
        return said

    def measures(self) -> str:
        """Return what the table of measures is about."""
        return self.lesson.say("measures", "text", turns=self.turns(len(self.steps) - 1))

    def measure_table(self) -> dict[str, list[str]]:
        """Return every measure at the start and now, and which set it says goes first."""
        words, rows = self.lesson.words("measures"), measure_rows(self.steps)

        def cells(side: str) -> list[str]:
            return [
                self.lesson.say(
                    "measures",
                    "share" if row.name in SHARES else "number",
                    start=row.start[side],
                    now=row.now[side],
                )
                for row in rows
            ]

        return {
            words["measure"]: [words[row.name] for row in rows],
            words["digits"]: cells("digits"),
            words["photographs"]: cells("photographs"),
            words["first"]: [words[row.first] for row in rows],
        }

    def measures_note(self) -> str:
        """Return what the measures are and are not, with how well real images are read."""
        sharp = {
            f"sharp_{name}": classifier_of(images).held_out_accuracy
            for name, images in self.experiment.image_sets().items()
        }
        return self.lesson.say("measures", "note", sharp)

    def probe_captions(self, followed: Mapping[str, Sequence[ProbeStop]]) -> dict[str, list[str]]:
        """Return the words under each image of a probe, by set."""
        evened = {name: images.evened for name, images in self.experiment.image_sets().items()}

        def caption(name: str, stop: ProbeStop) -> str:
            original = "original_evened" if evened[name] else "original"
            when = self.turns(stop.number) if stop.number else self.lesson.text("probe", original)
            label = label_of(self.lesson, stop)
            facts = {"when": when, "label": label, "confidence": stop.confidence}
            return self.lesson.say("probe", "stop", facts)

        return {name: [caption(name, stop) for stop in stops] for name, stops in followed.items()}


def columns(lesson: Lesson, steps: Sequence[PairStep]) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    table: dict[str, Any] = {lesson.text("columns", "generation"): range(len(steps))}
    for measure in MEASURES:
        told = lesson.text("columns", measure)
        for name in IMAGE_SETS if told else ():
            values = course(steps, name, measure)
            if measure == "expected_error" and all(math.isnan(value) for value in values[1:]):
                continue
            images = lesson.text("figure", name)
            table[lesson.say("columns", "heading", images=images, measure=told)] = values
    return table


def spectrum_words(
    lesson: Lesson, sets: Mapping[str, SetComplexity], components: int, evened: bool
) -> str:
    """Return what a model of this size misses of both sets, and what that means."""
    facts = facts_of_complexity(sets, components)
    apart = facts["missed_photographs"] - facts["missed_digits"]
    return lesson.pick(
        "spectrum", facts, text_opposite=not evened, text=apart > CLEARLY, text_few=True
    )


def matched_words(lesson: Lesson, check: MatchedCheck) -> str:
    """Return what happens when it is the digits that miss more."""
    return lesson.say("spectrum", "matched", check.facts())


def spectrum_alt(lesson: Lesson, sets: Mapping[str, SetComplexity], components: int) -> str:
    """Return the picture of the spectra in one sentence."""
    return lesson.say("spectrum", "alt", facts_of_complexity(sets, components))


def complexity_table(lesson: Lesson, sets: Mapping[str, SetComplexity]) -> dict[str, list[str]]:
    """Return how complex both sets are, number by number."""
    words, numbers = lesson.words("spectrum"), lesson.numbers
    told: dict[str, list[str]] = {name: [] for name in (*IMAGE_SETS, "says")}
    for number in NUMBERS:
        values = {name: float(getattr(sets[name].numbers, number)) for name in IMAGE_SETS}
        for name, value in values.items():
            percent = number == "missed"
            told[name].append(numbers.percent(value) if percent else numbers.plain(value, ".2f"))
        # A spectrum that decays slowly is the complex one; all other numbers grow with complexity.
        digits, photographs = (v if number != "decay" else -v for v in values.values())
        alike = abs(digits - photographs) < CLOSE * abs(digits)
        more = IMAGE_SETS[int(photographs > digits)]
        told["says"].append(words["alike" if alike else more])
    columns = {words[name]: cells for name, cells in told.items()}
    return {words["measure"]: [words[number] for number in NUMBERS]} | columns
