"""A content of normal numbers, of which the largest are followed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number
from collapse_core.web.contents import Content, Counts, Draws

__all__ = ["NormalContent"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class NormalContent(Content):
    """Normal numbers; the group are those far above the mean. Parameters: mean and variance.

    The truth has mean 0 and variance 1. At a temperature T the density p(x)^(1/T) is normal again,
    with T times the variance.

    Parameters
    ----------
    share : float
        Of the group, the largest numbers in the truth: 0.001 to 0.5.

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
        """Mean 0, variance 1."""
        return np.array([0.0, 1.0])

    @property
    def group(self) -> float:  # type: ignore[override]
        """Share of the group in the truth."""
        return self.share

    @property
    def exact_group(self) -> bool:
        """False: the share above a threshold is not linear in mixtures."""
        return False

    @property
    def _scale(self) -> float:
        return 1.0

    @cached_property
    def _threshold(self) -> float:
        from scipy.special import ndtri

        return float(-ndtri(self.share))

    def published(self, models: Array, temperature: float) -> Array:
        """Return the same mean with T times the variance."""
        return np.asarray(models * np.array([1.0, temperature]))

    def drawn(self, rng: Draws, human: Counts, made: Counts, parts: Array, models: Array) -> Array:
        """Return the sums of all numbers and of their squares, shape (runs, 2)."""
        used = np.flatnonzero(parts > 0.0)
        counts = np.empty((human.size, used.size + 1))
        counts[:, 0] = human
        if used.size:
            counts[:, 1:] = rng.multinomial(made, parts[used] / parts[used].sum())
        truth = np.broadcast_to(self.truth, (human.size, 1, 2))
        means, variances = np.moveaxis(np.concatenate([truth, models[:, used]], axis=1), -1, 0)
        sums = counts * means + np.sqrt(counts * variances) * rng.standard_normal(counts.shape)
        freedom = np.maximum(counts - 1.0, 0.0)
        inside = variances * 2.0 * rng.standard_gamma(0.5 * freedom)
        squares = inside + sums**2 / np.maximum(counts, 1.0)
        return np.stack([sums.sum(axis=1), squares.sum(axis=1)], axis=1)

    def fitted(self, totals: Array, size: int) -> Array:
        """Return mean and variance of the training set."""
        mean, square = (totals / size).T
        return np.stack([mean, np.maximum(square - mean**2, 0.0)], axis=1)

    def diversity(self, models: Array) -> Array:
        """Return the variance."""
        return models[..., 1]

    def group_share(self, models: Array) -> Array:
        """Return the share above the threshold."""
        from scipy.special import ndtr

        deviation = np.sqrt(models[..., 1])
        above = models[..., 0] - self._threshold
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(deviation > 0.0, ndtr(above / deviation), (above > 0.0) * 1.0)

    def mean(self, models: Array) -> Array:
        """Return the mean, with its axis."""
        return models[..., :1]
