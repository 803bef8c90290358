"""Two colours for any sample size: closed-form moments, branching and diffusion approximations.

The exact chain (``two_colours``) stops at a few thousand points per generation.  Beyond that, three
ideas take over.  Mean, variance and diversity obey a linear recursion, so their closed forms are
exact for every sample size.  A rare colour behaves like a branching process: every blue point has
a Poisson(1) number of offspring, and blue is lost when all its lineages have died out.  And over
times comparable to the sample size the share diffuses (Wright, Kimura), for any sample size.

What is exact carries a plain name; what is not has "approximation" or the method's name in it.
Generation 0 is the truth, generation 1 the first fit.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.theory.two_colours import (
    AbsorptionTimes,
    check_positive,
    check_share,
    check_whole_number,
)

__all__ = [
    "AccumulatedShare",
    "ShareMoments",
    "absent_beta_approximation",
    "absent_branching_approximation",
    "absorption_times_diffusion_approximation",
    "accumulate_share",
    "lost_approximation",
    "lost_branching_approximation",
    "lost_diffusion_approximation",
    "noise_free_share",
    "quantile_beta_approximation",
    "share_moments",
    "stationary_beta_approximation",
    "surviving_lineages",
]

Floats = NDArray[np.float64]

_SHORTEST_DIFFUSION_TIME = 1e-4  # in units of the sample size: below it the series is not used
_NEGLIGIBLE_EXPONENT = 40.0


class ShareMoments(NamedTuple):
    """Moments of the share of blue, each of shape (generations + 1,)."""

    mean: Floats
    variance: Floats
    diversity: Floats


class AccumulatedShare(NamedTuple):
    """Moments of the share when all data is kept, each of shape (generations + 1,)."""

    mean: Floats
    variance: Floats
    diversity: Floats
    lost: Floats


def _check_start(sample_size: int, share: float, generations: int) -> None:
    check_whole_number("sample_size", sample_size, 1)
    check_share("share", share)
    check_whole_number("generations", generations, 0)


# ------------------------------------------------------------------------------------- branching


def surviving_lineages(generations: int) -> Floats:
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
    check_whole_number("generations", generations, 0)
    lineages = np.empty(generations + 1)
    current = math.inf
    for generation in range(generations + 1):
        lineages[generation] = current
        current = -math.expm1(-current)
    return lineages


def lost_branching_approximation(sample_size: int, share: float, generations: int) -> Floats:
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
    _check_start(sample_size, share, generations)
    if share == 0.0:
        return np.ones(generations + 1)
    return np.exp(-sample_size * share * surviving_lineages(generations))


# ------------------------------------------------------------------------------------- diffusion


def _diffusion_loss(share: float, scaled_time: Floats) -> Floats:
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


def lost_diffusion_approximation(sample_size: int, share: float, generations: int) -> Floats:
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
    _check_start(sample_size, share, generations)
    lost = np.full(generations + 1, np.nan)
    scaled_time = np.arange(generations + 1) / sample_size
    usable = scaled_time >= _SHORTEST_DIFFUSION_TIME
    if usable.any():
        lost[usable] = _diffusion_loss(share, scaled_time[usable])
    lost[0] = float(share == 0.0)
    return lost


def lost_approximation(sample_size: int, share: float, generations: int) -> Floats:
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
    _check_start(sample_size, share, generations)
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
        ``chance_lost`` is q, which is exact.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    An approximation, about 2 % too long for n = 100.  Source: Kimura and Ohta, Genetics 61 (1969);
    Ewens (2004); here for n haploid individuals.
    """
    _check_start(sample_size, share, 0)
    if share == 0.0:
        return AbsorptionTimes(0.0, 0.0, math.nan, 1.0)
    if share == 1.0:
        return AbsorptionTimes(0.0, math.nan, 0.0, 0.0)
    rest = 1.0 - share
    log_share, log_rest = math.log(share), math.log1p(-share)
    scale = -2.0 * sample_size
    return AbsorptionTimes(
        mean=scale * (share * log_share + rest * log_rest),
        given_lost=scale * share / rest * log_share,
        given_taken_over=scale * rest / share * log_rest,
        chance_lost=rest,
    )


# --------------------------------------------------------------------------------------- moments


def _one_minus_power(log_base: float, generations: int) -> Floats:
    """1 - base^t for t = 0 ... generations, without cancellation; log_base may be -inf."""
    result = np.zeros(generations + 1)
    result[1:] = -np.expm1(np.arange(1.0, generations + 1) * log_base)
    return result


