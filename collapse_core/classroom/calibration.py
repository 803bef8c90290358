"""A class's guesses at several questions: their histogram, and whether the class leans one way.

All values lie along the scale of their question, from 0 to 1, as in ``topics.your_guesses``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import check_numbers, check_share, check_whole_number, shown
from collapse_core.classroom.estimates import Interval
from collapse_core.classroom.mean_interval import mean_interval

__all__ = ["Calibration", "Histogram", "QuestionResult", "calibration", "histogram", "result"]

WHOLE_SCALE = 2.0  # from one end to the other and back
CLOSE = 0.1  # as in topics.prediction, which judges a single guess


@dataclass(frozen=True)
class Histogram:
    """How many guesses are where.

    Attributes
    ----------
    edges : tuple of float
        Of the bins, one more than there are bins.
    counts : tuple of int
        Guesses in each; a guess on an edge counts above it, the last edge below.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class QuestionResult:
    """A class's guesses at one question.

    Attributes
    ----------
    truth : float
        The answer.
    guesses : int
        How many.
    middle, lower, upper : float
        Median and quartiles of the guesses.
    bias : float
        The average guess less the answer: above 0 the class guesses too high.
    distance : float
        Average distance of a guess from the answer.
    crowd : float
        Distance of the middle guess from the answer.
    close : int
        Guesses within a tenth of the scale.
    """

    truth: float
    guesses: int
    middle: float
    lower: float
    upper: float
    bias: float
    distance: float
    crowd: float
    close: int


@dataclass(frozen=True)
class Calibration:
    """A class's guesses at several questions.

    Attributes
    ----------
    questions : tuple of QuestionResult
        In their order.
    bias : Interval or None
        Average bias with its 95 % interval: questions are drawn from all that might be asked, and
        guesses of one question have much in common, so the question is the unit. None with fewer
        than two questions, or where it would tell nothing (`mean_interval`).
    close : float
        Share of all guesses that are close.
    """

    questions: tuple[QuestionResult, ...]
    bias: Interval | None
    close: float


def histogram(values: ArrayLike, low: float = 0.0, high: float = 1.0, bins: int = 10) -> Histogram:
    """Return how many values are in each of equal bins; what lies outside counts at the end.

    Parameters
    ----------
    values : array_like
        One number or more.
    low, high : float
        Ends of the scale, from -1e6 to 1e6; ``high`` is the larger one by 1e-6 or more.
    bins : int
        From 1 to 100.

    Raises
    ------
    ValueError
        If a number is out of range.
    """
    numbers = check_numbers("values", values).reshape(-1)
    ends = check_numbers("low and high", [float(low), float(high)]) if _real(low, high) else None
    if ends is None or np.abs(ends).max() > 1e6 or ends[1] - ends[0] < 1e-6:
        raise ValueError(
            f"low={shown(low)} and high={shown(high)} are out of range: they must be numbers from "
            "-1e6 to 1e6, low below high. Choose for example 0 and 1."
        )
    number = check_whole_number("bins", bins, 1, 100)
    edges = np.linspace(ends[0], ends[1], number + 1)
    counts, _ = np.histogram(np.clip(numbers, *ends), edges)
    return Histogram(tuple(map(float, edges)), tuple(map(int, counts)))


def result(truth: float, guesses: ArrayLike) -> QuestionResult:
    """Return how a class guessed at one question.

    Parameters
    ----------
    truth : float
        The answer along the scale, 0 to 1.
    guesses : array_like
        One guess or more, each from 0 to 1.

    Raises
    ------
    ValueError
        If a value is out of range.
    """
    right = check_share("truth", truth)
    numbers = check_numbers("guesses", guesses, 0.0).reshape(-1)
    check_share("guesses", float(numbers.max()))
    lower, middle, upper = (float(each) for each in np.quantile(numbers, (0.25, 0.5, 0.75)))
    apart = np.abs(numbers - right)
    return QuestionResult(
        right,
        numbers.size,
        middle,
        lower,
        upper,
        float(numbers.mean() - right),
        float(apart.mean()),
        abs(middle - right),
        int((apart <= CLOSE + 1e-12).sum()),
    )


def calibration(questions: Sequence[QuestionResult]) -> Calibration:
    """Return how a class guessed at all questions.

    Raises
    ------
    ValueError
        If there is none.
    """
    if not questions or not all(isinstance(one, QuestionResult) for one in questions):
        raise ValueError(
            f"questions={shown(questions)} is out of range: it must be a list of one result or "
            "more. Make each with result()."
        )
    total = sum(one.guesses for one in questions)
    close = sum(one.close for one in questions) / total
    return Calibration(
        tuple(questions), mean_interval([one.bias for one in questions], WHOLE_SCALE), close
    )


def _real(*values: float) -> bool:
    return all(isinstance(value, int | float) and math.isfinite(value) for value in values)
