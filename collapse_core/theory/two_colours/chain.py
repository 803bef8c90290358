"""The two-colour chain in motion: from the law of one generation's share to the next one's.

The share takes finitely many values.  A generation multiplies its law by the binomial rows of a
draw; anchors drawn anew then spread the count by their own binomial law, and anchors kept for ever
give one chain for each number of blue ones among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from collapse_core.checks import FloatArray
from collapse_core.theory.two_colours.draw import binomial_rows, log_sharpened

if TYPE_CHECKING:
    from scipy import sparse

__all__ = [
    "LARGEST_DENSE_STATES",
    "laws_with_fixed_anchors",
    "laws_with_fresh_anchors",
    "placed_on",
    "possible_shares",
]

LARGEST_DENSE_STATES = 600
"""Largest number of states for a dense matrix: beyond it, as measured, a sparse one is faster."""

_SMALLEST_ANCHOR_WEIGHT = 1e-13


def possible_shares(
    sample_size: int, anchors: int, prior_strength: float, prior_mean: float
) -> FloatArray:
    """Shares of blue that a fit can give, ascending, shape (states,).

    There are n + k + 1 of them with k anchors, and n + 1 with a prior.
    """
    if prior_strength > 0.0:
        counts = np.arange(sample_size + 1.0) + prior_strength * prior_mean
        # A prior that holds some yellow keeps the share below 1, whatever rounding says.
        largest = 1.0 if prior_mean == 1.0 else np.nextafter(1.0, 0.0)
        shares: FloatArray = np.minimum(counts / (sample_size + prior_strength), largest)
        return shares
    total = sample_size + anchors
    return np.arange(total + 1.0) / total


def _transposed_transition(
    sample_size: int, shares: FloatArray, temperature: float
) -> FloatArray | sparse.csr_array[np.float64]:
    """Matrix (sample_size + 1, states) that sends the law of the share to that of the count."""
    rows = binomial_rows(sample_size, *log_sharpened(shares, temperature))
    if shares.size <= LARGEST_DENSE_STATES:
        return np.ascontiguousarray(rows.dense().T)
    return rows.compressed().T.tocsr()


def placed_on(shares: FloatArray, truth: float) -> FloatArray:
    """Put the truth on the support: split between its two neighbours so that the mean is kept.

    Takes the ascending ``shares``, shape (states,), and gives a probability for each.
    """
    placed = np.zeros(shares.size)
    right = int(np.clip(np.searchsorted(shares, truth), 1, shares.size - 1))
    gap = shares[right] - shares[right - 1]
    weight = float(np.clip((truth - shares[right - 1]) / gap, 0.0, 1.0))
    placed[right - 1], placed[right] = 1.0 - weight, weight
    return placed


def laws_with_fresh_anchors(
    first_count: FloatArray,
    shares: FloatArray,
    anchor_law: FloatArray,
    temperature: float,
    generations: int,
) -> FloatArray:
    """Laws of generations 1, 2, ... when the anchors (perhaps none) are drawn anew each time.

    Parameters
    ----------
    first_count : NDArray (sample_size + 1,)
        Law of the blue count drawn from the truth's model.
    shares : NDArray (states,)
        From :func:`possible_shares`.
    anchor_law : NDArray (anchors + 1,)
        Law of the number of blue anchors.
    temperature : float
        Sampling temperature, above 0.
    generations : int
        Number of refits, at least 0.

    Returns
    -------
    NDArray (generations, states)

    Notes
    -----
    Exact up to rounding.  Source: the Wright-Fisher chain with migration, Ewens (2004).
    """
    probability = np.zeros((generations, shares.size))
    matrix = _transposed_transition(first_count.size - 1, shares, temperature)
    used = np.flatnonzero(anchor_law)
    low, band = int(used[0]), anchor_law[used[0] : used[-1] + 1]
    count = first_count
    for row in probability:
        row[low : low + count.size + band.size - 1] = np.convolve(count, band)
        count = np.asarray(matrix @ row)
    return probability


def laws_with_fixed_anchors(
    first_count: FloatArray,
    shares: FloatArray,
    anchor_law: FloatArray,
    temperature: float,
    generations: int,
) -> FloatArray:
    """Laws of generations 1, 2, ... when the same anchors return for ever.

    One column per colour count of the anchors; all columns share one matrix, because the next draw
    depends on the total count only.  Column y lives on the rows y ... y + sample_size.
    Parameters and result as for :func:`laws_with_fresh_anchors`.  Anchor counts less likely than
    1e-13 are left out; otherwise exact up to rounding.
    """
    colours = np.flatnonzero(anchor_law >= _SMALLEST_ANCHOR_WEIGHT)
    weights = anchor_law[colours] / anchor_law[colours].sum()
    matrix = _transposed_transition(first_count.size - 1, shares, temperature)
    joint = np.zeros((shares.size, colours.size))
    row_step, column_step = joint.strides
    shifted = np.lib.stride_tricks.as_strided(
        joint[colours[0] :],
        shape=(first_count.size, colours.size),
        strides=(row_step, row_step + column_step),
    )
    shifted[:] = first_count[:, None]
    probability = np.empty((generations, shares.size))
    for row in probability:
        row[:] = joint @ weights
        shifted[:] = np.asarray(matrix @ joint)
    return probability