def _log_one_minus(value: float) -> float:
    return -math.inf if value >= 1.0 else math.log1p(-value)


def _variance_towards(
    sample_size: int,
    strength: float,
    target_diversity: float,
    slope: float,
    squared_offset: float,
    generations: int,
) -> Floats:
    """Variance of m' = a x + b m0 started away from m0, with a = n / (n + strength), b = 1 - a.

    The diversity of the mean is target_diversity + slope a^t - squared_offset a^(2t), which drives
    v' = a^2 (1 - 1/n) v + (a^2 / n) * that; the solution below is a sum of stable differences.
    """
    b = strength / (sample_size + strength)
    a = sample_size / (sample_size + strength)
    log_a, log_drift = math.log1p(-b), _log_one_minus(1.0 / sample_size)
    input_rate = a * a / sample_size
    fade = np.exp(np.arange(generations + 1) * log_a)
    to_target = _one_minus_power(2.0 * log_a + log_drift, generations)
    from_slope = fade * _one_minus_power(log_a + log_drift, generations)
    from_offset = fade**2 * _one_minus_power(log_drift, generations)
    variance: Floats = (
        target_diversity * input_rate / (b * (1.0 + a) + input_rate) * to_target
        + slope * input_rate / (a * (b + a / sample_size)) * from_slope
        - squared_offset * from_offset
    )
    return variance


def _fixed_anchor_moments(
    sample_size: int, share: float, generations: int, anchors: int
) -> ShareMoments:
    """Moments with fixed anchors, averaged over the draw of the anchors."""
    truth = share * (1.0 - share)
    spread = truth / anchors  # variance of the anchors' own share
    log_a = -math.log1p(anchors / sample_size)
    within = _variance_towards(
        sample_size, anchors, truth - spread, 2.0 * spread, spread, generations
    )
    variance = within + spread * _one_minus_power(log_a, generations) ** 2
    return ShareMoments(np.full(generations + 1, share), variance, truth - variance)


def share_moments(
    sample_size: int,
    share: float,
    generations: int,
    *,
    anchors: int = 0,
    fresh: bool = True,
    prior_strength: float = 0.0,
    prior_mean: float = 0.5,
) -> ShareMoments:
    """Mean, variance and diversity of the share of blue: closed forms, exact at temperature 1.

    Parameters
    ----------
    sample_size : int
        Synthetic points per generation, n, at least 1 (no upper limit).
    share : float
        Share of blue in the truth, p0, in [0, 1].
    generations : int
        Number of refits, at least 0.
    anchors : int
        Real points in every training set, k, at least 0.
    fresh : bool
        Whether the anchors are drawn anew each generation or once for ever.
    prior_strength, prior_mean : float
        Imaginary points of a prior (at least 0) and the share of blue among them.

    Returns
    -------
    ShareMoments
        ``mean``, ``variance`` (between runs; with fixed anchors also between their draws) and
        ``diversity``, the mean of p (1 - p), each of shape (generations + 1,).

    Raises
    ------
    ValueError
        If a parameter is out of range, or anchors and a prior are asked for together.

    Notes
    -----
    Exact.  Without real points the diversity is p0 (1 - p0) (1 - 1/n)^t (Ewens 2004); the fresh
    anchors' long run is Wright's balance of migration and drift; the transients, the fixed anchors
    and the prior are derived for this project from Var(X) = m (1 - m) (Morris 1982).
    """
    _check_start(sample_size, share, generations)
    check_whole_number("anchors", anchors, 0)
    check_positive("prior_strength", prior_strength, zero_allowed=True)
    check_share("prior_mean", prior_mean)
    if anchors > 0 and prior_strength > 0.0:
        raise ValueError(
            f"anchors={anchors} and prior_strength={prior_strength} exclude each other: "
            "a run has real points or a prior. Choose 0 for one of them."
        )
    if prior_strength > 0.0:
        offset, target = share - prior_mean, prior_mean * (1.0 - prior_mean)
        slope = (1.0 - 2.0 * prior_mean) * offset
        fade = np.exp(-math.log1p(prior_strength / sample_size) * np.arange(generations + 1))
        mean = prior_mean + offset * fade
        variance = _variance_towards(
            sample_size, prior_strength, target, slope, offset**2, generations
        )
        return ShareMoments(mean, variance, mean * (1.0 - mean) - variance)
    if anchors > 0 and not fresh:
        return _fixed_anchor_moments(sample_size, share, generations, anchors)
    return _fresh_anchor_moments(sample_size, share, generations, anchors)


