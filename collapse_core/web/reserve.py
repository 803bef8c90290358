"""What a reserve of verified human data is worth, year by year: with it and without, same seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.web.expected import expected_web
from collapse_core.web.runs import simulate_web
from collapse_core.web.settings import Web

__all__ = ["ReserveWorth", "worth_of_reserve"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ReserveWorth:
    """Diversity with a reserve less that without, in units of the truth's; shapes (years + 1,).

    Attributes
    ----------
    reserve : int
        Its items.
    mean, standard_error : ndarray
        Of the paired differences of the runs.
    expected : ndarray
        The difference of what is known without sampling.
    exact : bool
        Whether that is exact.
    """

    reserve: int
    mean: Array
    standard_error: Array
    expected: Array
    exact: bool


def worth_of_reserve(web: Web, reserve: int, replicates: int = 200, seed: int = 1) -> ReserveWorth:
    """Return what a reserve adds to the diversity that is left.

    Parameters
    ----------
    web : Web
        What is asked; its own reserve does not count.
    reserve : int
        Verified human items in each training set.
    replicates, seed : int
        As for `simulate_web`; at least two runs.

    Raises
    ------
    ValueError
        If a number is out of range.
    """
    with_it, without = replace(web, reserve=reserve), replace(web, reserve=0)
    runs = [simulate_web(each, replicates, seed).diversity for each in (with_it, without)]
    apart = runs[0] - runs[1]
    known = [expected_web(each) for each in (with_it, without)]
    error = apart.std(axis=0, ddof=1) if len(apart) > 1 else np.full(web.years + 1, np.nan)
    return ReserveWorth(
        with_it.reserve,
        apart.mean(axis=0),
        error / np.sqrt(len(apart)),
        known[0].diversity - known[1].diversity,
        known[0].exact,
    )
