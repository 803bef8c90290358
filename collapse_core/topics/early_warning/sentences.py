"""What is said of a history that is watched: its drift, the alarm, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.typed import in_markdown
from collapse_core.topics.early_warning.changed_rows import changed_rows
from collapse_core.topics.early_warning.question import WatchedHistory
from collapse_core.topics.early_warning.watched import Watched

__all__ = ["EarlyWarningSentences"]

MEASURES = ("tail_coverage", "precision", "recall", "coverage", "density")


class EarlyWarningSentences:
    """The sentences of one picture.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    found : Watched
        The history, and what was found so far.
    asked : WatchedHistory, optional
        What was asked; None for rows of the reader's own.
    waiting : bool
        Whether the reader is still to guess; nothing that tells is said then.
    """

    def __init__(
        self,
        lesson: Lesson,
        found: Watched,
        asked: WatchedHistory | None = None,
        waiting: bool = False,
    ) -> None:
        self.lesson, self.found, self.asked, self.waiting = lesson, found, asked, waiting
        self._widths = found.widths()

    def facts(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation, by name."""
        report, step = self.found.report, self.found.report.steps[t]
        pair, local = step.cumulative, step.local
        return {
            "generation": t,
            "named": self.found.history.numbers[t] if self.found.history.numbers else t,
            "last": self.found.last,
            "total": self.found.total,
            "rows": step.rows,
            "alarm": report.alarm,
            "jump": report.jump,
            "width": float(self._widths[t]),
            "rank": step.effective_rank,
            "distance": np.nan if pair is None else pair.test.distance,
            "chance": np.nan if pair is None else pair.test.chance,
            "limit": np.nan if pair is None else pair.test.limit,
            "all": np.nan if pair is None else pair.distance,
            "floor": np.nan if pair is None else pair.floor,
            "p": np.nan if pair is None else pair.test.above,
            "p_volume": np.nan if pair is None else pair.test.contraction,
            "level": report.level,
            "local": np.nan if local is None else local.test.distance,
            "local_chance": np.nan if local is None else local.test.chance,
            "local_p": np.nan if local is None else local.test.above,
            "base": self.lesson.text("base", report.reference),
            "tail": np.nan if step.nearby is None else step.nearby.tail_coverage,
            "tail_chance": np.nan
            if step.nearby is None
            else step.nearby.chance["tail_coverage"].average,
        }

    def alt(self) -> str:
        """Return the picture in one sentence, for those who cannot see it."""
        if self.waiting:
            return self.lesson.say("predict", "alt")
        facts = self.facts(self.found.last) | {"verdict": self.verdict()}
        return self.lesson.fill(self.lesson.alt, "alt", **facts)

    def verdict(self) -> str:
        """Return what the monitor found, in one sentence."""
        return self.found.report.reasons[0]

    def captions(self) -> list[str]:
        """Return one or two sentences for each generation."""
        report = self.found.report
        texts = []
        for t, step in enumerate(report.steps):
            contracts = step.contracts(report.level)
            differs = step.differs(report.level)
            texts.append(
                self.lesson.pick(
                    "captions",
                    self.facts(t),
                    start=t == 0,
                    waiting=self.waiting,
                    point=step.effective_rank == 0.0,
                    alarm_collapse=t == report.alarm and contracts,
                    alarm=t == report.alarm,
                    collapse=contracts,
                    apart=differs,
                    quiet=True,
                )
            )
        return texts

    def details(self, t: int) -> list[str]:
        """Return why, and what there is to say more precisely of one generation."""
        step = self.found.report.steps[min(t, self.found.last)]
        pair = step.cumulative
        reduced = pair is not None and pair.axes != pair.test.axes
        told = self.lesson.every(
            "sentences",
            self.facts(step.generation),
            so_far=self.found.last < self.found.total,
            cumulative=pair is not None and step.generation > 0,
            whole=reduced and step.generation > 0,
            local=step.local is not None,
            dead=step.local is not None and step.local.test.distance == 0.0,
            width=step.generation > 0,
            tail=step.nearby is not None,
            reading=True,
            no_cure=self.found.report.reference != "moving",
        )
        return [*map(in_markdown, self.found.report.reasons), *told]

    def notes(self) -> list[str]:
        """Return what a reader should know about unusual settings."""
        asked = self.asked
        untrained = asked is not None and not asked.is_trained and asked.anchors > 0
        return self.lesson.every("sentences", {}, untrained=untrained)

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the heading of their column."""
        words, found = self.lesson.words("columns"), self.found
        columns: dict[str, Any] = {words["generation"]: range(found.last + 1)}
        paths = {
            "cumulative": "cumulative.test.distance",
            "limit": "cumulative.test.limit",
            "chance": "cumulative.test.chance",
            "p": "cumulative.test.above",
            "local": "local.test.distance",
            "local_chance": "local.test.chance",
            "local_p": "local.test.above",
            "contraction_p": "cumulative.test.contraction",
            "rank": "effective_rank",
        }
        columns |= {words[name]: found.series(path) for name, path in paths.items()}
        columns[words["width"]] = self._widths
        columns |= {words[name]: found.series(f"nearby.{name}") for name in MEASURES}
        if found.history.labels is not None:
            columns[words["entropy"]] = found.series("entropy")
        return columns

    def rows_table(self, t: int) -> dict[str, list[Any]]:
        """Return the rows that changed most, as a table."""
        words: Mapping[str, Any] = self.lesson.words("rows")
        rows = changed_rows(self.found, min(t, self.found.last))
        table: dict[str, list[Any]] = {
            words["kind"]: [words[row.kind] for row in rows],
            words["row"]: [row.row for row in rows],
        }
        if any(row.label for row in rows):
            table[words["label"]] = [row.label for row in rows]
        table[words["times"]] = [float(f"{row.times:.3g}") for row in rows]
        table[words["values"]] = [self.lesson.numbers.several(row.values, ".3g") for row in rows]
        return table
