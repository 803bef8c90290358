"""A guess that was judged, as plain numbers and words: it needs no page to be shown again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from collapse_core.topics.prediction import Prediction

__all__ = ["VERDICTS", "KeptGuess"]

# What `Prediction.judge` says of a guess.
VERDICTS = ("close", "low", "high", "wrong")


@dataclass(frozen=True)
class KeptGuess:
    """A guess beside its answer.

    Parameters
    ----------
    page : str
        Key of the page that asked.
    question : str
        What it asked.
    guess, truth : tuple of float
        How far along the scale of the question each value is, from 0 to 1; one for each point.
    said_guess, said_truth : str
        Both in words.
    verdict : str
        One of ``VERDICTS``.
    """

    page: str
    question: str
    guess: tuple[float, ...]
    truth: tuple[float, ...]
    said_guess: str
    said_truth: str
    verdict: str

    @classmethod
    def of(cls, page: str, asked: Prediction, guess: Sequence[float]) -> KeptGuess:
        """Return a guess that the page can judge by now.

        Parameters
        ----------
        page : str
            Key of the page.
        asked : Prediction
            Its question, with the answer.
        guess : sequence of float
            One value for each point of its place.
        """
        truth, place = list(asked.truth()), asked.place
        shown = [value if math.isfinite(value) else place.high for value in truth]
        return cls(
            page,
            asked.question,
            tuple(place.along(guess)),
            tuple(place.along(truth)),
            place.spoken(guess),
            place.spoken(shown if math.inf in truth else truth),
            asked.judge(guess),
        )

    @property
    def distance(self) -> float:
        """How far guess and answer are apart on average, as a share of the scale."""
        pairs = list(zip(self.guess, self.truth, strict=True))
        return sum(abs(guess - truth) for guess, truth in pairs) / len(pairs)
