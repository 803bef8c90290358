"""The long run of two colours: the law the share of blue settles into, exactly.

Real anchors drawn anew, or a prior, bring a lost colour back, so the share forgets its start and
settles into a law: Wright's balance of migration and drift.  Where the chain forgets fast, that law
is found by iterating; where it is slow, by eliminating the states towards the likely one.

Source: Ewens, Mathematical Population Genetics (2004); Grassmann, Taksar and Heyman, Operations
Research 33 (1985), for the elimination without subtractions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from collapse_core.checks import FloatArray, check_positive, check_share
from collapse_core.theory.two_colours.chain import (
    laws_with_fresh_anchors,
    placed_on,
    possible_shares,
)
from collapse_core.theory.two_colours.draw import binomial_law, binomial_rows, log_sharpened
from collapse_core.theory.two_colours.elimination import eliminate
from collapse_core.theory.two_colours.parameters import check_exact_sizes
from collapse_core.theory.two_colours.reading import LawOfShare

__all__ = [
    "StationaryLaw",
    "stationary_law",
    "stationary_law_with_prior",
]

_MOST_ITERATIONS = 1000  # longer than this, eliminating is faster than iterating


@dataclass(frozen=True, eq=False)
class StationaryLaw(LawOfShare):
    """The law of the share of blue after very many generations.

    Attributes
    ----------
    shares, probability : NDArray (states,)
        The values a fitted share can take, ascending, and the long-run chance of each.
    truth : float
        Share of blue in the truth (or the mean of the prior).
    """

    shares: FloatArray
    probability: FloatArray
    truth: float

    @property
    def _table(self) -> FloatArray:
        return self.probability[None, :]

    @property
    def mean(self) -> float:
        """Mean share."""
        return float(self._mean(self.truth)[0])

    @property
    def variance(self) -> float:
        """Variance of the share."""
        return float(self._variance(self.truth)[0])

    @property
    def diversity(self) -> float:
        """Mean of p (1 - p)."""
        return float(self._diversity()[0])

    @property
    def lost(self) -> float:
        """Part of the time (or of the runs) with a training set without blue."""
        return float(self._chance_at(0.0)[0])

    @property
    def taken_over(self) -> float:
        """Part of the time (or of the runs) with a training set of blue only."""
        return float(self._chance_at(1.0)[0])

    def quantile(self, level: float) -> float:
        """Smallest share whose distribution function reaches ``level``, strictly in (0, 1)."""
        return float(self._quantile(level)[0])


def _reduced_part(block: FloatArray, escape: FloatArray, arrivals: FloatArray) -> FloatArray:
    """Long-run weights of eliminated states, last eliminated first."""
    from scipy.linalg import solve_triangular

    system = -np.triu(block, 1).T
    np.fill_diagonal(system, escape)
    weights: FloatArray = solve_triangular(system, arrivals, lower=True, check_finite=False)
    return weights


def _stationary_weights(matrix: FloatArray, centre: int) -> FloatArray:
    """Stationary law of a transition matrix, by elimination towards the likely state ``centre``."""
    size = matrix.shape[0]
    escape_above = eliminate(matrix, np.zeros(size), centre + 1)
    below = matrix[: centre + 1, : centre + 1][::-1, ::-1]  # a view: centre first, state 0 last
    escape_below = eliminate(below, np.zeros(centre + 1), 1)
    if np.any(escape_above == 0.0) or np.any(escape_below == 0.0):
        raise ValueError(
            "the chain takes longer than 1e300 generations to forget its start, so it has no "
            "long-run law to show. Choose a temperature nearer 1, or more real points (or a "
            "stronger prior)."
        )
    weights = np.zeros(size)
    weights[centre] = 1.0
    if centre > 0:
        lower = _reduced_part(below[1:, 1:], escape_below[1:], below[0, 1:])
        weights[:centre] = lower[::-1]
    if centre + 1 < size:
        above = slice(centre + 1, size)
        arrivals = weights[: centre + 1] @ matrix[: centre + 1, above]
        weights[above] = _reduced_part(matrix[above, above], escape_above[above], arrivals)
    normalised: FloatArray = weights / weights.sum()
    return normalised


def _full_matrix(
    sample_size: int, shares: FloatArray, anchor_law: FloatArray, temperature: float
) -> FloatArray:
    """Transition matrix on the support, shape (states, states), fresh anchors included."""
    from scipy import sparse

    rows = binomial_rows(sample_size, *log_sharpened(shares, temperature)).compressed()
    if anchor_law.size == 1:
        return rows.toarray()
    used = np.flatnonzero(anchor_law)
    diagonals = np.repeat(anchor_law[used, None], shares.size, axis=1)
    shape = (sample_size + 1, shares.size)
    add_anchors = sparse.dia_array((diagonals, used), shape=shape).tocsr()
    full: FloatArray = np.asarray((rows @ add_anchors).todense(), dtype=np.float64)
    return full


def _long_run(
    sample_size: int,
    real_points: float,
    shares: FloatArray,
    truth: float,
    anchor_law: FloatArray,
    temperature: float,
) -> FloatArray:
    """Stationary probabilities on the support; ``real_points`` are anchors or imaginary ones."""
    if truth in (0.0, 1.0):  # the other colour never arrives
        return placed_on(shares, truth)
    first_count = binomial_law(sample_size, truth, temperature)
    forgetting = math.log1p(real_points / sample_size)
    if temperature == 1.0 and forgetting * _MOST_ITERATIONS >= 40.0:
        # the chain contracts by n / (n + k) per generation, so these steps leave exp(-40)
        steps = math.ceil(40.0 / forgetting)
        late: FloatArray = laws_with_fresh_anchors(
            first_count, shares, anchor_law, temperature, steps
        )[-1]
        return late
    early = laws_with_fresh_anchors(first_count, shares, anchor_law, temperature, 64)[-1]
    matrix = _full_matrix(sample_size, shares, anchor_law, temperature)
    with np.errstate(under="ignore"):
        return _stationary_weights(matrix, int(np.argmax(early)))


def stationary_law(
    sample_size: int, share: float, anchors: int, temperature: float = 1.0
) -> StationaryLaw:
    """Long-run law of the share of blue with fresh real anchors in every generation.

    Parameters
    ----------
    sample_size : int
        Synthetic points per generation, n, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    share : float
        Share of blue in the truth, in [0, 1].
    anchors : int
        Fresh real points per generation, k, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    temperature : float
        Sampling temperature of the model, above 0.

    Returns
    -------
    StationaryLaw
        On the shares 0, 1/(n+k), ..., 1.

    Raises
    ------
    ValueError
        If a parameter is out of range; without anchors there is no such law.

    Notes
    -----
    Exact up to rounding.  At temperature 1 the variance is p0 (1 - p0) (n + k) / D and the
    diversity p0 (1 - p0) (k^2 + 2nk - k) / D, with D = k^2 + 2nk + n (derived for this project).
    Source: Wright's balance of migration and drift, Ewens (2004); the elimination: Grassmann,
    Taksar and Heyman (1985).
    """
    sample_size, anchors = check_exact_sizes(sample_size, anchors)
    check_share("share", share)
    check_positive("temperature", temperature)
    if anchors == 0:
        raise ValueError(
            "anchors=0 is out of range: it must be a whole number of at least 1, because without "
            "real points one colour is lost for good. Choose 1 or more, or use absorption_times."
        )
    shares = possible_shares(sample_size, anchors, 0.0, 0.5)
    anchor_law = binomial_law(anchors, share)
    probability = _long_run(sample_size, anchors, shares, share, anchor_law, temperature)
    return StationaryLaw(shares, probability, float(share))


def stationary_law_with_prior(
    sample_size: int, prior_strength: float, prior_mean: float, temperature: float = 1.0
) -> StationaryLaw:
    """Long-run law of the share of blue when every fit uses the same prior.

    Parameters
    ----------
    sample_size : int
        Points per generation, n, from 1 to ``LARGEST_EXACT_SAMPLE_SIZE``.
    prior_strength : float
        Imaginary points in the prior, above 0.
    prior_mean : float
        Share of blue among them, in [0, 1].
    temperature : float
        Sampling temperature of the model, above 0.

    Returns
    -------
    StationaryLaw
        On the shares (j + strength * mean) / (n + strength); ``truth`` is the prior's mean, because
        the long-run law does not depend on where the chain began.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Exact up to rounding; below a strength of about 1e-6 digits are lost, because the largest share
    can no longer be told from 1.  Source as for :func:`stationary_law`.
    """
    sample_size, _ = check_exact_sizes(sample_size)
    check_positive("prior_strength", prior_strength)
    check_share("prior_mean", prior_mean)
    check_positive("temperature", temperature)
    shares = possible_shares(sample_size, 0, prior_strength, prior_mean)
    no_anchors = np.ones(1)
    probability = _long_run(
        sample_size, prior_strength, shares, prior_mean, no_anchors, temperature
    )
    return StationaryLaw(shares, probability, float(prior_mean))
