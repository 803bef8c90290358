"""What is said of one real point: which case is true, and the facts it needs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from collapse_core.law import Law
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.facts import curves_at, numbers_of
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.one_real_point.doses import SampledDoses
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.report import OneRealPointReport
from collapse_core.topics.one_real_point.view_facts import FamilyRow, map_facts, side_facts
from collapse_core.trajectory import Trajectory

__all__ = [
    "OneRealPointSentences",
    "columns",
    "family_table",
    "map_words",
    "side_captions",
    "side_words",
    "weight_words",
]

SLOW = 3.0


class OneRealPointSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : OneRealPoint
        What was asked.
    report : OneRealPointReport
        What the runs and the law say.
    waiting : bool
        Whether the reader is still to guess: no average may be told then.
    """

    def __init__(
        self,
        lesson: Lesson,
        experiment: OneRealPoint,
        report: OneRealPointReport,
        waiting: bool = False,
    ) -> None:
        self.lesson, self.experiment, self.report = lesson, experiment, report
        self.waiting = waiting
        sizes = {"anchors": experiment.anchors, "sample_size": experiment.sample_size}
        self.facts = numbers_of(report) | sizes
        self.kind = "fresh" if experiment.fresh else "fixed"

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        if self.report.drift:
            return self.lesson.say("alts", f"drift_{self.kind}", self.facts)
        if not self.experiment.fresh:
            return self.lesson.say("alts", "kept_fixed", self.facts)
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts)

    def captions(self) -> list[str]:
        """Return a sentence or two for every generation, to stand under the clock."""
        return [self._caption(t) for t in range(self.report.generations + 1)]

    def _caption(self, t: int) -> str:
        facts = self.facts | {"t": t} | curves_at(t, self.report)
        kept = "drift" if self.report.drift else "kept"
        if t == 0:
            return self.lesson.say("captions", f"start_{self.experiment.family}", facts)
        if self.waiting:
            return self.lesson.say("captions", f"waiting_{kept}", facts)
        said = self.lesson.say("captions", kept, facts)
        if self.report.absent is None:
            return said
        what = "blue_absent" if self.experiment.family == "bernoulli" else "only_zeros"
        case = what if self.report.absent_chance is None else f"{what}_exact"
        return f"{said} {self.lesson.say('captions', case, facts)}"

    def details(self, t: int, absence: float | None, doses: SampledDoses | None) -> list[str]:
        """Return what there is to say more precisely.

        What is claimed, what the runs hold and what the long run keeps, whether a loss is final,
        how fast, what it is worth, and what sampling can see of it.

        Parameters
        ----------
        t : int
            The generation that is shown.
        absence : float, optional
            How often blue is absent in the long run, where that is known.
        doses : SampledDoses, optional
            The dots of the first panel.
        """
        facts = self.facts | {"t": t} | curves_at(t, self.report)
        facts |= {} if absence is None else {"absence": absence}
        facts |= {} if doses is None else {"longest": int(doses.generations.max())}
        anchored, report = self.experiment.anchors > 0, self.report
        long_run = {
            self._limit(): True,
            self._fate(absence): anchored,
            self._time(): anchored,
            "worth": anchored and self.experiment.fresh and report.worth >= 1.0,
        }
        cases = {
            "typical_level" if report.level else "typical": report.runs > 1,
            "heavy_tail" if anchored else "heavy_tail_none": not report.trusted,
            "dots": doses is not None,
        }
        every = self.lesson.every
        return [
            self.lesson.say("sentences", "fine_print"),
            " ".join(every("sentences", facts, **long_run)),
            self.lesson.say("sentences", f"average_{'drift' if report.drift else 'kept'}", facts),
            *every("sentences", facts, **cases),
        ]

    def _limit(self) -> str:
        if self.experiment.anchors == 0:
            return "limit_none_drift" if self.report.drift else "limit_none"
        if math.isinf(self.report.limit):
            return f"limit_unbounded_{self.kind}"
        if self.report.drift:
            return f"limit_drift_{self.kind}"
        return f"limit_{'over' if self.report.limit > 1.0 else 'kept'}_{self.kind}"

    def _fate(self, absence: float | None) -> str:
        if self.experiment.fresh:
            return "fate_fresh" if absence is None else "fate_fresh_absent"
        if self.report.collapse == 0.0:
            return "fate_fixed_never"
        return "fate_fixed_surely" if self.report.collapse >= 1.0 - 1e-12 else "fate_fixed"

    def _time(self) -> str:
        half = self.report.half
        if not self.experiment.fresh or math.isinf(half):
            return "time_fixed"
        return "time_unsettled" if half > SLOW * self.experiment.generations else "time"

    def notes(self, exact_chain: bool) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked = self.experiment
        return self.lesson.every(
            "sentences",
            self.facts,
            heavy=not self.report.trusted,
            more_anchors=asked.anchors > asked.sample_size,
            chain_too_long=asked.family == "bernoulli" and not exact_chain,
        )


