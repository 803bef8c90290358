"""A number of a paper, in miniature: curves that are exact, and points that are sampled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Miniature", "Sampled", "sampled_variance"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sampled:
    """Averages over runs, with their standard errors.

    Parameters
    ----------
    x, mean, error : ndarray, shape (points,)
        Where, what, and how sure.
    """

    x: Array
    mean: Array
    error: Array


@dataclass(frozen=True, eq=False)
class Miniature:
    """What is drawn and told.

    Parameters
    ----------
    key : str
        Of the paper.
    x : ndarray, shape (stops,)
        Where the curves are known.
    exact : mapping of str to ndarray, shape (stops,)
        Curves, by the key of their names.
    sampled : mapping of str to Sampled
        Of the same names.
    facts : mapping of str to float
        What is told: the paper's number is ``paper``.
    upright : float, optional
        Where on the horizontal axis the paper's number stands.
    level : float, optional
        Where on the vertical axis it stands.
    log : bool
        Whether both axes show powers of ten.
    top : float, optional
        Upper end of the vertical axis, where curves may leave it.
    """

    key: str
    x: Array
    exact: Mapping[str, Array]
    sampled: Mapping[str, Sampled]
    facts: Mapping[str, float] = field(default_factory=dict)
    upright: float | None = None
    level: float | None = None
    log: bool = False
    top: float | None = None


def sampled_variance(x: Array, values: Array, centre: float, unit: float) -> Sampled:
    """Return mean squares about a centre, in a unit, shape (points,).

    Parameters
    ----------
    x : ndarray, shape (points,)
        Where.
    values : ndarray, shape (runs, points)
        What was found.
    centre, unit : float
        About what, and in units of what.
    """
    squares = np.square(values - centre) / unit
    error = squares.std(axis=0, ddof=1) / np.sqrt(len(squares))
    return Sampled(x, squares.mean(axis=0), error)
