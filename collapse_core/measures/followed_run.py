"""Which of many runs is followed, and how much diversity each one has."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_made, check_number
from collapse_core.trajectory import Trajectory

__all__ = ["first_mean", "relative_diversity", "run_at_percentile"]

Array = NDArray[np.float64]


def relative_diversity(paths: Trajectory) -> Array:
    """Return V(m) as a share of the truth's, shape (runs, generations + 1); inf if too large."""
    truth = float(paths.diversity[0, 0])
    with np.errstate(over="ignore"):
        return paths.diversity / truth


def run_at_percentile(paths: Trajectory, percentile: float) -> int:
    """Return the run whose diversity stands at a percentile of all runs at the end.

    Runs level there are ranked by their average diversity until then, and then by their mean.

    Parameters
    ----------
    percentile : float
        0 (least diversity) to 100 (most).

    Raises
    ------
    TypeError, ValueError
        If these are no runs, or the percentile is no number from 0 to 100.
    """
    check_made("paths", paths, Trajectory)
    percentile = check_number("percentile", percentile, 0.0, 100.0)
    diversity = relative_diversity(paths)
    with np.errstate(over="ignore"):
        until = diversity.mean(axis=1)
    order = np.lexsort((first_mean(paths)[:, -1], until, diversity[:, -1]))
    return int(order[round(percentile / 100.0 * (paths.replicates - 1))])


def first_mean(paths: Trajectory) -> Array:
    """Return the mean parameter, or the first of several, shape (runs, generations + 1)."""
    return paths.mean if paths.mean.ndim == 2 else paths.mean[..., 0]
