"""The variance function that the averages of a family follow, whatever kind of family it is."""

from __future__ import annotations

from collapse_core.families.base import Family
from collapse_core.families.bernoulli import Bernoulli
from collapse_core.families.gaussian import Gaussian
from collapse_core.families.quadratic_variance import QuadraticVarianceFamily
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["mean_coordinate", "variance_function_of"]


def variance_function_of(family: Family) -> QuadraticVariance:
    """Return V(m) = v0 + v1 m + v2 m^2, whose v2 decides where the average diversity goes.

    A Gaussian with both parameters fitted by maximum likelihood has two means and no such function
    of its own, but its averages obey E s2 + Var mu = s2*, those of V(m) = s2* - (m - mu*)^2: its
    variance plays V, and v2 = -1. Exact; derived for this project.

    Raises
    ------
    ValueError
        If the family has none.
    """
    if isinstance(family, QuadraticVarianceFamily):
        return family.variance_function
    if isinstance(family, Bernoulli):
        return QuadraticVariance(0.0, 1.0, -1.0)
    if isinstance(family, Gaussian) and not family.unbiased:
        return QuadraticVariance(family.sd**2 - family.mean**2, 2.0 * family.mean, -1.0)
    raise ValueError(f"family={family!r} has no quadratic variance function: choose another one.")


def mean_coordinate(family: Family) -> float:
    """Return the mean of the truth as one number."""
    truth = family.truth
    return float(truth if truth.ndim == 0 else truth[0])
