"""What is said of a polluted web: which case is true, and the facts it needs."""

from __future__ import annotations

from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.polluted_web.question import STOCK, PollutedWeb
from collapse_core.topics.polluted_web.report import WebReport, yearly
from collapse_core.web.composition import kept_shares

__all__ = ["PollutedWebSentences"]

SMALL_RESERVE = 10
FEW = 0.5


class PollutedWebSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : PollutedWeb
        What was asked.
    report : WebReport
        What the runs and the law say.
    waiting : bool
        Whether the reader is still to guess: nothing that tells is said then.
    """

    def __init__(
        self, lesson: Lesson, experiment: PollutedWeb, report: WebReport, waiting: bool = False
    ) -> None:
        self.lesson, self.experiment, self.report = lesson, experiment, report
        self.waiting = waiting
        self.curves = yearly(report)

    def facts(self, t: int) -> dict[str, Any]:
        """Return what is known of one year, by name."""
        curves = {
            name: float(values[t]) for name, values in self.curves.items() if name != "generation"
        }
        runs, law = self.report.runs, self.report.law
        group = runs.group[:, t]
        facts = {
            "year": t,
            "years": self.experiment.generations,
            "runs": self.experiment.runs,
            "stock": STOCK,
            "truth": runs.web.content.group,
            "lost": int(np.count_nonzero(group == 0.0)),
            "group_mean": float(group.mean()),
            "line": self.experiment.line,
            "compared": self.report.worth.reserve,
            "worth_error": 2.0 * float(np.nan_to_num(self.report.worth.standard_error[t])),
            "passing_human": kept_shares(runs.web)[0],
            "passing_synthetic": kept_shares(runs.web)[1],
        }
        if law.group_error is not None:
            facts["group_error"] = float(law.group_error[t])
        return facts | curves

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts(self.experiment.generations))

    def captions(self) -> list[str]:
        """Return one or two sentences for each year, to stand under the clock."""
        return [
            self.lesson.pick(
                "captions",
                self.facts(t),
                start=t == 0,
                waiting=self.waiting,
                exact=self.report.law.exact,
                without_noise=True,
            )
            for t in range(self.experiment.generations + 1)
        ]

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked, law = self.experiment, self.report.law
        size = int(self.report.known.sizes[-1])
        return self.lesson.every(
            "notes",
            {"reserve": asked.reserve, "size": size},
            not_exact=not law.exact,
            starved=size < FEW * asked.sample_size,
            lies=asked.labelled > 0.0 and asked.honest < 0.5,
            small_reserve=0 < asked.reserve < SMALL_RESERVE,
        )

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one year."""
        facts, exact = self.facts(t), self.report.law.exact
        filtered = facts["passing_synthetic"] < 1.0 or facts["passing_human"] < 1.0
        has = self.experiment.reserve > 0
        cases = {
            "born": True,
            "filtered": filtered,
            "unfiltered": not filtered,
            "group": "group_error" in facts and exact,
            "group_sampled": not ("group_error" in facts and exact),
            "errors": exact,
            "errors_sampled": not exact,
        }
        worth = "worth" if has else "worth_none"
        return [
            *self.lesson.every("sentences", facts, **cases),
            self._crossing(facts),
            self.lesson.say("sentences", worth if exact else f"{worth}_sampled", facts),
            self.lesson.say("sentences", "no_forecast"),
        ]

    def _crossing(self, facts: dict[str, Any]) -> str:
        crossing = self.report.crossing
        low, median, high = (crossing.quantile(level) for level in (0.25, 0.5, 0.75))
        known = {"low": low, "median": median, "high": high}
        facts = facts | {"crossed_runs": crossing.crossed, "censored": crossing.censored}
        facts |= {name: value for name, value in known.items() if value is not None}
        return self.lesson.pick(
            "sentences",
            facts,
            crossing_none=crossing.crossed == 0,
            crossing_few=median is None,
            crossing_half=high is None,
            crossing_most=True,
        )

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        words = self.lesson.words("columns")
        return {words[name]: values for name, values in self.curves.items()}
