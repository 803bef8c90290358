"""What is said of exponential families: which case is true, and the facts it needs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from collapse_core.law import Law
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.exponential_families.question import ExponentialFamilies
from collapse_core.topics.exponential_families.report import (
    LARGEST_ERROR,
    DiversityReport,
    counts_at,
)

__all__ = ["FamilySentences"]

FAR_ABOVE = 10.0  # times the average
# How a family ends; those that are not named sink towards 0 without touching it.
_ENDS = {
    "bernoulli": "colours",
    "binomial": "colours",
    "poisson": "poisson",
    "negative_binomial": "counts",
    "geometric": "counts",
    "normal_mean": "wandering",
    "gaussian": "gaussian",
}
_REACHED = ("colours", "poisson", "counts")


class FamilySentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : ExponentialFamilies
        What was asked.
    report : DiversityReport
        What the runs and the law of its family say.
    waiting : bool
        Whether the reader is still to guess where the average goes, which must not be told.
    reports : mapping of str to DiversityReport
        Of all families, where they are side by side.
    """

    def __init__(
        self,
        lesson: Lesson,
        experiment: ExponentialFamilies,
        report: DiversityReport,
        waiting: bool = False,
        reports: Mapping[str, DiversityReport] | None = None,
    ) -> None:
        self.lesson, self.experiment, self.report = lesson, experiment, report
        self.waiting, self.reports = waiting, reports or {}
        self.facts = report.facts() | {
            "family": lesson.text("families", experiment.family),
            "fate": lesson.text("fate", experiment.family),
            "short": self.short(experiment.family),
            "sample_size": experiment.effective_sample_size,
            "anchors": experiment.anchors,
        }
        self.end = _ENDS.get(experiment.family, "sinking")

    def short(self, family: str) -> str:
        """Return the short name of a family."""
        return control_words(self.lesson, "family").option(family)

    def question(self) -> str:
        """Return what the reader is asked."""
        return self.lesson.say("predict", "question", self.facts)

    def alt(self) -> str:
        """Return the picture in a sentence or two, for those who cannot see it."""
        if self.reports:
            return self.lesson.say("alts", "all", self.facts, **counts_at(self.reports, -1))
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts)

    def panel_names(self) -> dict[str, str]:
        """Return the titles of the panels of all families; the chosen one's is marked."""
        cases = dict.fromkeys(self.reports, "panel") | {self.experiment.family: "chosen"}
        return {
            family: self.lesson.say("titles", cases[family], short=self.short(family), v2=report.v2)
            for family, report in self.reports.items()
        }

    def captions(self) -> list[str]:
        """Return a sentence or two for every generation, to stand under the clock."""
        ticks = range(1, self.report.median.size)
        return [self.lesson.say("captions", "start"), *map(self._caption, ticks)]

    def _caption(self, t: int) -> str:
        facts, several = self.facts | self.report.facts_at(t), bool(self.reports)
        if several and not self.waiting:
            return self.lesson.say("captions", "families", facts | counts_at(self.reports, t))
        # Rare runs carry the average. Where some are among these runs by luck, they do show it.
        near = math.isclose(facts["average"], facts.get("exact") or math.inf, rel_tol=LARGEST_ERROR)
        unseen = self._error(t) > LARGEST_ERROR and not near
        cases = {
            "families_waiting": self.waiting and several,
            "waiting": self.waiting and not several,
            "average": not (self.waiting or unseen),
            "unseen": not self.waiting and unseen,
            "middle": not self.waiting,
        }
        return " ".join(self.lesson.every("captions", facts, **cases))

    def _error(self, t: int) -> float:
        """Return the exact relative error of the average, 0 where it is not known."""
        return 0.0 if self.report.exact_error is None else float(self.report.exact_error[t])

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of the chosen family.

        Parameters
        ----------
        t : int
            The generation that is shown.
        """
        report, here = self.report, self.facts | self.report.facts_at(t)
        name = f"**{self.facts['family']}.** "
        of_here = self.lesson.every("sentences", here, **self._of_a_generation(t))
        absorbing = self.lesson.say("absorbing", self._absorbing(), self.facts)
        whole = {
            self._aha(): True,
            self._identity(): True,
            "martingale": True,
            "boundary": True,
            "criterion": report.unseen_from is not None,
            "heavy": not report.settles,
            "highlighted_level" if report.level else "highlighted": True,
        }
        return [name + " ".join(of_here), *self._all("sentences", whole, absorbing=absorbing)]

    def _of_a_generation(self, t: int) -> dict[str, bool]:
        report, error, reached = self.report, self._error(t), self.end in _REACHED
        pure, known = report.pure, report.chance_gone is not None
        return {
            "formula": pure,
            "far": pure and error > FAR_ABOVE,
            "seen": pure and error <= FAR_ABOVE,
            "mixed": not pure,
            "small": True,
            "gone": reached and known,
            "gone_unknown": reached and not known and bool(report.gone[t]),
        }

    def _all(self, table: str, cases: Mapping[str, bool], **more: Any) -> list[str]:
        """Return the sentences of all cases that are true."""
        return [self.lesson.say(table, case, self.facts, **more) for case in cases if cases[case]]

    def _aha(self) -> str:
        if self.experiment.family == "normal_mean":
            return "constant"
        if not self.report.pure:
            return "held"
        return "up" if self.report.v2 > 0 else "down" if self.report.v2 < 0 else "stay"

    def _identity(self) -> str:
        balance, error = self.facts["balance"], self.facts["exact_error"] or 0.0
        if not math.isfinite(balance):
            return "identity_beyond"
        far = abs(balance - 1.0) > 4 * self.report.identity_error
        return "identity_unseen" if error > LARGEST_ERROR and far else "identity"

    def _absorbing(self) -> str:
        recipe = self.experiment.recipe_policy().recipe(self.experiment.effective_sample_size)
        if self.end in _REACHED and recipe.fresh:
            return "fresh"
        return "counts" if self.end == "poisson" and not self.report.pure else self.end

    def notes(self, before: Law | None = None) -> list[str]:
        """Return what a reader should know of unusual settings.

        Parameters
        ----------
        before : Law, optional
            The law before doubling.
        """
        asked, report, told = self.experiment, self.report, not self.waiting
        unusual = {
            "beyond": report.beyond_from is not None,
            "unseen": told and report.unseen_from is not None,
            "unbounded": told and not report.settles,
            "tiny": bool(report.gone[-1]) and self.end not in _REACHED,
            "doubled": told and before is not None,
            "more_anchors": asked.policy == "anchors"
            and asked.anchors > asked.effective_sample_size,
        }
        return self._all("notes", unusual, before=_ratio(before))

    def reveal(self, guess: str) -> str:
        """Return the sentences that set an answer beside the truth."""
        answer = self.report.direction()
        cases = (f"said_{guess}", f"truth_{answer}", "right" if guess == answer else "wrong")
        return " ".join(self.lesson.say("predict", case, self.facts) for case in cases)

    def columns(self, t: int) -> dict[str, Any]:
        """Return the numbers of the picture by the heading of their column.

        Parameters
        ----------
        t : int
            Which generation the table of all families is about, a row for each.
        """
        shared, lesson, report = ("exact", "average", "median", "small"), self.lesson, self.report
        if self.reports:
            found = [item.facts() | item.facts_at(t) for item in self.reports.values()]
            table: dict[str, Any] = {"family": [lesson.text("families", k) for k in self.reports]}
            table |= {name: [facts[name] for facts in found] for name in ("v2", *shared)}
            table["own"] = [float(item.typical[t]) for item in self.reports.values()]
            table["boundary"] = [lesson.text("fate", family) for family in self.reports]
        else:
            table = {"generation": range(report.median.size)}
            names = (*shared, "gone", "chance_gone", "mean", "mean_error")
            table |= {name: getattr(report, name) for name in names}
        return {lesson.text("columns", name): values for name, values in table.items()}


def _ratio(law: Law | None) -> float | None:
    """Return the expected diversity at the end, as a share of the truth's."""
    if law is None or law.diversity is None:
        return None
    return float(law.diversity[-1] / law.diversity[0])
