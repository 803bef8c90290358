"""What is said of the lab: who is best for the chosen measure, and whether beyond noise."""

from __future__ import annotations

from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.mitigation_lab.course import Course
from collapse_core.topics.mitigation_lab.question import MEASURES
from collapse_core.topics.mitigation_lab.report import LabReport

__all__ = ["MitigationLabSentences"]

LARGE = 1.05  # of the truth's: more than this is told as too much


class MitigationLabSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : LabReport
        The remedies that were tried.
    waiting : bool
        Whether the reader is still to guess: nothing that tells is said then.
    """

    def __init__(self, lesson: Lesson, report: LabReport, waiting: bool = False) -> None:
        self.lesson, self.report, self.waiting = lesson, report, waiting
        self.experiment = report.experiment

    def name(self, course: Course) -> str:
        """Return what a course is called in a sentence."""
        return self.lesson.text("names", course.name)

    def facts(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation, by name."""
        report, measure = self.report, self.report.measure
        best, *others = report.ranked(t)
        facts = self._of(best, t) | {
            "generation": t,
            "generations": self.experiment.last,
            "runs": self.experiment.effective_runs,
            "measured": self.lesson.text("measured", measure),
            "control": float(report.control.average(measure)[t]),
        }
        if others:
            ahead = report.lead(best, others[0], t)
            facts |= {"second": self.name(others[0]), "ahead": ahead.mean, "reach": ahead.reach}
            facts["second_value"] = float(others[0].average(measure)[t])
        return facts

    def _of(self, course: Course, t: int) -> dict[str, Any]:
        """Return what is known of a course, by name."""
        measure = self.report.measure
        found: dict[str, Any] = {
            "best": self.name(course),
            "value": float(course.average(measure)[t]),
        }
        if (exact := course.exact[measure]) is not None:
            found["exact"] = float(exact[t])
        return found

    def _told(self, t: int) -> tuple[dict[str, Any], str]:
        """Return the facts of a generation, and which case its sentence is."""
        report, measure = self.report, self.report.measure
        facts = self.facts(t)
        best, *others = report.ranked(t)
        alone = not others
        tied = not alone and not report.lead(best, others[0], t).beyond_noise
        kind = "distance" if measure == "distance" else "share"
        known = "exact" if "exact" in facts else "sampled"
        if alone:
            return facts, f"alone_{kind}_{known}"
        if best is report.control and not tied:
            return facts, f"control_{kind}_{known}"
        return facts, f"tied_{kind}_{known}" if tied else f"best_{kind}_{known}"

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt", self._asked())
        facts, case = self._told(self.experiment.last)
        said = self.lesson.say("captions", case, facts)
        return self.lesson.fill(self.lesson.alt, "alt", said=said.replace("**", ""), **facts)

    def _asked(self) -> dict[str, Any]:
        return {"measured": self.lesson.text("measured", self.report.measure)}

    def captions(self) -> list[str]:
        """Return one or two sentences for each generation, to stand under the clock."""
        last = self.experiment.last
        return [self._caption(t) for t in range(last + 1)]

    def _caption(self, t: int) -> str:
        if t == 0:
            return self.lesson.say("captions", "start", self._asked())
        if self.waiting:
            control = float(self.report.control.average(self.report.measure)[t])
            known = {"generation": t, "control": control}
            return self.lesson.say("captions", "waiting", self._asked() | known)
        facts, case = self._told(t)
        return self.lesson.say("captions", case, facts)

    @property
    def not_offered(self) -> tuple[str, ...]:
        """Names of the remedies that are asked for and mean nothing for this model."""
        asked = self.experiment
        return tuple(name for name in asked.asked if name not in asked.chosen)

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked, lesson = self.experiment, self.lesson
        said = [
            lesson.say("notes", "not_offered", remedy=lesson.text("names", name))
            for name in self.not_offered
        ]
        treatments = {course.name: course.treatment for course in self.report.courses}
        rounded = "hybrid" in treatments and asked.real_share * asked.points < 0.5
        return said + lesson.every(
            "notes",
            {"runs": asked.effective_runs, "words": asked.points, "last": asked.last},
            none=not asked.asked,
            few_generations=asked.last < asked.generations,
            few_runs=asked.sees_rows and asked.runs > asked.effective_runs,
            language=asked.model == "language",
            one_run=asked.effective_runs == 1,
            rounded=rounded and asked.real_share > 0.0,
        )

    def details(self, t: int) -> list[str]:
        """Return what there is to say more precisely of one generation."""
        report, lesson = self.report, self.lesson
        kind = "distance" if report.measure == "distance" else "share"
        said = []
        for course in report.courses:
            ahead = report.lead(course, report.control, t)
            facts = self._of(course, t) | {"ahead": ahead.mean, "reach": ahead.reach}
            facts |= {"behind": -ahead.mean, "runs": self.experiment.effective_runs}
            if self.experiment.effective_runs == 1:
                said.append(lesson.say("sentences", "one_run", facts))
                continue
            case = f"ahead_{kind}" if ahead.mean > 0 else f"behind_{kind}"
            case = case if ahead.beyond_noise else "noise"
            said.append(lesson.say("sentences", case, facts))
            if kind == "share" and facts["value"] > LARGE:
                said.append(lesson.say("sentences", "too_much", facts))
        said.append(lesson.say("sentences", f"measure_{report.measure}_{self.experiment.model}"))
        said.append(lesson.say("sentences", "paired"))
        return said

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        report, words = self.report, self.lesson.words("columns")
        found: dict[str, Any] = {
            words["generation"]: list(range(self.experiment.last + 1)),
        }
        for course in report.everyone:
            name = self.name(course)
            found[self.lesson.say("columns", "runs", name=name)] = course.average(report.measure)
            exact = course.exact[report.measure]
            if exact is not None:
                found[self.lesson.say("columns", "exact", name=name)] = exact
        return found

    def kept(self, t: int) -> dict[str, list[str]]:
        """Return the table of one generation: what each remedy kept, and what it cost."""
        words, numbers = self.lesson.words("kept"), self.lesson.numbers
        table: dict[str, list[str]] = {words["remedy"]: []}
        for row in self.report.rows(t):
            table[words["remedy"]].append(self.lesson.text("names", row["remedy"]))
            for measure in MEASURES:
                form = numbers.small if measure == "distance" else numbers.any_percent
                exact = row[f"{measure}_exact"]
                known = words["unknown"] if exact is None else form(exact)
                told = self.lesson.say("kept", "pair", sampled=form(row[measure]), exact=known)
                table.setdefault(words[measure], []).append(told)
            for kind in ("real", "stored", "fitted"):
                table.setdefault(words[kind], []).append(numbers.count(row[kind]))
        return table
