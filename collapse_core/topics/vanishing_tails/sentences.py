"""What is said of vanishing tails: which case is true, and the facts it needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.typed import in_a_caption
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import VanishingTailsReport
from collapse_core.topics.vanishing_tails.runs import TailRuns

__all__ = ["VanishingTailsSentences", "columns", "errors_at_work"]

MOST_NAMES = 3
LONGEST_NAME = 24
CLOSE = 0.1


class VanishingTailsSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : VanishingTails
        What was asked.
    report : VanishingTailsReport
        What the runs and the law say.
    names : sequence of str
        Of the kinds; empty for their ranks.
    waiting : bool
        Whether the reader is still to guess: only the names of what is lost are told.
    """

    def __init__(
        self,
        lesson: Lesson,
        experiment: VanishingTails,
        report: VanishingTailsReport,
        names: Sequence[str] = (),
        waiting: bool = False,
    ) -> None:
        self.lesson, self.experiment, self.report = lesson, experiment, report
        self.names, self.waiting = names, waiting
        self.facts = {**vars(experiment), "asked_runs": experiment.runs, **report.facts()}
        recipe = experiment.recipe_policy().recipe(experiment.sample_size)
        self.lost = "missing" if recipe.fresh > 0 else "lost"

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt", self.facts)
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts)

    def captions(self) -> list[str]:
        """Return what to say under the clock at every generation."""
        return [self._caption(t) for t in range(self.report.mean.size)]

    def _caption(self, t: int) -> str:
        facts = self.facts | self.report.facts_at(t)
        gone = self._gone(t, facts)
        if self.waiting or t == 0:
            return gone
        left = self.lesson.say("captions", f"left_{self.report.known_by}", facts)
        exact = self.report.known_by == "exact" and self.report.law.gini is not None
        diversity = self.lesson.say("captions", "gini_exact" if exact else "gini", facts)
        return f"{left} {gone if self.names else diversity}"

    def _gone(self, t: int, facts: dict[str, Any]) -> str:
        gone = self.report.newly_missing[t]
        told = [self._called(int(kind)) for kind in gone[:MOST_NAMES]]
        facts = facts | {"names": ", ".join(told), "more": gone.size - len(told)}
        more = f"{self.lost}_and_more" if gone.size > len(told) else self.lost
        return self.lesson.say(
            "captions", "start" if t == 0 else more if gone.size else "none_lost", facts
        )

    def _called(self, kind: int) -> str:
        if not self.names:
            return self.lesson.say("captions", "rank", rank=kind + 1)
        name = in_a_caption(self.names[kind])
        return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely, of a generation and of the whole picture."""
        report, law = self.report, self.report.law
        facts = self.facts | report.facts_at(t)
        error = {f"error_{report.known_by}": True, "error_means": report.runs > 1}
        of_the_error = " ".join(self.lesson.every("sentences", facts, **error))
        rest = self.lesson.every(
            "sentences",
            facts,
            branching=report.known_by == "approximation",
            early=bool(report.early),
            late=bool(report.late),
            no_stage=not (report.early or report.late),
            order=report.checked_kinds > 0,
            ancestors_exact=law.ancestors is not None and law.ancestors_exact,
            ancestors_approximation=law.ancestors is not None and not law.ancestors_exact,
        )
        level = report.level > 0
        run = {"this_run": True, "typical_level": level, "typical": report.runs > 1 and not level}
        return [of_the_error, *rest, " ".join(self.lesson.every("sentences", facts, **run))]

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked, known = self.experiment, self.report.known_by
        return self.lesson.every(
            "notes",
            self.facts,
            fewer_runs=self.report.runs < asked.runs and asked.finite,
            more_anchors=asked.anchors > asked.sample_size and asked.policy == "anchors",
            no_fraction=asked.anchors == 0 and asked.policy == "fraction",
            no_law=known == "simulated",
            approximation=known == "approximation",
        )

    def reveal(self, guess: float, t: int) -> str:
        """Return the sentences that set a guess of the share left beside the truth."""
        truth = self.report.share_left(t)
        facts = {"guess": guess, "truth": truth}
        said = self.lesson.say("predict", f"reveal_{self.report.known_by}", facts)
        verdict = self.lesson.pick(
            "predict", facts, close=abs(guess - truth) <= CLOSE, low=guess < truth, high=True
        )
        return f"{said} {verdict}"


def errors_at_work(lesson: Lesson, experiment: VanishingTails) -> str:
    """Return which of the three sources of error are switched on, with their source."""
    sharpened = experiment.temperature < 1.0 or experiment.top_p < 1.0
    errors = lesson.every(
        "errors",
        {},
        statistical=experiment.finite,
        expressivity=experiment.too_simple and experiment.minimum_count > 1,
        approximation=experiment.favours_common and sharpened,
    )
    return lesson.say("errors", "at_work" if errors else "none", errors="; ".join(errors))


def columns(lesson: Lesson, runs: TailRuns, report: VanishingTailsReport) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    values = {
        "generation": range(runs.generations + 1),
        "mean": report.mean,
        "error": None if report.runs == 1 else report.standard_error,
        "median": report.median,
        "expected": report.law.survivors,
        "own": report.own,
        "accuracy": report.dashboard["accuracy"],
        "gini": report.dashboard["gini"],
        "expected_gini": report.law.gini,
        "common": report.dashboard["common"],
        "divergence": report.dashboard["divergence"],
        "infinite": runs.share_with_infinite_divergence,
    }
    return {lesson.text("columns", name): values[name] for name in values}
