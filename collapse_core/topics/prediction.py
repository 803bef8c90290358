"""A question that a reader answers in the picture, before the answer is shown there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from collapse_core.figures.guess_place import GuessPlace, guessed_share
from collapse_core.lessons.lesson import Lesson

__all__ = ["Prediction", "share_prediction", "verdict_on_curve", "verdict_on_share"]

CLOSE = 0.1


@dataclass(frozen=True)
class Prediction:
    """What is asked, where it is answered, and what is said of the answer.

    Parameters
    ----------
    question : str
        In one short sentence.
    place : GuessPlace
        Where the guess is made; the figure is to have the same one.
    reveal : callable
        From the guess, one value for each point of the place, to the sentences that set it beside
        the truth.
    """

    question: str
    place: GuessPlace
    reveal: Callable[[Sequence[float]], str]


def share_prediction(
    lesson: Lesson, at: float, truth: float, facts: Mapping[str, Any], reveal: str = "reveal"
) -> Prediction:
    """Return the question for a share, answered by one point.

    Parameters
    ----------
    lesson : Lesson
        Its table ``[predict]`` has the ``question``, the sentence that sets the ``guess`` beside
        the ``answer``, and what is said of one that is ``close``, too ``low`` or too ``high``.
    at : float
        Where on the horizontal axis it is answered.
    truth : float
        The answer.
    facts : mapping
        What the sentences tell besides.
    reveal : str
        Key of the sentence.
    """
    question = lesson.say("predict", "question", facts)

    def told(guess: Sequence[float]) -> str:
        known = {**facts, "guess": guess[0], "answer": truth}
        return f"{lesson.say('predict', reveal, known)} " + verdict_on_share(
            lesson, known, guess[0], truth
        )

    return Prediction(question, guessed_share(at, question), told)


def verdict_on_share(lesson: Lesson, facts: dict[str, Any], guess: float, truth: float) -> str:
    """Return what is said of a guessed share: close, too low or too high."""
    close = abs(guess - truth) <= CLOSE
    return lesson.pick("predict", facts, close=close, low=guess < truth, high=True)


def verdict_on_curve(
    lesson: Lesson,
    said: str,
    guess: Sequence[float],
    truth: Sequence[float],
    top: float,
    **facts: Any,
) -> str:
    """Return what is said of a curve that was drawn: how far off it is, and on which side.

    Parameters
    ----------
    lesson : Lesson
        Its table ``[predict]`` has the words.
    said : str
        Key of the first sentence; it can tell the last point, ``guess`` and ``truth``, and
        ``distance``, the average distance of the points as a share of the top.
    guess, truth : sequence of float
        Values at the points of the curve.
    top : float
        Where the curve begins.
    **facts
        More that the sentences tell.
    """
    apart = (np.asarray(guess) - np.asarray(truth)) / top
    distance = float(np.abs(apart).mean())
    known = facts | {"guess": guess[-1], "truth": truth[-1], "distance": distance}
    low = float(apart.mean()) < 0.0
    verdict = lesson.pick("predict", known, close=distance <= CLOSE, low=low, high=True)
    return f"{lesson.say('predict', said, known)} {verdict}"
