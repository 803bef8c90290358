"""Two colours as a diffusion: over times comparable to the sample size, the share of blue wanders.

Measured in units of n generations, the chain forgets its grain and only the share is left; Wright
and Kimura solved that limit.  Read on the clock of a branching process, it is good at early times
too.
"""

from __future__ import annotations

import math

import numpy as np

from collapse_core.checks import FloatArray, check_positive, check_share
from collapse_core.theory.two_colours.absorption import AbsorptionTimes, settled_times
from collapse_core.theory.two_colours.branching import (
    lost_branching_approximation,
    surviving_lineages,
)
from collapse_core.theory.two_colours.parameters import check_start

__all__ = [
    "absorption_times_diffusion_approximation",
    "lost_approximation",
    "lost_diffusion_approximation",
    "stationary_beta_approximation",
]

_SHORTEST_DIFFUSION_TIME = 1e-4  # in units of the sample size: below it the series is not used
_NEGLIGIBLE_EXPONENT = 40.0


def _diffusion_loss(share: float, scaled_time: FloatArray) -> FloatArray:
    """Kimura's series for the chance that blue is lost by ascending scaled times tau > 0."""
    argument = 1.0 - 2.0 * share
    terms = math.ceil(math.sqrt(2.0 * _NEGLIGIBLE_EXPONENT / float(scaled_time[0])))
    before, current = 1.0, argument  # Legendre polynomials of degree i - 1 and i
    total = np.zeros_like(scaled_time)
    for i in range(1, terms + 1):
        rate = 0.5 * i * (i + 1)
        used = int(np.searchsorted(scaled_time, _NEGLIGIBLE_EXPONENT / rate, side="right"))
        after = ((2 * i + 1) * argument * current - i * before) / (i + 1)
        total[:used] += (before - after) * np.exp(-rate * scaled_time[:used])
        before, current = current, after
    return np.clip((1.0 - share) - 0.5 * total, 0.0, 1.0)


def lost_diffusion_approximation(sample_size: int, share: float, generations: int) -> FloatArray:
    """Chance that blue is lost by each generation, as a diffusion in tau = t / n.

    Parameters
    ----------
    sample_size, share, generations
        As for :func:`lost_branching_approximation`.

    Returns
    -------
    NDArray (generations + 1,)
        nan where 0 < t / n < 0.0001, where the series needs a thousand terms and the diffusion is
        a poor approximation anyway.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    An approximation, good once many generations have passed.
    Source: Kimura, PNAS 41 (1955), for n haploid individuals, written with Legendre polynomials.
    """
    sample_size, generations = check_start(sample_size, share, generations)
    lost = np.full(generations + 1, np.nan)
    scaled_time = np.arange(generations + 1) / sample_size
    usable = scaled_time >= _SHORTEST_DIFFUSION_TIME
    if usable.any():
        lost[usable] = _diffusion_loss(share, scaled_time[usable])
    lost[0] = float(share == 0.0)
    return lost


def lost_approximation(sample_size: int, share: float, generations: int) -> FloatArray:
    """Chance that blue is lost by each generation, good at all times and for every sample size.

    Kimura's diffusion read on the branching clock: time runs as 2 / g_t instead of t, with g_t from
    :func:`surviving_lineages`.  That makes the diffusion agree with the branching process while
    blue is rare, and takes away its main error, the grain of whole generations.  Branching itself
    is used below a scaled time of 1e-4, and generation 1 is exact: (1 - p0)^n.
    The chance that yellow is lost is ``lost_approximation(sample_size, 1 - share, generations)``.

    Parameters
    ----------
    sample_size, share, generations
        As for :func:`lost_branching_approximation`.

    Returns
    -------
    NDArray (generations + 1,)

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    An approximation, derived for this project from Kimura (1955) and Suresh et al.
    (arXiv:2412.17646).  Largest error against the exact chain, over shares 0.001 to 0.9 and up to
    six times n (at most 3000) generations: 5e-4 for n = 100, 1e-4 for n = 500, 5e-5 for n = 1000,
    2e-5 for n = 2000.  Branching alone is off by up to 0.6 there, plain diffusion by up to 0.2.
    """
    sample_size, generations = check_start(sample_size, share, generations)
    lost = lost_branching_approximation(sample_size, share, generations)
    if share in (0.0, 1.0):
        return np.full(generations + 1, 1.0 - share)
    clock = 2.0 / (sample_size * surviving_lineages(generations))
    usable = clock >= _SHORTEST_DIFFUSION_TIME
    if usable.any():
        lost[usable] = _diffusion_loss(share, clock[usable])
    lost[:1] = 0.0
    lost[1:2] = math.exp(sample_size * math.log1p(-share))
    return lost


def absorption_times_diffusion_approximation(sample_size: int, share: float) -> AbsorptionTimes:
    """Mean times until one colour is left, as a diffusion: -2 n (p ln p + q ln q) and its parts.

    Parameters
    ----------
    sample_size : int
        Points per generation, n, at least 1.
    share : float
        Share of blue in the truth, p, in [0, 1]; q = 1 - p.

    Returns
    -------
    AbsorptionTimes
        ``given_lost`` is -2 n (p / q) ln p, ``given_taken_over`` is -2 n (q / p) ln q, and
        ``chance_lost`` is q, which is exact. NaN stands for what never happens.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    An approximation, about 2 % too long for n = 100.  Source: Kimura and Ohta, Genetics 61 (1969);
    Ewens (2004); here for n haploid individuals.
    """
    sample_size, _ = check_start(sample_size, share, 0)
    if share in (0.0, 1.0):
        return settled_times(share)
    rest = 1.0 - share
    log_share, log_rest = math.log(share), math.log1p(-share)
    scale = -2.0 * sample_size
    return AbsorptionTimes(
        mean=scale * (share * log_share + rest * log_rest),
        given_lost=scale * share / rest * log_share,
        given_taken_over=scale * rest * (log_rest / share),
        chance_lost=rest,
    )


def stationary_beta_approximation(share: float, anchors: float) -> tuple[float, float]:
    """Shape parameters of the long-run law with fresh anchors: Beta(2 k p0, 2 k (1 - p0)).

    Parameters
    ----------
    share : float
        Share of blue in the truth, p0, in [0, 1].
    anchors : float
        Fresh real points per generation, k, above 0.

    Returns
    -------
    tuple of float
        The sample size does not enter.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    The limit for n much larger than k.  Source: Wright (1931); Ewens (2004).
    """
    check_share("share", share)
    check_positive("anchors", anchors)
    return 2.0 * anchors * share, 2.0 * anchors * (1.0 - share)