def columns(lesson: Lesson, report: OneRealPointReport) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    names = ("measured", "error", "median", "expected", "pure", "absent", "absent_chance")
    values = {"generation": range(report.generations + 1)}
    values |= {name: getattr(report, name) for name in names}
    return {lesson.say("columns", name): column for name, column in values.items()}


def family_table(lesson: Lesson, rows: Sequence[FamilyRow]) -> dict[str, list[str]]:
    """Return the table of all families, by the heading of its columns."""
    families = control_words(lesson, "family")

    def cell(row: FamilyRow, name: str) -> str:
        value = getattr(row, name)
        if name == "family":
            return families.option(value)
        cases = {"no_bound": math.isinf(value), "kept": name.endswith("kept"), "variance": True}
        if name == "tail":
            cases = {"light": row.trusted, "unpulled": math.isnan(value), "heavy": True}
        return lesson.pick("family_table", {"value": value}, **cases)

    names = ("family", "fresh_kept", "fresh_variance", "fixed_kept", "fixed_variance", "tail")
    return {lesson.say("family_table", name): [cell(row, name) for row in rows] for name in names}


def map_words(lesson: Lesson, experiment: OneRealPoint) -> str:
    """Return what the map shows, and what this mixture is worth."""
    cases = {"text": True, "worth": experiment.fresh, "none_needed": experiment.drift}
    return " ".join(lesson.every("map", map_facts(experiment), **cases))


def needed_table(lesson: Lesson, needed: Sequence[tuple[float, float]]) -> dict[str, list[str]]:
    """Return the price of each share of diversity, by the heading of its column."""
    rows = [{"fraction": fraction, "points": points} for fraction, points in needed]
    return {
        lesson.say("map", name): [lesson.say("map", f"one_{name}", row) for row in rows]
        for name in ("fraction", "points")
    }


def weight_words(lesson: Lesson, experiment: OneRealPoint, facts: Mapping[str, Any]) -> str:
    """Return what a louder real point changes."""
    level, drift = experiment.sample_size == experiment.anchors, experiment.drift
    cases = {"text": not drift, "text_drift": drift}
    golden = {"golden": level and drift, "golden_other": level and not drift}
    return " ".join(lesson.every("weight", facts, **cases, **golden))


def side_captions(
    lesson: Lesson, paths: Mapping[str, Trajectory], laws: Mapping[str, Law]
) -> list[str]:
    """Return one sentence per generation: how many runs have one colour only."""
    ticks = range(paths["flat_odds"].generations + 1)
    return [lesson.say("side", "caption", side_facts(paths, laws, t)) for t in ticks]


def side_words(lesson: Lesson, paths: Mapping[str, Trajectory], laws: Mapping[str, Law]) -> str:
    """Return where the flat prior in the log-odds leads at the end."""
    last = paths["flat_odds"].generations
    return lesson.say("side", "odds_mean", side_facts(paths, laws, last))
