"""What is said of the three pictures of the bell curve: which cases are true, and their facts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.bell_curve.kernel import KernelReport
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import BellCurveReport, unbiased_loop
from collapse_core.topics.bell_curve.spectrum import SpectrumReport

__all__ = ["BellCurveSentences", "KernelSentences", "Sentences", "SpectrumSentences", "reveal"]

UNMOVED = 1e-9
NEUTRAL = 1e-4
FEWEST_ABOVE = 3


def reveal(lesson: Lesson, guess: str, experiment: BellCurve) -> str:
    """Return the sentences that set a guess beside the truth about the unbiased loop."""
    truth = lesson.say("predict", "truth", unbiased_loop(experiment))
    return f"{lesson.text('predict', f'reveal_{guess}')} {truth}"


class Sentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : BellCurve
        What was asked.
    report : BellCurveReport, SpectrumReport or KernelReport
        What the runs and the law say.
    """

    table: str

    def __init__(
        self,
        lesson: Lesson,
        experiment: BellCurve,
        report: BellCurveReport | SpectrumReport | KernelReport,
    ) -> None:
        self.lesson, self.experiment = lesson, experiment
        self.facts = report.facts() | {
            "asked": experiment.runs,
            "sample_size": experiment.sample_size,
            "anchors": experiment.anchors,
        }
        self._at, self._columns = report.facts_at, report.columns

    def alt(self) -> str:
        """Return the picture in a sentence or two, for those who cannot see it."""
        return self.lesson.say("alts", self.table, self.facts)

    def captions(self) -> list[str]:
        """Return a sentence or two for every generation, to stand under the clock."""
        start = self.lesson.say(self.table, "start", self.facts)
        ticks = range(1, self.facts["generations"] + 1)
        return [start, *(self._caption(self.facts | self._at(t)) for t in ticks)]

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        return self.lesson.every("notes", self.facts, **self._unusual())

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely, of a generation and of the whole picture."""
        raise NotImplementedError

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        words = self.lesson.words("columns")
        return {words[key]: values for key, values in self._columns().items()}

    def _caption(self, facts: dict[str, Any]) -> str:
        return " ".join(self.lesson.every(self.table, facts, **self._cases_at(facts)))

    def _cases_at(self, facts: dict[str, Any]) -> dict[str, bool]:
        raise NotImplementedError

    def _unusual(self) -> dict[str, bool]:
        raise NotImplementedError


class BellCurveSentences(Sentences):
    """The sentences of the picture in one dimension; ``waiting`` ones do not tell the answer."""

    table = "captions"

    def __init__(
        self,
        lesson: Lesson,
        experiment: BellCurve,
        report: BellCurveReport,
        waiting: bool = False,
    ) -> None:
        super().__init__(lesson, experiment, report)
        self.report, self.waiting = report, waiting

    def alt(self) -> str:
        """Return the picture in a sentence or two, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("alts", "waiting", self.facts)
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts)

    def _cases_at(self, facts: dict[str, Any]) -> dict[str, bool]:
        if self.waiting or facts["expected"] == 0.0:
            return {"waiting": self.waiting, "gone": not self.waiting}
        pure, from_here = self.report.exact is not None, self.report.unseen_from
        unseen = from_here is not None and facts["t"] >= from_here
        exact = math.isfinite(facts["expected"])
        return {
            "unseen": unseen,
            "average_exact": exact and not unseen,
            "average_sampled": not exact and not unseen,
            "median_known": pure,
            "median": not pure,
        }

    def _unusual(self) -> dict[str, bool]:
        n, k, report = self.experiment.sample_size, self.experiment.anchors, self.report
        return {
            "one_point": n == 1 and not k,
            "two_points": n == 2 and report.exact is not None,
            "more_anchors": k > n,
            "unseen": report.unseen_from is not None and not self.waiting,
            "unbounded_spread": not report.spread_settles,
        }

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely, of a generation and of the whole picture."""
        report, here = self.report, self.facts | self._at(t)
        of_here = self.lesson.every("sentences", here, **self._of_a_generation(here))
        cases = self._averages() | {
            "alike": report.step.size > 2 and bool(report.step[-2] < 0.5 * report.step[0]),
            "no_log_law": report.exact is None and self.experiment.sample_size > 1,
            "criterion": report.unseen_from is not None,
            "heavy": not report.spread_settles,
        }
        of_all = self.lesson.every("sentences", self.facts, **cases)
        return [*of_here, self._this_run(here), *of_all]

    def _of_a_generation(self, facts: dict[str, Any]) -> dict[str, bool]:
        told, exact = facts["average_error"] > 0.0, math.isfinite(facts["expected"])
        told = told and self.report.spread_settles
        distance, pure = facts["t"] > 0, self.report.exact is not None
        return {
            "error": told and exact,
            "error_sampled": told and not exact,
            "error_vain": not told and exact,
            "distance_exact": distance and pure,
            "distance_sampled": distance and not pure,
        }

    def _this_run(self, facts: dict[str, Any]) -> str:
        """Return where the followed run is; no percentile where others are level with it."""
        level = self.report.level > 0
        cases = {"this_run": True, "typical_level": level, "typical": not level}
        return " ".join(self.lesson.every("sentences", facts, **cases))

    def _averages(self) -> dict[str, bool]:
        asked, report, exact = self.experiment, self.report, self.report.exact
        expected, end = self.facts["expected"], report.settles_at
        drift = math.nan if exact is None else exact.drift
        neutral = abs(drift) < NEUTRAL and expected > 1.0
        overshoots = asked.unbiased and asked.fresh and asked.temperature == 1.0
        overshoots = overshoots and end is not None and 1.0 + UNMOVED < end < math.inf
        error_known = math.isfinite(self.facts["balance_error"])
        return {
            "liar_stays": abs(expected - 1.0) < UNMOVED,
            "liar_shrinks": expected <= 1.0 - UNMOVED,
            "liar_grows": expected >= 1.0 + UNMOVED,
            "neutral": neutral,
            "doubles": drift > 0.0 and not neutral,
            "half_life": drift <= 0.0 and not neutral,
            "unbounded": end == math.inf,
            "overshoot": overshoots,
            "settles": end is not None and end < math.inf and not overshoots,
            "conserved": report.is_conserved and error_known,
            "conserved_once": report.is_conserved and not error_known,
        }


class SpectrumSentences(Sentences):
    """The sentences of the picture in several dimensions."""

    table = "several"

    def __init__(self, lesson: Lesson, experiment: BellCurve, report: SpectrumReport) -> None:
        super().__init__(lesson, experiment, report)
        self.exact = report.exact

    def _cases_at(self, facts: dict[str, Any]) -> dict[str, bool]:
        wide, known = math.isfinite(facts["ratio"]), self.exact.rule is not None
        return {"rank_known": known, "rank_sampled": not known, "ellipse": wide, "line": not wide}

    def _unusual(self) -> dict[str, bool]:
        pure = self.experiment.is_pure
        return {
            "one_point_several": self.experiment.sample_size == 1,
            "singular": pure and self.facts["lost"] > 0,
            "known_centre": not pure,
            "no_rank_law": self.exact.annealed is None,
        }

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely, of a generation and of the whole picture."""
        exponents, scaled = self.exact.exponents, self.experiment.variance_scale != 1.0
        pure = exponents is not None
        whole = exponents is not None and bool(np.isfinite(exponents).all())
        error_known = math.isfinite(self.facts["error"])
        ends = {f"end_{name}": self.facts.get(name) for name in ("median", "annealed", "rule")}
        cases = {
            "rank_means": True,
            "dies": pure and not scaled,
            "dies_scaled": pure and scaled,
            "staircase": whole,
            "determinant": whole and error_known,
            "determinant_alone": whole and not error_known,
            "annealed": pure,
            "anchored": not pure and self.exact.annealed is not None,
            "fewer_runs": self.facts["runs"] < self.facts["asked"],
        }
        return self.lesson.every("several", self.facts | self._at(t) | ends, **cases)


class KernelSentences(Sentences):
    """The sentences of the picture of a kernel model."""

    table = "kernel"

    def _cases_at(self, facts: dict[str, Any]) -> dict[str, bool]:
        seen = facts["above"] >= FEWEST_ABOVE
        return {"seen": seen, "unseen": not seen, "middle": True}

    def _unusual(self) -> dict[str, bool]:
        unused = {"anchors", "estimator", "temperature", "policy", "fresh"}
        return {
            "kernel_points": self.facts["most"] < self.facts["sample_size"],
            "kernel_pure": bool(unused & set(self.experiment.changes())),
        }

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely, of a generation and of the whole picture."""
        facts, blurred = self.facts | self._at(t), self.facts["bandwidth"] > 0.0
        cases = {"error": True, "compared": True}
        cases |= {"bootstrap": not blurred, "blur": blurred, "match": blurred and facts["most"] > 1}
        fewer = facts["runs"] < facts["asked"]
        spoken = self.lesson.every("kernel", facts, **cases)
        return spoken + self.lesson.every("several", facts, fewer_runs=fewer)
