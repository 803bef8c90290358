"""Six hidden histories: which of them are collapsing? The reader says, then the monitor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import rounded
from collapse_core.figures.scene import Scene, plane_axis
from collapse_core.lessons.lesson import Lesson
from collapse_core.models.base import Report, no_report
from collapse_core.streams import generator
from collapse_core.topics.early_warning.histories import History, make_history
from collapse_core.topics.early_warning.question import HistoryChoice, WatchedHistory
from collapse_core.topics.early_warning.watched import monitoring_of

__all__ = ["HIDDEN", "HiddenHistories", "game_table", "hidden_figure", "scores"]

HIDDEN = 6
GENERATIONS, ROWS = 16, 200
# What may be among them, and whether it is a closed loop that loses its spread.
KINDS: Mapping[str, tuple[HistoryChoice, int, bool]] = {
    "gaussian": ("gaussian", 0, True),
    "digits": ("digits", 0, True),
    "anchored": ("gaussian", 100, False),
    "stationary": ("stationary", 0, False),
    "moving_world": ("moving_world", 0, False),
}


@dataclass(frozen=True)
class HiddenHistories:
    """Six histories, and the monitor's answer on one after the other.

    Parameters
    ----------
    number : int
        Which six, from 1.
    """

    number: int = 1

    @property
    def identity(self) -> str:
        """Everything that the steps depend on, as a text."""
        return repr(self)

    @property
    def total(self) -> int:
        """Number of histories."""
        return HIDDEN

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What each of them is: two or three collapse."""
        rng = generator(self.number, 0, "hidden histories")
        collapsing = [kind for kind, (_, _, truth) in KINDS.items() if truth]
        others = [kind for kind in KINDS if kind not in collapsing]
        count = int(rng.integers(2, 4))
        chosen = [*rng.choice(collapsing, count), *rng.choice(others, HIDDEN - count)]
        return tuple(str(kind) for kind in rng.permutation(chosen))

    @property
    def truth(self) -> tuple[bool, ...]:
        """Whether each is a closed loop that collapses."""
        return tuple(KINDS[kind][2] for kind in self.kinds)

    def asked(self, place: int) -> WatchedHistory:
        """Return the settings of one of them."""
        history, anchors, _ = KINDS[self.kinds[place]]
        seed = int(generator(self.number, place, "seeds of hidden histories").integers(10**6))
        return WatchedHistory(history, ROWS, GENERATIONS, anchors, seed=seed)

    def histories(self) -> list[History]:
        """Return all six."""
        return [make_history(self.asked(place)) for place in range(HIDDEN)]

    def start(self) -> bool | None:
        """Return nothing yet."""
        return None

    def after(self, done: Sequence[bool | None], report: Report = no_report) -> bool:
        """Return whether the monitor calls the next one a collapse.

        Parameters
        ----------
        done : sequence
            Answers so far, after nothing.
        report : callable
            Is told how much is done.
        """
        asked = self.asked(len(done) - 1)
        history = make_history(asked)
        work = monitoring_of(history, asked.seed, asked.false_alarm)
        steps = [work.start()]
        while len(steps) <= work.total:
            steps.append(work.after(steps))
            report(len(steps) / (work.total + 1))
        return work.report(steps).direction == "contracting"


def scores(hidden: HiddenHistories, answers: Sequence[bool]) -> int:
    """Return how many of six answers are right."""
    return sum(a == b for a, b in zip(hidden.truth, answers, strict=True))


def hidden_figure(
    histories: Sequence[History],
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the clouds of all histories on one clock, and nothing else.

    Parameters
    ----------
    histories : sequence of History
        Six of them.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    """
    columns = 3
    places = [
        (
            (place % columns) / columns + 0.01,
            (place % columns + 1) / columns - 0.01,
            0.53 - 0.53 * (place // columns),
            0.94 - 0.53 * (place // columns),
        )
        for place in range(len(histories))
    ]
    scene = Scene("early_warning", look, words, height=460, places=places,
                  margin={"l": 8, "r": 8, "b": 46})  # fmt: skip
    for number, history in enumerate(histories, start=1):
        clouds = [history.places(rows, 100) for rows in history.generations]
        reach = 1.15 * float(np.quantile(np.abs(np.concatenate([clouds[0], clouds[-1]])), 0.99))
        axis = plane_axis(reach, look)
        panel = scene.panel(f"history_{number}", x=axis, y=axis, square=True)
        moves = [{"x": rounded(c[:, 0]), "y": rounded(c[:, 1])} for c in clouds]
        panel.points("start_rows", moves[0]["x"], moves[0]["y"], "circle-open", 5, "real",
                     hover=None, opacity=0.5)  # fmt: skip
        panel.points("made_rows", moves[0]["x"], moves[0]["y"], "circle", 4, "blue", hover=None,
                     opacity=0.8, changes=moves)  # fmt: skip
    return scene.figure(alt)


def game_table(
    lesson: Lesson, hidden: HiddenHistories, yours: Sequence[bool], monitor: Sequence[bool]
) -> dict[str, list[str]]:
    """Return both answers beside the truth, as a table."""
    words = lesson.words("game")

    def said(answers: Sequence[bool]) -> list[str]:
        return [
            f"{words['yes' if answer else 'no']} {'✓' if answer == truth else '✗'}"
            for answer, truth in zip(answers, hidden.truth, strict=True)
        ]

    return {
        words["history"]: [words[f"letter_{place + 1}"] for place in range(HIDDEN)],
        words["was"]: [words[kind] for kind in hidden.kinds],
        words["yours"]: said(yours),
        words["monitors"]: said(monitor),
    }
