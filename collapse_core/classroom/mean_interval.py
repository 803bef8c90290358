"""Student's interval of an average of a few differences, or none where they tell nothing."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import check_number, check_numbers
from collapse_core.classroom.estimates import Interval

__all__ = ["ALIKE", "mean_interval"]

ALIKE = 1e-12
"""What differs by no more than this is equal but for rounding."""


def mean_interval(differences: ArrayLike, widest: float | None = None) -> Interval | None:
    """Return an average with its 95 % interval.

    Parameters
    ----------
    differences : array_like
        One for each unit, such as a chain or a question.
    widest : float, optional
        An interval that is wider tells nothing.

    Returns
    -------
    Interval or None
        None with fewer than two, where all are equal and so do not say how they scatter, and where
        the interval is too wide.

    Raises
    ------
    ValueError
        If there is none, or one is not finite.
    """
    from scipy.stats import t as student

    most = math.inf if widest is None else check_number("widest", widest, 0.0)
    values = check_numbers("differences", differences).reshape(-1)
    if values.size < 2 or np.ptp(values) <= ALIKE:
        return None
    value = float(values.mean())
    error = float(values.std(ddof=1)) / math.sqrt(values.size)
    half = float(student.ppf(0.975, values.size - 1)) * error
    return Interval(value, value - half, value + half) if 2.0 * half <= most else None
