"""Elimination without subtractions: removing the states of a Markov chain one by one.

The chance of leaving a state is added up from its ways out and never taken as 1 minus the chance of
staying, so even waiting times of 1e100 generations keep all their digits.

Source: Grassmann, Taksar and Heyman, Operations Research 33 (1985).
"""

from __future__ import annotations

import numpy as np

from collapse_core.checks import FloatArray

__all__ = [
    "eliminate",
]


def eliminate(matrix: FloatArray, exits: FloatArray, lowest: int) -> FloatArray:
    """Remove the states from the last down to ``lowest``, in place; return each one's escape rate.

    Parameters
    ----------
    matrix : NDArray (states, states)
        Transition probabilities between the states; overwritten.
    exits : NDArray (states,)
        Each state's chance of leaving the states altogether; overwritten.
    lowest : int
        The states from here on are removed.

    Returns
    -------
    NDArray (states,)
        The chance of leaving each removed state for a lower one or altogether; 1 for the others.
        0 means that it is too small for a computer to hold.

    Notes
    -----
    Exact up to rounding.  Source: Grassmann, Taksar and Heyman (1985).
    """
    positive = matrix > 0.0
    first_column = np.minimum.accumulate(np.argmax(positive, axis=1)[::-1])[::-1]
    first_row = np.minimum.accumulate(np.argmax(positive, axis=0)[::-1])[::-1]
    escape = np.ones(matrix.shape[0])
    for state in range(matrix.shape[0] - 1, lowest - 1, -1):
        left, top = min(first_column[state], state), min(first_row[state], state)
        way_out = matrix[state, left:state]
        escape[state] = way_out.sum() + exits[state]
        if escape[state] == 0.0:
            continue
        arrivals = matrix[top:state, state]
        matrix[top:state, left:state] += np.outer(arrivals, way_out / escape[state])
        exits[top:state] += arrivals * (exits[state] / escape[state])
    return escape
