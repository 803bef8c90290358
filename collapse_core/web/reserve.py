"""What a reserve of verified human data is worth, year by year: with it and without, same seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_made
from collapse_core.measures.monte_carlo import standard_error
from collapse_core.web.expected import expected_web
from collapse_core.web.runs import WebRuns, simulate_web
from collapse_core.web.settings import Web

__all__ = ["ReserveWorth", "paired_worth", "worth_of_reserve"]

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
        As for `simulate_web`; of a single run there is no standard error.

    Raises
    ------
    ValueError
        If a number is out of range.
    TypeError
        If ``web`` is no Web.
    """
    check_made("web", web, Web)
    pair = [simulate_web(replace(web, reserve=each), replicates, seed) for each in (reserve, 0)]
    return paired_worth(*pair)


def paired_worth(with_it: WebRuns, without: WebRuns) -> ReserveWorth:
    """Return what the reserve of some runs adds, next to as many runs with the same seed without.

    Parameters
    ----------
    with_it, without : WebRuns
        Runs of two webs that differ in their reserve alone.

    Raises
    ------
    ValueError
        If there are not as many runs of each, over as many years.
    TypeError
        If they are no WebRuns.
    """
    check_made("with_it", with_it, WebRuns)
    check_made("without", without, WebRuns)
    if with_it.diversity.shape != without.diversity.shape:
        raise ValueError(
            f"with_it has shape {with_it.diversity.shape} and without {without.diversity.shape}: "
            "give as many runs of each, over as many years."
        )
    apart = with_it.diversity - without.diversity
    known = [expected_web(each.web) for each in (with_it, without)]
    return ReserveWorth(
        with_it.web.reserve,
        apart.mean(axis=0),
        standard_error(apart),
        known[0].diversity - known[1].diversity,
        known[0].exact,
    )