def _fresh_anchor_moments(
    sample_size: int, share: float, generations: int, anchors: int
) -> ShareMoments:
    """Moments with fresh anchors; none of them is plain replacement."""
    n, k, truth = float(sample_size), float(anchors), share * (1.0 - share)
    long_run = truth * (n + k) / (k * k + 2.0 * n * k + n)
    log_rate = -2.0 * math.log1p(k / n) + _log_one_minus(1.0 / n)
    variance = long_run * _one_minus_power(log_rate, generations)
    return ShareMoments(np.full(generations + 1, share), variance, truth - variance)


def accumulate_share(sample_size: int, share: float, generations: int) -> AccumulatedShare:
    """Moments of the share when every generation trains on all data so far.

    Parameters
    ----------
    sample_size : int
        New points per generation, n, at least 1.
    share : float
        Share of blue in the truth, p0, in [0, 1].
    generations : int
        Number of refits, at least 0.

    Returns
    -------
    AccumulatedShare
        ``mean``, ``variance``, ``diversity`` and ``lost``, each of shape (generations + 1,).

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    Exact.  The diversity is p0 (1 - p0) times the product over s = 1..t of 1 - 1/(n s^2), which
    stays above a positive floor for n > 1.  Blue is lost only if the very first sample misses it,
    with chance (1 - p0)^n: once in the pool it never leaves.  (All blue: p0^n.)
    Derived for this project; compare Dey and Donoho, arXiv:2410.22812.
    """
    _check_start(sample_size, share, generations)
    truth = share * (1.0 - share)
    steps = np.arange(1.0, generations + 1)
    with np.errstate(divide="ignore"):  # n = 1: the first generation has one colour
        logs = np.concatenate(([0.0], np.cumsum(np.log1p(-1.0 / (sample_size * steps**2)))))
    lost = np.full(generations + 1, math.exp(sample_size * _log_one_minus(share)))
    lost[0] = float(share == 0.0)
    variance = -truth * np.expm1(logs)
    return AccumulatedShare(np.full(generations + 1, share), variance, truth * np.exp(logs), lost)


# ----------------------------------------------------------------------------- beta distributions


def quantile_beta_approximation(mean: ArrayLike, variance: ArrayLike, level: float) -> Floats:
    """Quantile of the Beta distribution with a given mean and variance.

    Parameters
    ----------
    mean, variance : array_like, broadcast together
        Mean in [0, 1] and variance of the share, at least 0.
    level : float
        Level of the quantile, strictly between 0 and 1.

    Returns
    -------
    NDArray
        Where the variance is 0, the mean; where it is all it can be, mean (1 - mean), the share is
        0 or 1 and the quantile is one of them.  Values within 1e-12 of 0 or 1 become 0 or 1.

    Raises
    ------
    ValueError
        If the level, a mean or a variance is out of range.

    Notes
    -----
    An approximation: the chance of exactly 0 or 1 is smeared over nearby shares.
    Source: the long-run law of the diffusion with migration is a Beta (Wright 1931).
    """
    from scipy.special import betaincinv

    if not 0.0 < level < 1.0:
        raise ValueError(
            f"level={level} is out of range: it must lie strictly between 0 and 1. "
            "Choose for example 0.5 for the median."
        )
    centre, spread = np.broadcast_arrays(np.asarray(mean, float), np.asarray(variance, float))
    _check_moments(centre, spread)
    quantile = np.where(level > 1.0 - centre, 1.0, 0.0)
    quantile[spread == 0.0] = centre[spread == 0.0]
    with np.errstate(divide="ignore", invalid="ignore"):
        concentration = centre * (1.0 - centre) / spread - 1.0
    inside = (spread > 0.0) & (concentration > 1e-9)
    nu, m = concentration[inside], centre[inside]
    found = betaincinv(m * nu, (1.0 - m) * nu, level)
    found = np.where(np.isnan(found), quantile[inside], found)
    found = np.where(found < 1e-12, 0.0, np.where(found > 1.0 - 1e-12, 1.0, found))
    quantile[inside] = found
    return quantile


def _check_moments(mean: Floats, variance: Floats) -> None:
    for value in mean[~((mean >= 0.0) & (mean <= 1.0))].flat:
        check_share("mean", float(value))
    for value in variance[~(variance >= 0.0)].flat:
        check_positive("variance", float(value), zero_allowed=True)


