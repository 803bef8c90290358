"""What can be read off a law of the share of blue: mean, spread, diversity, atoms and quantiles."""

from __future__ import annotations

import numpy as np

from collapse_core.checks import FloatArray, check_level

__all__ = [
    "LawOfShare",
]


class LawOfShare:
    """What can be read off a table of probabilities; each row is one law."""

    shares: FloatArray

    @property
    def _table(self) -> FloatArray:
        raise NotImplementedError

    def _mean(self, truth: float) -> FloatArray:
        mean: FloatArray = truth + self._table @ (self.shares - truth)
        return mean

    def _variance(self, truth: float) -> FloatArray:
        second = self._table @ (self.shares - truth) ** 2  # about the truth: nothing cancels
        return np.maximum(second - (self._mean(truth) - truth) ** 2, 0.0)

    def _diversity(self) -> FloatArray:
        diversity: FloatArray = self._table @ (self.shares * (1.0 - self.shares))
        return diversity

    def _chance_at(self, share: float) -> FloatArray:
        chance: FloatArray = self._table[:, self.shares == share].sum(axis=1)
        return chance

    def _quantile(self, level: float) -> FloatArray:
        check_level(level)
        reached = np.cumsum(self._table, axis=1) >= level - 1e-12
        reached[:, -1] = True
        quantile: FloatArray = self.shares[np.argmax(reached, axis=1)]
        return quantile
