"""How good a class is at several questions: all its guesses against the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from collapse_core.figures.look import LIGHT, Look, transparent
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene, share_axis

__all__ = ["Answered", "results_figure"]

ASIDE = 0.012  # guesses stand so far to the left and right of their answer, in turns


@dataclass(frozen=True)
class Answered:
    """A question that a class has answered.

    Parameters
    ----------
    number : int
        Of the question in the class, from 1.
    truth : tuple of float
        How far along the scale the answer is, 0 to 1; one for each point of the question.
    guesses : tuple of tuple of float
        The same of each guess; at least one.
    """

    number: int
    truth: tuple[float, ...]
    guesses: tuple[tuple[float, ...], ...]


def results_figure(
    answered: Sequence[Answered], *, look: Look = LIGHT, alt: str = ""
) -> MovingFigure:
    """Draw every guess against its answer, and the middle guess of each question with its number.

    Parameters
    ----------
    answered : sequence of Answered
        At least one question.
    look : Look
        Colours and sizes.
    alt : str
        The picture in one sentence.

    Raises
    ------
    ValueError
        If there is no question, or one without a guess.
    """
    if not answered or not all(one.guesses for one in answered):
        raise ValueError("answered is empty, or has a question without a guess: leave it out.")
    scene, axis = Scene("classroom", look, table="results", height=430), share_axis(-0.04, 1.04)
    panel = scene.panel("guess", "truth", x=axis, y=axis, leads=True)
    panel.line("right", [0.0, 1.0], [0.0, 1.0], style="exact", hover=None)
    x, y = _all_guesses(answered)
    pale = transparent(look.violet, 0.45)
    panel.points("legend", x, y, "circle", 7, pale, hover="%{y:.0%}")
    points = [(t, m, one.number) for one in answered for t, m in _middles(one)]
    across, up, numbers = (list(column) for column in zip(*points, strict=True))
    named: dict[str, Any] = {
        "mode": "markers+text",
        "text": [str(n) for n in numbers],
        "cliponaxis": False,
    }
    named |= {"textposition": "middle right", "cliponaxis": False}
    panel.points("middle", across, up, "diamond", 13, "text", hover="%{y:.0%}", **named)
    return scene.figure(alt)


def _all_guesses(answered: Sequence[Answered]) -> tuple[list[float], list[float]]:
    """Return answer and guess of every point, the former a little aside so that all are seen."""
    x: list[float] = []
    y: list[float] = []
    for one in answered:
        for number, guess in enumerate(one.guesses):
            x += [truth + ASIDE * (number % 3 - 1) for truth in one.truth]
            y += guess
    return x, y


def _middles(one: Answered) -> list[tuple[float, float]]:
    """Return answer and middle guess of each point of a question."""
    middle = np.median(np.asarray(one.guesses), axis=0).tolist()
    return list(zip(one.truth, middle, strict=True))
