"""Linear regression that is refitted on the labels of the regressions before it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_generations, check_switch, check_whole_number

__all__ = ["regression_risk"]

Array = NDArray[np.float64]


def regression_risk(
    rows: int, features: int, generations: int, accumulates: bool, fresh_designs: bool = True
) -> Array:
    """Return the excess risk of the coefficients, in units of the first fit's.

    The risk is E |w_t - w|^2 for standard normal designs and least squares. Replacing adds the
    first fit's risk in each generation: t. Accumulating on one design gives sum 1/s^2, which goes
    to pi^2/6; with a fresh design in each generation it is sum (T-d-1)/(s (s T - d - 1)), because
    the new labels are s T rows' worth of averaged noise.

    Parameters
    ----------
    rows : int
        T, rows of each generation, more than ``features + 1``.
    features : int
        d, number of coefficients, 1 or more.
    generations : int
        Number of fits.
    accumulates : bool
        Whether every fit sees all generations' rows.
    fresh_designs : bool
        Whether each generation has rows of its own; otherwise the labels alone are new.

    Returns
    -------
    ndarray, shape (generations + 1,)
        0 for the truth.

    Raises
    ------
    ValueError
        If a number is out of range.

    Source: Gerstgrasser et al., arXiv:2404.01413, for one design; the sum for fresh designs
    follows from E (X'X)^-1 = I/(rows - d - 1).
    """
    fresh_designs = check_switch("fresh_designs", fresh_designs)
    features = check_whole_number("features", features, 1)
    rows = check_whole_number("rows", rows, features + 2)
    steps = np.arange(1.0, check_generations(generations) + 1.0)
    if not check_switch("accumulates", accumulates):
        added = np.ones_like(steps)
    elif fresh_designs:
        added = (rows - features - 1.0) / (steps * (steps * rows - features - 1.0))
    else:
        added = 1.0 / np.square(steps)
    return np.concatenate([[0.0], np.cumsum(added)])
