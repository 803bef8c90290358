"""A floor under every category: the points that a sample lacks are added."""

from __future__ import annotations

import numpy as np

from collapse_core.families.base import Array, Family
from collapse_core.families.bernoulli import Bernoulli
from collapse_core.families.categorical import Categorical

__all__ = ["filled_up"]


def filled_up(family: Family, average: Array, points: int, minimum: int) -> Array:
    """Return the shares when each category that the truth knows has a number of points at least.

    Parameters
    ----------
    family : Family
        Two colours or categories.
    average : ndarray
        Shares among ``points`` points, one model per replicate.
    points : int
        Points of the sample.
    minimum : int
        Points that each category has at least; lacking ones are added, none is taken away.

    Raises
    ------
    ValueError
        If the family has no categories.
    """
    if isinstance(family, Bernoulli):
        blue = np.rint(average * points)
        floors = minimum * np.array([family.share < 1.0, family.share > 0.0])
        yellow, blue = np.maximum(points - blue, floors[0]), np.maximum(blue, floors[1])
        return np.asarray(blue / (blue + yellow))
    if isinstance(family, Categorical):
        counts = np.maximum(np.rint(average * points), minimum * (family.truth > 0.0))
        return np.asarray(counts / counts.sum(axis=-1, keepdims=True))
    raise ValueError(
        f"minimum={minimum} points per category means nothing for {type(family).__name__}, which "
        "has no categories: use families.Bernoulli or families.Categorical, or another policy."
    )
