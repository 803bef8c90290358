"""How a Gaussian in many dimensions loses its dimensions, one after another.

Refit a covariance to n points: ``S' = S^{1/2} W S^{1/2}`` with W a Wishart matrix. The average of
S never changes (unbiased), but S is a product of random matrices, and such products have Lyapunov
exponents: each log-eigenvalue drifts at its own speed, the gap between neighbours being about
1/(n-1). The log-eigenvalues fan out into a staircase, and after about n generations one direction
holds everything. With fewer points than dimensions the first fit already has rank below d: the
exponents beyond the rank are -inf, which is the answer and not an error.

The truth is the standard Gaussian: mean 0, covariance the identity, ``dimension`` d from 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import FloatArray, check_fit_size, check_generations, check_whole_number
from collapse_core.theory.special_functions import (
    compound_growth,
    digamma_minus_log,
    generation_times,
)


@dataclass(frozen=True)
class SpectrumMoments:
    """Second moments of the covariance's spectrum, shape ``(generations + 1,)`` or ``()``.

    Attributes
    ----------
    trace_of_square
        E tr S^2; d for the truth.
    square_of_trace
        E (tr S)^2; d^2 for the truth.
    annealed_effective_rank
        Their ratio, ``E (tr S)^2 / E tr S^2``: d for the truth. Rare runs that grow dominate
        both averages, so a typical run keeps more.
    """

    trace_of_square: NDArray[np.float64]
    square_of_trace: NDArray[np.float64]
    annealed_effective_rank: NDArray[np.float64]


def lyapunov_exponents(
    sample_size: int, dimension: int, *, unbiased: bool = True
) -> NDArray[np.float64]:
    """Drift per generation of each log-eigenvalue of the covariance, largest first. Exact.

    ``psi((n-i)/2) + ln 2 - ln(n-1)``, ``i = 1..d``; maximum likelihood divides by n instead.
    At most n - 1 directions survive the first fit: the exponents beyond are -inf. Their sum is the
    drift of ln det S.

    Source: Newman 1986, Communications in Mathematical Physics 103, 121-126.
    """
    n, divisor = check_fit_size(sample_size, unbiased=unbiased)
    d = check_whole_number("dimension", dimension, 1)
    exponents = np.full(d, -math.inf)
    for i in range(1, min(d, n - 1) + 1):
        exponents[i - 1] = digamma_minus_log((n - i) / 2) + math.log((n - i) / divisor)
    return exponents


def spectrum_moments(
    sample_size: int, dimension: int, generations: int, *, unbiased: bool = True
) -> SpectrumMoments:
    """E tr S^2, E (tr S)^2 and their ratio under pure replacement, means unknown. Exact.

    ``E tr S^2 = A (1 + 2/nu)^t + B (1 - 1/nu)^t``, ``E (tr S)^2 = A (1 + 2/nu)^t - 2B
    (1 - 1/nu)^t`` with ``nu = n - 1``, ``A = (2d + d^2)/3``, ``B = (d - d^2)/3``. Maximum
    likelihood multiplies both by ``(1 - 1/n)^{2t}``. Valid for nu < d as well.

    Source: second moments of the Wishart law (Muirhead 1982); derived for this project.
    """
    n, _ = check_fit_size(sample_size, unbiased=unbiased)
    nu = n - 1
    d = check_whole_number("dimension", dimension, 1)
    times = generation_times(generations)
    if nu == 0:  # one point: nothing is left after the first fit
        start = (times == 0).astype(np.float64)
        return SpectrumMoments(d * start, d * d * start, d * start)
    divisor_effect = 0.0 if unbiased else 2 * math.log1p(-1 / n)
    return _replacement_moments(nu, d, times, divisor_effect)


def _replacement_moments(
    nu: int, d: int, times: FloatArray, divisor_effect: float = 0.0
) -> SpectrumMoments:
    """Pure replacement; ``divisor_effect`` is added to the growth of both moments."""
    a, b = (2 * d + d * d) / 3, (d - d * d) / 3
    # Divided by their common growth both moments stay bounded, so their ratio is never nan.
    decay = compound_growth(-3.0 / (nu + 2), times)
    squares, traces = a + b * decay, a - 2 * b * decay
    with np.errstate(over="ignore", under="ignore"):
        growth = np.exp(times * (math.log1p(2 / nu) + divisor_effect))
        return SpectrumMoments(squares * growth, traces * growth, traces / squares)


def effective_rank_rule(sample_size: int, dimension: int, generations: int) -> NDArray[np.float64]:
    """Rule of thumb for the effective rank of a typical run: ``1 / (1/d + t/nu)``.

    An early-time approximation (t below about nu/d times a few): later a typical run keeps a
    little more, and tends to 1. ``nu = n - 1``, at least 1.

    Source: derived for this project from the annealed moments.
    """
    n = check_whole_number("sample_size", sample_size, 2)
    d = check_whole_number("dimension", dimension, 1)
    times = generation_times(generations)
    return 1.0 / (1.0 / d + times / (n - 1))


def anchored_effective_rank_rule(dimension: int, count: int) -> float:
    """Rule of thumb with k fresh anchors, in the end: ``1 / (1/d + 1/(2k))``; 0 anchors give 1.

    An approximation for n much larger than k: to keep half of d dimensions takes k = d/2 real
    points per generation. It is too low when k is far below d.

    Source: derived for this project.
    """
    d, k = check_whole_number("dimension", dimension, 1), check_whole_number("count", count, 0)
    return 1.0 if k == 0 else 1.0 / (1.0 / d + 1.0 / (2 * k))


def anchored_spectrum_moments(
    sample_size: int, dimension: int, generations: int, count: int
) -> SpectrumMoments:
    """E tr S^2, E (tr S)^2 with ``count`` fresh anchors and a known mean. Exact recursion.

    With a known mean the fit divides the pooled squares by N = n + k and has n degrees of
    freedom. ``count=0`` is pure replacement with nu = n.

    Source: second moments of the Wishart law (Muirhead 1982); derived for this project.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    d = check_whole_number("dimension", dimension, 1)
    k = check_whole_number("count", count, 0)
    length = check_generations(generations) + 1
    if k == 0:
        return _replacement_moments(n, d, np.arange(length, dtype=np.float64))
    scale = float(n + k) ** 2
    matrix = np.array([[n * (n + 1), n], [2 * n, n * n]], dtype=np.float64) / scale
    source = np.array(_anchored_source(n, d, k), dtype=np.float64) / scale
    moments = np.empty((length, 2))
    moments[0] = d, d * d
    for t in range(1, length):
        moments[t] = matrix @ moments[t - 1] + source
    return SpectrumMoments(moments[:, 0], moments[:, 1], moments[:, 1] / moments[:, 0])


