"""A question that a reader answers in the picture, before the answer is shown there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from collapse_core.figures.guess_place import GuessPlace, guessed_share
from collapse_core.lessons.lesson import Lesson

__all__ = [
    "CLOSE",
    "Prediction",
    "Truth",
    "share_prediction",
    "side_of",
    "side_of_curve",
    "verdict_on_curve",
    "verdict_on_share",
]

# Computed once the guess is judged: until then the answer may not be there.
Truth = Callable[[], Sequence[float]]

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
    truth : callable
        Gives the answer, one value for each point of the place.
    judge : callable
        From the guess to what it is: "close", too "low", too "high", or "wrong" where it is right
        or wrong and no side can be named.
    """

    question: str
    place: GuessPlace
    reveal: Callable[[Sequence[float]], str]
    truth: Truth
    judge: Callable[[Sequence[float]], str]


def side_of(guess: float, truth: float, close: float = CLOSE) -> str:
    """Return on which side of the truth a guess is: "close", "low" or "high"."""
    return "close" if abs(guess - truth) <= close else "low" if guess < truth else "high"


def side_of_curve(guess: Sequence[float], truth: Sequence[float], top: float) -> str:
    """Return on which side of the truth a drawn curve is, on average, as a share of its top."""
    apart = (np.asarray(guess) - np.asarray(truth)) / top
    close = float(np.abs(apart).mean()) <= CLOSE
    return "close" if close else "low" if float(apart.mean()) < 0.0 else "high"


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

    place = guessed_share(at, question)
    return Prediction(question, place, told, lambda: [truth], lambda g: side_of(g[0], truth))


def verdict_on_share(lesson: Lesson, facts: dict[str, Any], guess: float, truth: float) -> str:
    """Return what is said of a guessed share: close, too low or too high."""
    return lesson.say("predict", side_of(guess, truth), facts)


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
    verdict = lesson.say("predict", side_of_curve(guess, truth, top), known)
    return f"{lesson.say('predict', said, known)} {verdict}"
