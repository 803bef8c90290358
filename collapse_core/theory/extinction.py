"""How each family dies: the typical run, not the average one.

The average over replicates can stand still or even grow while every run collapses. Counts die by
chance: a Poisson refit is a critical branching process, whose extinction law is known exactly.
Positive continuous quantities never touch 0, they sink towards it: the logarithm of a refitted
gamma mean is a random walk with a downward drift, so its median falls exponentially. Which
boundary a family falls to, and whether it is reached or only approached, decides what one fixed
real point can still prevent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import (
    FloatArray,
    check_number,
    check_positive,
    check_whole_number,
)
from collapse_core.theory.special_functions import (
    digamma_minus_log,
    generation_times,
    log_variance_of_gamma,
)


@dataclass(frozen=True)
class Boundary:
    """Where the mean of a family ends up when it is refitted to its own samples.

    Attributes
    ----------
    points
        The boundary points of the mean, in words; empty if there are none.
    reached
        True if a run gets there in finitely many generations, False if it only comes ever closer.
    fate
        One sentence for a reader.
    """

    points: tuple[str, ...]
    reached: bool
    fate: str


BOUNDARIES = MappingProxyType(
    {
        "bernoulli": Boundary(("0", "1"), True, "One of the two colours is lost for ever."),
        "binomial": Boundary(
            ("0", "the number of trials"), True, "Every trial fails, or every trial succeeds."
        ),
        "normal with known variance": Boundary(
            (), False, "The mean wanders without end; its variance grows by s^2/n a generation."
        ),
        "poisson": Boundary(("0",), True, "Every count becomes 0."),
        "geometric": Boundary(("0",), True, "Every count becomes 0."),
        "negative binomial": Boundary(("0",), True, "Every count becomes 0."),
        "gamma": Boundary(("0",), False, "The mean sinks towards 0 and never touches it."),
        "exponential": Boundary(("0",), False, "The mean sinks towards 0 and never touches it."),
        "variance with known mean": Boundary(
            ("0",), False, "The variance sinks towards 0 and never touches it."
        ),
        "gaussian": Boundary(
            ("variance 0",),
            False,
            "The variance sinks towards 0 and the mean stops wherever it then is.",
        ),
    }
)


def extinction_sequence(generations: int) -> NDArray[np.float64]:
    """``g_t`` with ``g_1 = 1`` and ``g_{t+1} = 1 - exp(-g_t)``, about 2/t. Exact.

    ``n g_t`` is the number of first-generation points' worth of ancestors left at generation t.

    Returns
    -------
    Shape ``(generations + 1,)``; entry 0 is inf (nothing can have died out before the first fit).

    Source: critical Poisson branching process (Athreya and Ney 1972); Suresh et al.,
    arXiv:2412.17646, Theorem 2.
    """
    length = check_whole_number("generations", generations, 0) + 1
    sequence = np.full(length, math.inf)
    for t in range(1, length):
        sequence[t] = -math.expm1(-sequence[t - 1])
    return sequence


def poisson_extinction_probability(
    sample_size: int, truth_mean: float, generations: int
) -> NDArray[np.float64]:
    """P(the Poisson mean is 0 at generation t) = ``exp(-n lambda0 g_t)``. Exact.

    Parameters
    ----------
    sample_size
        Points per generation, a whole number from 1.
    truth_mean
        Mean lambda0 of the truth, from 0 (already extinct).
    generations
        Number of fits, from 0.

    Returns
    -------
    Shape ``(generations + 1,)``.

    Source: Suresh et al., arXiv:2412.17646, Theorem 2.
    """
    expected_total = check_whole_number("sample_size", sample_size, 1) * check_number(
        "truth_mean", truth_mean, 0.0
    )
    if expected_total == 0:
        return np.ones(check_whole_number("generations", generations, 0) + 1)
    return np.exp(-expected_total * extinction_sequence(generations))


def poisson_mean_given_alive(
    sample_size: int, truth_mean: float, generations: int
) -> NDArray[np.float64]:
    """E[lambda_t | lambda_t > 0] = ``lambda0 / (1 - exp(-n lambda0 g_t))``, about t/(2n). Exact.

    The mean over all runs never changes; it is carried by ever fewer, ever larger survivors.

    Parameters as in :func:`poisson_extinction_probability`, but ``truth_mean`` above 0.

    Source: the extinction law above and E lambda_t = lambda0.
    """
    mean = check_positive("truth_mean", truth_mean)
    expected_total = check_whole_number("sample_size", sample_size, 1) * mean
    return mean / -np.expm1(-expected_total * extinction_sequence(generations))


def poisson_survival_approximation(
    sample_size: int, truth_mean: float, generations: int
) -> NDArray[np.float64]:
    """P(alive at t) ~ ``2 n lambda0 / t``, capped at 1: good when t is far above 2 n lambda0.

    Its slow tail is why the expected time to extinction is infinite.

    Parameters as in :func:`poisson_extinction_probability`.

    Source: Kolmogorov's estimate for critical branching (Athreya and Ney 1972).
    """
    expected_total = check_whole_number("sample_size", sample_size, 1) * check_number(
        "truth_mean", truth_mean, 0.0
    )
    times = generation_times(generations)
    if expected_total == 0:
        return np.zeros(times.shape)
    return np.minimum(1.0, 2 * expected_total / np.maximum(times, 2 * expected_total))


def gamma_log_drift(sample_size: int, shape: float) -> float:
    """E ln(m_{t+1}/m_t) of a refitted gamma mean: ``psi(n a) - ln(n a) < 0``. Exact.

    About ``-1/(2 n a) - 1/(12 n^2 a^2)``.

    Parameters
    ----------
    sample_size
        Points per generation, a whole number from 1.
    shape
        Known shape a of the gamma family, above 0.

    Source: the log moments of a gamma variable; derived for this project.
    """
    return digamma_minus_log(_gamma_total(sample_size, shape))


def gamma_log_variance(sample_size: int, shape: float) -> float:
    """Var ln(m_{t+1}/m_t) of a refitted gamma mean: ``psi'(n a)``, about 1/(n a). Exact.

    Parameters as in :func:`gamma_log_drift`; same source.
    """
    return log_variance_of_gamma(_gamma_total(sample_size, shape))


def _gamma_total(sample_size: int, shape: float) -> float:
    return check_whole_number("sample_size", sample_size, 1) * check_positive("shape", shape)


def exponential_log_drift(sample_size: int) -> float:
    """E ln(m_{t+1}/m_t) of a refitted exponential mean: ``psi(n) - ln n``. Exact.

    Errors and source as in :func:`gamma_log_drift`, whose shape is 1 here.
    """
    return gamma_log_drift(sample_size, 1.0)


def exponential_log_variance(sample_size: int) -> float:
    """Var ln(m_{t+1}/m_t) of a refitted exponential mean: ``psi'(n)``. Exact.

    Errors and source as in :func:`gamma_log_drift`, whose shape is 1 here.
    """
    return gamma_log_variance(sample_size, 1.0)


def known_mean_variance_log_drift(sample_size: int) -> float:
    """E ln(s2_{t+1}/s2_t) of a refitted variance whose mean is known. Exact.

    ``s2' = s2 chi2_n / n``, a gamma of shape 1/2: ``psi(n/2) - ln(n/2)``, about -1/n.

    Errors and source as in :func:`gamma_log_drift`.
    """
    return gamma_log_drift(sample_size, 0.5)


def known_mean_variance_log_variance(sample_size: int) -> float:
    """Var ln(s2_{t+1}/s2_t) of a refitted variance whose mean is known: ``psi'(n/2)``. Exact.

    Errors and source as in :func:`gamma_log_drift`.
    """
    return gamma_log_variance(sample_size, 0.5)


def gamma_median_approximation(
    sample_size: int, shape: float, generations: int
) -> NDArray[np.float64]:
    """Median of m_t/m* of a refitted gamma mean, approximately ``exp(t drift)``.

    ln m_t is a sum of t independent terms, so its median is close to its mean; the result is too
    low by a factor of about ``1 + 1/(6 n a)``, as the terms are skewed. Use shape 1 for the
    exponential family and 1/2 for a variance whose mean is known.

    Returns
    -------
    Shape ``(generations + 1,)``.

    Source: derived for this project.
    """
    drift = gamma_log_drift(sample_size, shape)
    times: FloatArray = generation_times(generations)
    return np.exp(times * drift)
