"""What is said of a sweep: names of what is seen, a sentence, and a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import Lesson, LessonError, read_lesson
from collapse_core.sweeps.table import Sweep
from collapse_core.sweeps.view import View
from collapse_core.topics.registry import topic_named

__all__ = ["CHANCES", "SHARES", "SweepSentences"]

CHANCES = ("absorbed", "lost", "taken_over", "any_lost")
SHARES = ("diversity_left", *CHANCES)
FAR = 2.0  # standard errors


@dataclass(frozen=True, eq=False)
class SweepSentences:
    """What is said of one view of a sweep.

    Parameters
    ----------
    found : Sweep
        The sweep.
    view : View
        What of it is looked at.
    """

    found: Sweep
    view: View

    @cached_property
    def lesson(self) -> Lesson:
        """The words of sweeps."""
        return read_lesson("sweep")

    @cached_property
    def _topic_lesson(self) -> Lesson:
        return read_lesson(self.found.topic)

    def setting(self, name: str) -> str:
        """Return what a setting is called on its page."""
        try:
            return control_words(self._topic_lesson, name)["label"]
        except LessonError:
            return name.replace("_", " ")

    def value(self, name: str, value: Any) -> str:
        """Return a value of a setting as its page writes it."""
        if isinstance(value, bool):
            return str(read_lesson("shell").words("switch")["on" if value else "off"])
        if isinstance(value, str):
            try:
                return control_words(self._topic_lesson, name).option(value)
            except LessonError:
                return value
        kind = topic_named(self.found.topic).settings()[name]
        if kind.params[name].unit == "share":
            return self.lesson.numbers.percent(value)
        return self.lesson.numbers.plain(value, ",g" if value < 1e6 else ",.0f")

    def number(self, value: float) -> str:
        """Return a value of the measure."""
        numbers = self.lesson.numbers
        return numbers.any_percent(value) if self.is_share else numbers.short(value)

    @property
    def is_share(self) -> bool:
        """Whether the measure is told in percent."""
        return self.view.measure in SHARES

    @property
    def measure(self) -> str:
        """What the measure is called."""
        return self.lesson.text("measures", self.view.measure)

    def page_title(self) -> str:
        """Return the title of the page whose loop it is."""
        return self._topic_lesson.title

    def title(self) -> str:
        """Return what is seen, and when."""
        when = "at_last" if self.view.generation is None else "at_generation"
        told = {"measure": self.measure, "generation": self.view.generation}
        if not self.view.where:
            return self.lesson.say("titles", when, told)
        return self.lesson.say("titles", f"{when}_where", told, where=self._where())

    def _where(self) -> str:
        return "; ".join(
            f"{self.setting(name)}: {self.value(name, value)}"
            for name, value in self.view.where.items()
        )

    def alt(self) -> str:
        """Return what the picture shows, in sentences: where most and least are, and the law."""
        view = self.view
        facts = {"title": self.title(), "across": self.setting(view.across)}
        facts |= {"along": self.setting(view.along) if view.along else ""}
        parts = [self.lesson.say("alt_text", "two" if view.along else "one", facts)]
        if np.isfinite(view.average).any():
            least, most = int(np.nanargmin(view.average)), int(np.nanargmax(view.average))
            told = {"least": self.number(view.average.flat[least]), "there": self._place(least)}
            told |= {"most": self.number(view.average.flat[most]), "here": self._place(most)}
            parts.append(self.lesson.say("alt_text", "from_to", told))
        return " ".join([*parts, self.against_law(), *self.failures()])

    def against_law(self) -> str:
        """Return how far the runs are from the exact law."""
        view = self.view
        if view.known[1] == "approximation":
            return self.lesson.text("law", "approximation")
        if not np.isfinite(view.exact).any():
            return self.lesson.text("law", "unknown")
        runs = int(self.found.settings["runs"])
        apart = view.errors_apart(runs, view.measure in CHANCES)
        if not apart.size:
            return self.lesson.text("law", "certain" if view.agrees else "too_few")
        far = int(np.count_nonzero(np.abs(apart) > FAR))
        return self.lesson.say("law", "exact", far=far, cells=apart.size)

    def failures(self) -> list[str]:
        """Return that cells failed, if any did."""
        many = len(self.found.failed)
        return [self.lesson.say("law", "failed", cells=many)] if many else []

    def about(self) -> list[str]:
        """Return the lines below a saved picture: what was not varied, and where it is from."""
        names = ("sample_size", "generations", "anchors", "seed")
        fixed = {n: self.found.settings[n] for n in names if n in self.found.settings}
        told = [f"{self.setting(name)}: {self.value(name, value)}" for name, value in fixed.items()]
        runs = f"{self.setting('runs')}: {self.lesson.numbers.count(self.found.settings['runs'])}"
        places = {"page": self._topic_lesson.title, "app": read_lesson("shell").title}
        return [" · ".join([*told, runs]), read_lesson("shell").say("player", "from", places)]

    def columns(self) -> dict[str, list[Any]]:
        """Return the numbers of the picture by the heading of their column."""
        view, words = self.view, self.lesson.words("columns")
        up, right = np.indices(view.average.shape).reshape(2, -1).tolist()
        table: dict[str, list[Any]] = {
            self.setting(view.across): [self.value(view.across, view.x[i]) for i in right]
        }
        if view.along:
            table[self.setting(view.along)] = [self.value(view.along, view.y[i]) for i in up]
        table[self.measure] = view.average.ravel().tolist()
        table[words["error"]] = view.error.ravel().tolist()
        known, name = view.known
        if np.isfinite(known).any():
            table[words[name]] = known.ravel().tolist()
        unknown = read_lesson("shell").text("numbers", "unknown")
        return {
            heading: [unknown if value != value else value for value in values]
            for heading, values in table.items()
        }

    def _place(self, number: int) -> str:
        up, right = divmod(number, len(self.view.x))
        return self.cell(right, up)

    def cell(self, right: int, up: int) -> str:
        """Return the settings of a cell, by its place along both axes."""
        view = self.view
        told = [f"{self.setting(view.across)}: {self.value(view.across, view.x[right])}"]
        if view.along:
            told.append(f"{self.setting(view.along)}: {self.value(view.along, view.y[up])}")
        return "; ".join(told)
