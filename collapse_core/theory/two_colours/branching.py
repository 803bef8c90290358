"""A rare colour as a branching process: every blue point has a Poisson(1) number of offspring.

Blue is lost when all its lineages have died out.  That holds for any sample size, as long as blue
is rare; real anchors bring new lineages in.

Source: Suresh et al., arXiv:2412.17646.
"""

from __future__ import annotations

import math

import numpy as np

from collapse_core.checks import FloatArray, check_generations, check_whole_number
from collapse_core.theory.two_colours.parameters import check_start

__all__ = [
    "absent_branching_approximation",
    "lost_branching_approximation",
    "surviving_lineages",
]


def surviving_lineages(generations: int) -> FloatArray:
    """Surviving lineages per point: g_1 = 1, g_{t+1} = 1 - exp(-g_t).

    Of n points drawn from the truth, about n g_t still have descendants in generation t, so a
    colour of share p0 has about n p0 g_t lineages left.  g_t is close to
    2 / (t + ln(t) / 3 + 0.9).

    Parameters
    ----------
    generations : int
        Last generation, at least 0.

    Returns
    -------
    NDArray (generations + 1,)
        Index t is g_t; index 0 is inf, because the truth holds no finite number of points.

    Raises
    ------
    ValueError
        If ``generations`` is not a whole number of at least 0.

    Notes
    -----
    The recursion is exact for Poisson(1) offspring; using it for a two-colour chain is an
    approximation.  Source: Suresh et al., arXiv:2412.17646 (there 1/t <= g_t <= 3/t).
    """
    generations = check_generations(generations)
    lineages = np.empty(generations + 1)
    current = math.inf
    for generation in range(generations + 1):
        lineages[generation] = current
        current = -math.expm1(-current)
    return lineages


def lost_branching_approximation(sample_size: int, share: float, generations: int) -> FloatArray:
    """Chance that blue is lost by each generation, as a branching process: exp(-n p0 g_t).

    Parameters
    ----------
    sample_size : int
        Points per generation, n, at least 1 (no upper limit).
    share : float
        Share of blue in the truth, p0, in [0, 1].
    generations : int
        Last generation, at least 0.

    Returns
    -------
    NDArray (generations + 1,)

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    An approximation, good while blue is rare and t much smaller than n, and an upper bound on the
    exact chance.  Source: Suresh et al., arXiv:2412.17646, Theorem 1.
    """
    sample_size, generations = check_start(sample_size, share, generations)
    if share == 0.0:
        return np.ones(generations + 1)
    return np.exp(-sample_size * share * surviving_lineages(generations))


def absent_branching_approximation(
    sample_size: int, share: float, generations: int, anchors: int
) -> FloatArray:
    """Chance that a training set holds no blue, as a branching process with immigration.

    A blue point has on average n / (n + k) offspring; the fresh anchors bring new ones in.  Looking
    back from generation t, a point of generation t - j still has descendants with chance h_j:
    h_0 = 1, h_{j+1} = 1 - exp(-h_j n / (n + k)).  No blue is left when that holds for none of the
    blue anchors ever added.

    Parameters
    ----------
    sample_size, share, generations, anchors
        Points per generation, n, at least 1; share of blue in the truth, in [0, 1]; last
        generation, at least 0; fresh real points per generation, at least 0.

    Returns
    -------
    NDArray (generations + 1,)

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    An approximation for a rare colour, derived for this project; generation 1 is exact.  Largest
    error against the exact chain with one anchor: 0.03 for n = 100, p0 = 0.1; 0.02 for n = 1000,
    p0 = 0.1; 0.004 for n = 2000, p0 = 0.01.
    """
    sample_size, generations = check_start(sample_size, share, generations)
    anchors = check_whole_number("anchors", anchors, 0)
    if share in (0.0, 1.0):
        return np.full(generations + 1, 1.0 - share)
    points = sample_size + anchors
    descends = np.ones(max(generations, 1))
    for back in range(1, generations):
        descends[back] = -math.expm1(-descends[back - 1] * sample_size / points)
    log_none = np.log1p(-share * descends)
    earlier = np.concatenate(([0.0], np.cumsum(anchors * log_none)[:-1]))
    absent = np.zeros(generations + 1)
    absent[1:] = np.exp(earlier + points * log_none)[:generations]
    return absent
