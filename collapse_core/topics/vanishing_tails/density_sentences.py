"""What is said of the tail of a density: which case is true, and the facts it needs."""

from __future__ import annotations

from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.vanishing_tails.density import DensityTails, DensityTailsReport

__all__ = ["DensityTailsSentences"]


class DensityTailsSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the view.
    experiment : DensityTails
        What was asked.
    report : DensityTailsReport
        What the runs and the law say.
    """

    def __init__(
        self, lesson: Lesson, experiment: DensityTails, report: DensityTailsReport
    ) -> None:
        self.lesson, self.experiment, self.report = lesson, experiment, report
        self.facts = {
            **vars(experiment),
            "points": experiment.points,
            "asked_runs": experiment.runs,
            "runs": report.runs,
            "made": report.runs,
        }

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        end = self.report.facts_at(-1)
        return self.lesson.fill(self.lesson.alt, "alt", **self.facts | end)

    def captions(self) -> list[str]:
        """Return what to say under the clock at every generation."""
        report = self.report
        cases = {
            "mean": report.expected is None,
            "mean_exact": report.expected is not None,
            "faded": report.chance_lost is None,
            "lost_exact": report.chance_lost is not None,
        }
        ticks = range(report.mean.size)
        return [" ".join(self.lesson.every("captions", report.facts_at(t), **cases)) for t in ticks]

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of a generation, and of the model."""
        facts, faded = self.report.facts_at(t), self.report.chance_lost is not None
        cases = {"error": True, "faded": faded, self.experiment.model: True}
        return self.lesson.every("sentences", facts, **cases)

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked, report = self.experiment, self.report
        return self.lesson.every(
            "sentences",
            self.facts,
            kernel_points=asked.points < asked.sample_size,
            fewer_runs=report.runs < asked.runs,
            no_exact=asked.model == "histogram" and report.chance_lost is None,
        )

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        report = self.report
        values = {
            "generation": range(report.mean.size),
            "mean": report.mean,
            "error": None if report.runs == 1 else report.standard_error,
            "median": report.median,
            "expected": report.expected,
            "faded": report.faded,
            "lost": report.lost,
            "chance": report.chance_lost,
        }
        return {self.lesson.text("columns", name): values[name] for name in values}
