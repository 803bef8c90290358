"""Contents of two kinds, a minority and all others, and of many kinds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number, check_whole_number
from collapse_core.families.categorical import sharpened_shares
from collapse_core.theory.tails import zipf_probabilities
from collapse_core.web.contents import Content, Counts, Draws

__all__ = ["MinorityContent", "ZipfContent"]

Array = NDArray[np.float64]
MOST_KINDS = 2000


@dataclass(frozen=True)
class MinorityContent(Content):
    """Two kinds; the rarer one is the group that is followed. Parameter: its share.

    Parameters
    ----------
    share : float
        Of the minority in the truth, 0.001 to 0.5.

    Raises
    ------
    ValueError
        If it is out of range.
    """

    share: float = 0.1

    def __post_init__(self) -> None:
        check_number("share", self.share, 0.001, 0.5)

    @property
    def truth(self) -> Array:  # type: ignore[override]
        """The share in the truth."""
        return np.array([self.share])

    @property
    def group(self) -> float:  # type: ignore[override]
        """The share in the truth."""
        return self.share

    @property
    def _scale(self) -> float:
        return self.share * (1.0 - self.share)

    def published(self, models: Array, temperature: float) -> Array:
        """Return p^(1/T) / (p^(1/T) + q^(1/T))."""
        both = np.concatenate([models, 1.0 - models], axis=-1)
        return sharpened_shares(both, temperature)[..., :1]

    def drawn(self, rng: Draws, human: Counts, made: Counts, parts: Array, models: Array) -> Array:
        """Return how many items belong to the minority, shape (runs, 1)."""
        mixed = np.clip(models[..., 0] @ parts, 0.0, 1.0)
        counts = rng.binomial(human, self.share) + rng.binomial(made, mixed)
        return np.asarray(counts[:, np.newaxis], dtype=np.float64)

    def fitted(self, totals: Array, size: int) -> Array:
        """Return the share in the training set."""
        return totals / size

    def diversity(self, models: Array) -> Array:
        """Return p (1 - p) over that of the truth."""
        share = models[..., 0]
        return np.asarray(share * (1.0 - share) / self._scale)

    def group_share(self, models: Array) -> Array:
        """Return the share."""
        return models[..., 0]

    def mean(self, models: Array) -> Array:
        """Return the share, with its axis."""
        return models


@dataclass(frozen=True)
class ZipfContent(Content):
    """Many kinds, frequent and rare. Parameters: the share of each.

    Parameters
    ----------
    kinds : int
        2 to 2,000.
    exponent : float
        Of the rank in the truth, 0 to 4.
    rank : int
        Which kind is followed: 1 is the most frequent one.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    kinds: int = 100
    exponent: float = 1.0
    rank: int = 20

    def __post_init__(self) -> None:
        check_whole_number("kinds", self.kinds, 2, MOST_KINDS)
        check_number("exponent", self.exponent, 0.0, 4.0)
        check_whole_number("rank", self.rank, 1, self.kinds)

    @cached_property
    def truth(self) -> Array:  # type: ignore[override]
        """Zipf's law."""
        return zipf_probabilities(self.kinds, self.exponent)

    @property
    def group(self) -> float:  # type: ignore[override]
        """Share of the kind that is followed."""
        return float(self.truth[self.rank - 1])

    @cached_property
    def _scale(self) -> float:
        return float(1.0 - (self.truth**2).sum())

    def published(self, models: Array, temperature: float) -> Array:
        """Return p^(1/T) over their sum."""
        return sharpened_shares(models, temperature)

    def drawn(self, rng: Draws, human: Counts, made: Counts, parts: Array, models: Array) -> Array:
        """Return how many items are of each kind, shape (runs, kinds)."""
        mixed = np.einsum("rgk,g->rk", models, parts)
        mixed[mixed.sum(axis=1) <= 0.0] = self.truth
        mixed /= mixed.sum(axis=1, keepdims=True)
        counts = rng.multinomial(human, self.truth) + rng.multinomial(made, mixed)
        return np.asarray(counts, dtype=np.float64)

    def fitted(self, totals: Array, size: int) -> Array:
        """Return the shares in the training set."""
        return totals / size

    def diversity(self, models: Array) -> Array:
        """Return 1 - sum p^2 over that of the truth."""
        return np.asarray((1.0 - (models**2).sum(axis=-1)) / self._scale)

    def group_share(self, models: Array) -> Array:
        """Return the share of the kind that is followed."""
        return models[..., self.rank - 1]

    def mean(self, models: Array) -> Array:
        """Return all shares."""
        return models
