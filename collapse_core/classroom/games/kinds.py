"""Draws of kinds, such as words or notes: what these games have in common.

The features of a model are the shares of the kinds, in the game's order. The ideal copier's shares
are those of its draws: the Wright-Fisher chain of many types. By lumping, each kind alone against
all others is the chain of two types, which gives the average diversity and the chance that one kind
is left exactly.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from typing import Any

import numpy as np

from collapse_core.classroom.games.game import Draws, Features, Game, Model

__all__ = ["KindsGame", "ListGame", "spread_evenly"]


class KindsGame(Game):
    """A game whose draws are of kinds."""

    @property
    @abstractmethod
    def kinds(self) -> tuple[Any, ...]:
        """What may be drawn."""

    @property
    @abstractmethod
    def shares(self) -> Features:
        """Shares of the kinds in the truth, sum 1."""

    @abstractmethod
    def drawn_shares(self, model: Model) -> Features:
        """Return the shares of all kinds of a model, others than the game's among them; sum 1."""

    @property
    def prior(self) -> Features:
        """Every kind alike."""
        return np.full(len(self.kinds), 1.0 / len(self.kinds))

    def diversity(self, model: Model) -> float:
        """Return 1 - sum p^2, the chance that two draws differ, over that of the truth."""
        p, truth = self.drawn_shares(model), self.shares
        return float((1.0 - p @ p) / (1.0 - truth @ truth))

    def fixed(self, model: Model) -> bool:
        """Return whether one kind is left."""
        return bool(self.drawn_shares(model).max() == 1.0)

    def features(self, model: Model) -> Features:
        """Return the shares of the game's kinds, shape (kinds,)."""
        return self.drawn_shares(model)[: len(self.kinds)]

    def departed(self, features: Features, pull: float, sharpening: float) -> Features:
        """Return shares after sharpening, p^g over the sum of all, and the pull to all alike."""
        powers = features**sharpening
        total = powers.sum(axis=-1, keepdims=True)
        sharp = powers / np.where(total > 0.0, total, 1.0) * features.sum(axis=-1, keepdims=True)
        return np.asarray((1.0 - pull) * sharp + pull * self.prior)


class ListGame(KindsGame):
    """A game in which the answer is itself a list of kinds, drawn from with equal chances."""

    @property
    def _field(self) -> str:
        return self.fields[0]

    def _drawn(self, model: Model, count: int, rng: np.random.Generator) -> Draws:
        items = model[self._field]
        return [items[place] for place in rng.integers(len(items), size=count)]

    def fit(self, draws: Draws) -> Model:
        """Return the list that was drawn, in its order.

        Raises
        ------
        ValueError
            If an item is none that may be drawn, or there is none.
        """
        return self.read({self._field: draws})

    def drawn_shares(self, model: Model) -> Features:
        """Return the shares of the game's kinds, then those of others in the order they came."""
        counts: Counter[Any] = Counter(model[self._field])
        others = [item for item in counts if item not in self.kinds]
        numbers = [counts[kind] for kind in (*self.kinds, *others)]
        return np.array(numbers, dtype=np.float64) / sum(numbers)

    def described(self, draws: Draws) -> dict[str, Any]:
        """Return how many items there are, how many of them differ, and the items in order."""
        return {"count": len(draws), "different": len(set(draws)), "items": list(draws)}

    def recalled(
        self, features: Features, count: int, noise: float, rng: np.random.Generator
    ) -> Model:
        """Return a list with shares as near to those remembered as it can have.

        A part ``noise`` of its items is drawn anew from these shares.
        """
        shares = features / features.sum() if features.sum() > 0.0 else self.prior
        places = spread_evenly(shares, count, rng)
        anew = rng.random(count) < noise
        places[anew] = rng.choice(len(shares), size=int(anew.sum()), p=shares)
        return {self._field: [self.kinds[place] for place in rng.permutation(places)]}

    def guessed(self, count: int, rng: np.random.Generator) -> Model:
        """Return any list."""
        places = rng.integers(len(self.kinds), size=count)
        return {self._field: [self.kinds[place] for place in places]}


def spread_evenly(shares: Features, count: int, rng: np.random.Generator) -> Any:
    """Return ``count`` numbers of kinds, of each its share up to rounding, and on average exactly.

    Source: systematic sampling.
    """
    steps = (np.arange(count) + rng.random()) / count
    places = np.searchsorted(np.cumsum(shares), steps, side="right")
    return np.minimum(places, len(shares) - 1)