def absent_beta_approximation(
    sample_size: int, share: float, generations: int, anchors: int
) -> Floats:
    """Chance that a generation's training set holds no blue, with fresh anchors.

    The number of blue points in the training set is taken to be beta-binomial with its exact mean
    and variance.

    Parameters
    ----------
    sample_size : int
        Synthetic points per generation, n, at least 1.
    share : float
        Share of blue in the truth, in [0, 1].
    generations : int
        Last generation, at least 0.
    anchors : int
        Fresh real points per generation, at least 1.

    Returns
    -------
    NDArray (generations + 1,)

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    An approximation (generation 1 is exact), derived for this project.  In the long run it is off
    by 0.01 for n = 100, p0 = 0.1 and one anchor, and by less with more anchors; on the way there
    the law has two humps that a Beta cannot follow, and it is off by up to 0.25 for a rare
    colour: :func:`absent_branching_approximation` is better there.
    """
    from scipy.special import betaln

    _check_start(sample_size, share, generations)
    check_whole_number("anchors", anchors, 1)
    if share in (0.0, 1.0):
        return np.full(generations + 1, 1.0 - share)
    absent = np.zeros(generations + 1)
    points = sample_size + anchors
    absent[1:2] = math.exp(points * math.log1p(-share))
    variance = share_moments(sample_size, share, generations, anchors=anchors).variance[2:]
    pair_alike = (variance / (share * (1.0 - share)) * points - 1.0) / (points - 1.0)
    seen = pair_alike > 0.0  # 0 when n = 1 or one generation: independent points
    absent[2:] = absent[1:2]
    nu = 1.0 / pair_alike[seen] - 1.0
    alpha, beta = share * nu, (1.0 - share) * nu
    log_absent = betaln(alpha, beta + points) - betaln(alpha, beta)
    absent[2:][seen] = np.exp(np.minimum(log_absent, 0.0))  # rounding may leave it above 0
    return absent


def absent_branching_approximation(
    sample_size: int, share: float, generations: int, anchors: int
) -> Floats:
    """Chance that a training set holds no blue, as a branching process with immigration.

    A blue point has on average n / (n + k) offspring; the fresh anchors bring new ones in.  Looking
    back from generation t, a point of generation t - j still has descendants with chance h_j:
    h_0 = 1, h_{j+1} = 1 - exp(-h_j n / (n + k)).  No blue is left when that holds for none of the
    blue anchors ever added.

    Parameters
    ----------
    sample_size, share, generations, anchors
        As for :func:`absent_beta_approximation`; here ``anchors`` may be 0.

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
    _check_start(sample_size, share, generations)
    check_whole_number("anchors", anchors, 0)
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


# ---------------------------------------------------------------------------------- without noise


def noise_free_share(
    share: float,
    generations: int,
    temperature: float,
    *,
    sample_size: int | None = None,
    anchors: int = 0,
) -> Floats:
    """Share of blue when sampling has no noise: p' = a sharpen(p) + b p0.

    Parameters
    ----------
    share : float
        Share of blue in the truth, p0, in [0, 1].
    generations : int
        Number of refits, at least 0.
    temperature : float
        Sampling temperature T, above 0.
    sample_size : int, optional
        Synthetic points per generation; needed with anchors, because a = n / (n + k).
    anchors : int
        Real points per generation, k, at least 0.

    Returns
    -------
    NDArray (generations + 1,)
        Without anchors its log-odds are logit(p0) / T^t: t rounds at T are one round at T^t.

    Raises
    ------
    ValueError
        If a parameter is out of range, or anchors are given without ``sample_size``.

    Notes
    -----
    Exact for infinitely many points in the given proportion; for a finite sample it leaves out the
    noise.  Derived for this project.
    """
    check_share("share", share)
    check_whole_number("generations", generations, 0)
    check_positive("temperature", temperature)
    check_whole_number("anchors", anchors, 0)
    if anchors > 0 and sample_size is None:
        raise ValueError(
            f"sample_size=None is out of range with anchors={anchors}: the mix needs both. "
            "Choose a sample_size of at least 1."
        )
    if sample_size is not None:
        check_whole_number("sample_size", sample_size, 1)
    real = anchors / (anchors + sample_size) if sample_size is not None else 0.0
    path = np.full(generations + 1, float(share))
    if share in (0.0, 1.0):
        return path
    log_odds = math.log(share) - math.log1p(-share)
    for generation in range(1, generations + 1):
        sharpened = _logistic(log_odds / temperature)
        path[generation] = (1.0 - real) * sharpened + real * share
        if real == 0.0:
            log_odds /= temperature  # on this scale nothing is lost near 0 and 1
        else:
            log_odds = math.log(path[generation]) - math.log1p(-path[generation])
    return path


def _logistic(log_odds: float) -> float:
    if log_odds >= 0.0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    odds = math.exp(log_odds)
    return odds / (1.0 + odds)
