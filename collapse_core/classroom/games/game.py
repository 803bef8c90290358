"""What every game of telephone can do: draw from a model, read an answer, fit as an ideal learner.

A **model** is a ``dict`` and **draws** are a ``list``, both made of what JSON can hold. The
**truth** is the model that the first learner of each chain is shown draws from.

To say how a learner departs from the ideal one, a game describes a model by **features**, an array
of numbers, whose average over learners means something: shares of kinds, or a place and the
logarithm of a spread. Memory's pull w and sharpening g act on features: see `Game.departed`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, TypeAlias

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_made, check_whole_number, shown

__all__ = ["FEWEST_DRAWS", "MOST_DRAWS", "Draws", "Features", "Game", "Model"]

Model: TypeAlias = dict[str, Any]
Draws: TypeAlias = list[Any]
Features: TypeAlias = NDArray[np.float64]

FEWEST_DRAWS, MOST_DRAWS = 2, 24


class Game(ABC):
    """A game of telephone.

    Attributes
    ----------
    key : str
        Its name in settings and in lessons.
    fields : tuple of str
        The names in an answer.
    tolerance : float
        A simulated judge refuses an answer of which a feature is further off than this.
    """

    key: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]
    tolerance: ClassVar[float] = 0.25

    @property
    @abstractmethod
    def truth(self) -> Model:
        """The model that the first draws of each chain come from."""

    @property
    @abstractmethod
    def prior(self) -> Features:
        """Features of what memory falls back on: an even jar, the middle of the line, any kind."""

    @abstractmethod
    def _read(self, answer: dict[str, Any]) -> Model:
        """Return an answer that has all fields as a model, checked."""

    @abstractmethod
    def _drawn(self, model: Model, count: int, rng: np.random.Generator) -> Draws:
        """Return draws from a model that has been checked."""

    @abstractmethod
    def fit(self, draws: Draws) -> Model:
        """Return what an ideal copier answers: the maximum likelihood fit to the draws."""

    @abstractmethod
    def diversity(self, model: Model) -> float:
        """Return how varied a model is, as a share of the truth's variety: 1 at the truth.

        It may be above 1. For kinds it is the chance that two draws differ, for points the
        variance.
        """

    @abstractmethod
    def fixed(self, model: Model) -> bool:
        """Return whether nothing varies any more, so that every later draw is the same."""

    @abstractmethod
    def described(self, draws: Draws) -> dict[str, Any]:
        """Return facts for the sentence that describes draws to somebody who cannot see them.

        The words are those of the lesson "telephone".
        """

    @abstractmethod
    def features(self, model: Model) -> Features:
        """Return a model as an array of numbers whose averages mean something."""

    @abstractmethod
    def departed(self, features: Features, pull: float, sharpening: float) -> Features:
        """Return features after memory has pulled and sharpened them.

        Parameters
        ----------
        features : ndarray, shape (..., features)
            Of one model, or of many.
        pull : float
            Weight w of the prior, 0 for none, 1 for all.
        sharpening : float
            Exponent g on the model's probabilities, 1 for none; above 1 what is common becomes
            more common, below 1 all becomes more alike. The pull comes after it.
        """

    @abstractmethod
    def recalled(
        self, features: Features, count: int, noise: float, rng: np.random.Generator
    ) -> Model:
        """Return an answer whose features are, on average, those given.

        Parameters
        ----------
        features : ndarray
            What is remembered.
        count : int
            How many draws were seen: the length of an answer that is a list.
        noise : float
            How much answers scatter, from 0 to 1.
        rng : Generator
            Source of the scatter.
        """

    @abstractmethod
    def guessed(self, count: int, rng: np.random.Generator) -> Model:
        """Return what somebody answers who has not looked at the draws."""

    # ------------------------------------------------------------------ the same for every game

    def read(self, value: Any) -> Model:
        """Return an answer as a model, however a phone has sent it.

        Parameters
        ----------
        value : Any
            A dict with the game's fields; more than these is refused.

        Raises
        ------
        ValueError
            If it is no such dict or a value in it is out of range; the message names it.
        """
        if not isinstance(value, dict) or set(value) != set(self.fields):
            wanted = ", ".join(map(repr, self.fields))
            raise ValueError(
                f"value={shown(value)} is out of range: it must be a dict with {wanted}. "
                "Answer with these and nothing else."
            )
        return self._read(value)

    def draw(self, model: Model, n: int, rng: np.random.Generator) -> Draws:
        """Return ``n`` draws from a model.

        Parameters
        ----------
        model : dict
            An answer, or the truth.
        n : int
            How many, from 1 to 24.
        rng : Generator
            Source of the draws; the same source gives the same draws.

        Raises
        ------
        ValueError
            If the model or the number is out of range.
        """
        check_made("rng", rng, np.random.Generator)
        count = check_whole_number("n", n, 1, MOST_DRAWS)
        return self._drawn(self.read(model), count, rng)

    def with_anchor(self, draws: Draws, rng: np.random.Generator) -> Draws:
        """Return draws of which one, at any place, is replaced by a real draw of the truth.

        Raises
        ------
        ValueError
            If there are no draws.
        """
        check_made("rng", rng, np.random.Generator)
        if not isinstance(draws, list) or not draws:
            raise ValueError(
                f"draws={shown(draws)} is out of range: it must be a list of one or more. "
                "Make it with draw()."
            )
        place = int(rng.integers(len(draws)))
        real = self._drawn(self.truth, 1, rng)[0]
        return [*draws[:place], real, *draws[place + 1 :]]

    def with_all(self, models: Sequence[Model], n: int, rng: np.random.Generator) -> Draws:
        """Return ``n`` draws from the pool of all earlier answers, each as likely as the others.

        Parameters
        ----------
        models : sequence of dict
            The answers so far; where there is none the draws come from the truth.

        Raises
        ------
        ValueError
            If a model or the number is out of range.
        """
        check_made("rng", rng, np.random.Generator)
        count = check_whole_number("n", n, 1, MOST_DRAWS)
        pool = [self.read(model) for model in models] or [self.truth]
        chosen = rng.integers(len(pool), size=count)
        return [self._drawn(pool[place], 1, rng)[0] for place in chosen]