def stationary_anchored_spectrum_moments(
    sample_size: int, dimension: int, count: int
) -> SpectrumMoments:
    """The limit of :func:`anchored_spectrum_moments`; every array has shape ``()``. Exact.

    Without anchors both moments are inf and the effective rank is 1. Parameters, errors and
    source as there.
    """
    n = check_whole_number("sample_size", sample_size, 1)
    d = check_whole_number("dimension", dimension, 1)
    k = check_whole_number("count", count, 0)
    if k == 0:
        return SpectrumMoments(np.array(math.inf), np.array(math.inf), np.array(1.0))
    (first, second), scale = _anchored_source(n, d, k), (n + k) ** 2
    # Cramer's rule in whole numbers: exact even where the pull of the anchors is faint.
    pull, pull_of_trace = scale - n * (n + 1), scale - n * n
    determinant = pull * pull_of_trace - 2 * n * n
    squares = (first * pull_of_trace + second * n) / determinant
    traces = (second * pull + first * 2 * n) / determinant
    return SpectrumMoments(np.array(squares), np.array(traces), np.array(traces / squares))


def _anchored_source(n: int, d: int, k: int) -> tuple[int, int]:
    """What the anchors add to N^2 (E tr S^2, E (tr S)^2) in every generation."""
    return (
        2 * n * k * d + k * (k + 1) * d + k * d * d,
        2 * n * k * d * d + k * k * d * d + 2 * k * d,
    )
