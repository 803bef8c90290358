"""The variance function that the averages of a family follow, whatever kind of family it is."""

from __future__ import annotations

from collapse_core.families.base import Family
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["mean_coordinate", "variance_function_of"]


def variance_function_of(family: Family) -> QuadraticVariance:
    """Return V(m) = v0 + v1 m + v2 m^2, whose v2 decides where the average diversity goes.

    Raises
    ------
    ValueError
        If the family has none.
    """
    function: QuadraticVariance | None = getattr(family, "variance_function", None)
    if function is None:
        raise ValueError(f"family={family!r} has no quadratic variance function: choose another.")
    return function


def mean_coordinate(family: Family) -> float:
    """Return the mean of the truth as one number."""
    truth = family.truth
    return float(truth if truth.ndim == 0 else truth[0])
