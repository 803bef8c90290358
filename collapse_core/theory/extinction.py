"""How each family dies: the typical run, not the average one.

The average over replicates can stand still or even grow while every run collapses. Counts die by
chance: see ``poisson_branching``. Positive continuous quantities never touch 0, they sink towards
it: the logarithm of a refitted gamma mean is a random walk with a downward drift, so its median
falls exponentially. Which boundary a family falls to, and whether it is reached or only approached,
decides what one fixed real point can still prevent.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from collapse_core.checks import check_positive, check_whole_number
from collapse_core.theory.special_functions import digamma_minus_log, log_variance_of_gamma


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


def gamma_log_drift(sample_size: int, shape: float) -> float:
    """E ln(m_{t+1}/m_t) of a refitted gamma mean: ``psi(n a) - ln(n a) < 0``. Exact.

    About ``-1/(2 n a) - 1/(12 n^2 a^2)``; a is the known shape, above 0: 1 for the exponential
    family, 1/2 for a variance whose mean is known. The median of m_t is approximately
    ``m* exp(t drift)``, too low by a factor of about ``1 + 1/(6 n a)``, as the terms are skewed.

    Source: the log moments of a gamma variable; derived for this project.
    """
    return digamma_minus_log(_gamma_total(sample_size, shape))


def gamma_log_variance(sample_size: int, shape: float) -> float:
    """Var ln(m_{t+1}/m_t) of a refitted gamma mean: ``psi'(n a)``, about 1/(n a). Exact.

    Parameters and source as in :func:`gamma_log_drift`.
    """
    return log_variance_of_gamma(_gamma_total(sample_size, shape))


def _gamma_total(sample_size: int, shape: float) -> float:
    return check_whole_number("sample_size", sample_size, 1) * check_positive("shape", shape)
