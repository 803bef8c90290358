"""What is said of two colours: which case is true, and the facts it needs."""

from __future__ import annotations

import math
from typing import Any

from collapse_core.law import Law
from collapse_core.lessons.lesson import Lesson
from collapse_core.theory.two_colours import AbsorptionTimes
from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.report import TwoColoursReport
from collapse_core.trajectory import Trajectory

__all__ = ["TwoColoursSentences", "columns", "has_life"]

SHARE_WORTH_A_REMARK = 0.2
CLOSE = 0.1


def has_life(experiment: TwoColours) -> bool:
    """Return whether both colours live for an exactly known time, computed at once."""
    pure = experiment.policy in ("anchors", "weighted", "fraction") and not experiment.anchors
    small = experiment.effective_sample_size <= (1000 if experiment.temperature <= 1.0 else 300)
    return pure and small and 0.0 < experiment.share < 1.0


class TwoColoursSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : TwoColours
        What was asked.
    report : TwoColoursReport
        What the runs and the law say.
    rare : str
        What the watched colour is called.
    waiting : bool
        Whether the reader is still to guess the chance of loss, which must not be told.
    """

    def __init__(
        self,
        lesson: Lesson,
        experiment: TwoColours,
        report: TwoColoursReport,
        rare: str = "blue",
        waiting: bool = False,
    ) -> None:
        self.lesson, self.experiment, self.report = lesson, experiment, report
        self.waiting = waiting
        self.facts = report.facts() | {
            "rare": rare,
            "anchors": experiment.anchors,
            "sample_size": experiment.effective_sample_size,
            "truth": experiment.share,
        }
        recipe = experiment.recipe_policy().recipe(experiment.effective_sample_size)
        self.comes_back = recipe.fresh > 0
        self.chance = "exact" if report.chance_exact else "approximate"
        self.chance_known = report.chance is not None and report.errors_apart is not None
        self.expected = "exact" if report.expected_exact else "approximate"

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt", self.facts)
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts)

    def captions(self) -> list[str]:
        """Return a sentence or two for every generation, to stand under the clock."""
        return [self._caption(t) for t in range(self.report.mean.size)]

    def _caption(self, t: int) -> str:
        report, facts = self.report, self.facts | self.report.facts_at(t)
        chance = self.chance if self.chance_known else "unknown"
        lost = f"absent_{chance}" if self.comes_back else f"lost_{chance}"
        mean = f"mean_{'unknown' if report.expected is None else self.expected}"
        said = self.lesson.say("captions", mean, facts)
        return said if self.waiting else f"{self.lesson.say('captions', lost, facts)} {said}"

    def details(self, t: int, life: AbsorptionTimes | None) -> list[str]:
        """Return what there is to say more precisely: errors, this run, lives, what is censored.

        Parameters
        ----------
        t : int
            The generation that is shown.
        life : AbsorptionTimes, optional
            How long both colours live, where that is finite and known.
        """
        report, facts = self.report, self.facts | self.report.facts_at(t)
        # The average is worth a remark once it hides something: many runs without blue.
        hides = report.lost[t] >= SHARE_WORTH_A_REMARK * report.runs
        lives = life is not None and math.isfinite(life.mean) and not self.comes_back
        if life is not None:
            facts |= {"life_mean": life.mean, "life_given_lost": life.given_lost}
        of_this_run = {"this_share": True, self._fate(): True, self._typical(): report.runs > 1}
        cases = {
            f"odds_{self.chance}": self.chance_known,
            "chain_limit": self.chance_known and not report.chance_exact,
            "hides": bool(hides and report.expected_exact and report.stays),
            "life_exact": lives,
            "censored": bool(report.censored) and not self.comes_back,
            f"diversity_{self.expected}": None not in (report.diversity, report.expected_diversity),
        }
        this_run = " ".join(self.lesson.every("sentences", facts, **of_this_run))
        return [*self.lesson.every("sentences", facts, **cases), this_run]

    def _fate(self) -> str:
        if self.report.first_lost is not None:
            return "life_absent" if self.comes_back else "life_lost"
        return "life_alive" if self.report.first_taken_over is None else "life_taken_over"

    def _typical(self) -> str:
        if self.report.level > 0:
            return "typical_level"
        percentile = self.report.percentile
        return f"typical_{'low' if percentile < 10 else 'high' if percentile > 90 else 'middle'}"

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked, report = self.experiment, self.report
        unusual = {
            "one_colour": asked.share in (0.0, 1.0),
            "more_anchors": asked.policy == "anchors"
            and asked.anchors > asked.effective_sample_size,
            "no_law": report.expected is None,
            "chain_too_long": report.expected is not None and not report.chance_exact,
        }
        return [self.lesson.say("sentences", name, self.facts) for name in unusual if unusual[name]]

    def reveal(self, guess: float, answer: float) -> str:
        """Return the sentences that set a guess beside the truth."""
        facts = {**self.facts, "guess": guess, "answer": answer}
        said = self.lesson.say("predict", f"reveal_{self.chance}", facts)
        verdict = self.lesson.pick(
            "predict", facts, close=abs(guess - answer) <= CLOSE, low=guess < answer, high=True
        )
        return f"{said} {verdict}"


def columns(lesson: Lesson, paths: Trajectory, law: Law, rare: str) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    values = {
        "generation": range(paths.generations + 1),
        "mean": paths.mean.mean(axis=0),
        "median": paths.quantiles(0.5),
        "expected": law.mean,
        "lost": paths.lost.sum(axis=0),
        "chance": law.lost,
        "diversity": paths.diversity.mean(axis=0),
        "expected_diversity": law.diversity,
    }
    return {lesson.say("columns", name, rare=rare): values[name] for name in values}
