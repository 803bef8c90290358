"""Models that learn from a mixture of everything that was published before them.

Model t is fitted to n_t items, each of which is a human's or was made by an earlier model, and to
a reserve of r human items that stays the same. Where the variance of an item is a quadratic of its
mean with leading coefficient -1 (two kinds, any number of kinds, a normal law with both parameters
fitted), averages and covariances of all models follow by recursion, whatever the mixture: what is
lost as diversity inside is found again as error outside. Derived for this project; with the one
mixture that keeps everything alike it is the law of accumulation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import (
    check_array,
    check_number,
    check_numbers,
    check_positive,
    check_whole_number,
)

__all__ = ["GenerationMoments", "mixed_generations"]

Array = NDArray[np.float64]
LARGEST_MATRIX = 2000
MOST_ITEMS = 1e15


@dataclass(frozen=True, eq=False)
class GenerationMoments:
    """What is expected of each model, in units of the truth's variance V*.

    Attributes
    ----------
    covariance : ndarray, shape (T + 1, T + 1)
        Covariance of the means of models s and t; row and column 0, the truth, are 0.
    diversity : ndarray, shape (T + 1,)
        Expected variance of an item that model t would make without sharpening; 1 for the truth.
    """

    covariance: Array
    diversity: Array

    @property
    def error(self) -> Array:
        """Expected squared distance of each model's mean from the truth's, shape (T + 1,)."""
        return np.diag(self.covariance).copy()

    def error_against(self, tests: ArrayLike) -> Array:
        """Return the expected squared distance of each model's mean from that of a mixture.

        Parameters
        ----------
        tests : array_like, shape (T + 1, T + 1)
            Row t: the shares of human items (column 0) and of each model's in what model t is
            compared with.

        Returns
        -------
        ndarray, shape (T + 1,)
            In units of V*. A mean of covariances: exact.
        """
        mixtures = check_array("tests", tests)
        across = mixtures @ self.covariance
        spread = np.einsum("ts,ts->t", across, mixtures)
        return np.asarray(self.error - 2.0 * np.diag(across) + spread)


def mixed_generations(
    shares: ArrayLike, sizes: ArrayLike, reserve: int = 0, factor: float = 1.0
) -> GenerationMoments:
    """Return averages and covariances of models that learn from mixtures of generations.

    With q_t the mean of the mixture and y that of the reserve, m_t = (n_t x + r y) / (n_t + r),
    where E x = q_t, and Var(x | q_t) is the mixture's own variance over n_t.

    Parameters
    ----------
    shares : array_like, shape (T + 1, T + 1)
        Row t: the shares of human items (column 0) and of models 1 to t - 1 among the items that
        model t learns from; they sum to 1. Row 0 is not read.
    sizes : array_like, shape (T + 1,)
        Items n_t that model t learns from besides the reserve. Where that is 0 and there is no
        reserve, no model is fitted: model t is model t - 1.
    reserve : int
        Human items r that are drawn once and are in every training set.
    factor : float
        Variance of a published item over that of the fitted model. Other than 1 it describes
        a sharpened normal law alone; the variance of two kinds is no longer a quadratic then.

    Raises
    ------
    ValueError
        If shapes do not fit, the table is larger than 2,000 by 2,000, or a number is out of range.
    """
    weights, counts = check_numbers("shares", shares, 0.0), check_numbers("sizes", sizes, 0.0)
    if weights.ndim != 2 or weights.shape != (counts.size, counts.size):
        raise ValueError(
            f"shares has shape {weights.shape} and sizes {counts.shape}: give a square table with "
            "as many rows as there are sizes."
        )
    total = check_whole_number("len(sizes)", counts.size, 1, LARGEST_MATRIX)
    check_number("the largest of sizes", counts.max(), 0.0, MOST_ITEMS)
    check_number("the largest of shares", weights.max(), 0.0, 1.0 + 1e-9)
    kept, factor = check_whole_number("reserve", reserve, 0), check_positive("factor", factor)
    # The reserve's mean stands behind the models, in the last row and column.
    covariance, diversity = np.zeros((total + 1, total + 1)), np.ones(total)
    if kept:
        covariance[-1, -1] = 1.0 / kept
    for t in range(1, total):
        points = counts[t] + kept
        if points == 0:
            covariance[t], covariance[:, t] = covariance[t - 1], covariance[:, t - 1]
            covariance[t, t] = covariance[t - 1, t - 1]
            diversity[t] = diversity[t - 1]
            continue
        row = np.append(weights[t], 0.0)
        inside = np.where(np.arange(total) == 0, 1.0, factor) * diversity
        square = float(weights[t] @ (inside + np.diag(covariance)[:-1])) if counts[t] else 0.0
        noise = counts[t] * (square - row @ covariance @ row) / points**2
        mix = row * counts[t] / points
        mix[-1] = kept / points
        with_all = covariance @ mix
        covariance[t] = covariance[:, t] = with_all
        covariance[t, t] = mix @ with_all + noise
        diversity[t] = (counts[t] * square + kept) / points - covariance[t, t]
    return GenerationMoments(covariance[:-1, :-1], diversity)
