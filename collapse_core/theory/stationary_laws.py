"""The whole distribution a loop with real anchors settles into.

With k fresh real points per generation and many synthetic ones, the refitted mean performs a
diffusion: pulled to the truth with force 2k (in units of the noise), shaken with variance V(m).
Its stationary law is a Pearson distribution, and which one depends on the family alone: normal,
gamma, beta, inverse gamma or beta prime. Families with v2 > 0 have heavy tails of index
``1 + 2k/v2``: one anchor per generation then leaves a finite mean of V but few higher moments, so
a simulated average of them is not to be trusted.

All laws are the limit n -> infinity at fixed k: approximations for a real n, good when n is much
larger than k. (At finite n a count family also has an atom on its boundary.) ``count`` is the
number k of fresh real points, any number above 0. An answer is a frozen SciPy distribution:
``.pdf(x)``, ``.cdf(x)``, ``.ppf(q)``, ``.mean()``.

Source of all: Pearson family of a diffusion with linear pull (Wong 1964); derived for this project.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from collapse_core.checks import check_number, check_positive

if TYPE_CHECKING:
    from scipy.stats._distn_infrastructure import rv_continuous_frozen


def _anchors(count: float) -> float:
    """The number of anchors, refusing 0: without a pull nothing is stationary."""
    try:
        return check_positive("count", count)
    except ValueError:
        raise ValueError(
            f"count={count} is out of range: a stationary law needs a number of real anchors above "
            f"0, as a loop without any collapses or wanders. Choose 1 or more."
        ) from None


def _inside(name: str, value: float) -> float:
    """A share strictly between 0 and 1."""
    share = check_number(name, value, 0.0, 1.0)
    if share in (0.0, 1.0):
        raise ValueError(
            f"{name}={value} is out of range: it must be above 0 and below 1 for the law to have "
            f"a density; at 0 or 1 the loop never moves. Choose a share in between."
        )
    return share


def normal_law_approximation(
    truth_mean: float, truth_variance: float, count: float
) -> rv_continuous_frozen[Any, Any]:
    """Mean of a normal of known variance s2: ``N(m*, s2/(2k))``.

    ``truth_variance`` is s2, above 0.
    """
    mean, k = check_number("truth_mean", truth_mean), _anchors(count)
    variance = check_positive("truth_variance", truth_variance)
    from scipy.stats import norm

    return norm(loc=mean, scale=math.sqrt(variance / (2 * k)))


def poisson_law_approximation(truth_mean: float, count: float) -> rv_continuous_frozen[Any, Any]:
    """Mean of a Poisson: ``Gamma(2k m*, rate 2k)``.

    ``truth_mean`` above 0.
    """
    mean, k = check_positive("truth_mean", truth_mean), _anchors(count)
    from scipy.stats import gamma

    return gamma(2 * k * mean, scale=1 / (2 * k))


def binomial_law_approximation(
    truth_share: float, count: float, trials: float = 1
) -> rv_continuous_frozen[Any, Any]:
    """Share of successes of a binomial with M trials: ``Beta(2kM p*, 2kM (1 - p*))``.

    ``trials=1`` is the Bernoulli family. J-shaped if blue is rare: one anchor keeps blue from
    being lost for ever, yet it is mostly absent.

    ``truth_share`` strictly between 0 and 1. For the Bernoulli family also Wright 1931.
    """
    share = _inside("truth_share", truth_share)
    pull = 2 * _anchors(count) * check_positive("trials", trials)
    from scipy.stats import beta

    return beta(pull * share, pull * (1 - share))


def gamma_law_approximation(
    truth_mean: float, count: float, shape: float = 1.0
) -> rv_continuous_frozen[Any, Any]:
    """Mean of a gamma of known shape a: ``InverseGamma(1 + 2ka, scale 2ka m*)``.

    ``shape=1`` is the exponential family, ``shape=1/2`` a variance whose mean is known.

    ``truth_mean`` and ``shape`` above 0.
    """
    mean = check_positive("truth_mean", truth_mean)
    pull = 2 * _anchors(count) * check_positive("shape", shape)
    from scipy.stats import invgamma

    return invgamma(1 + pull, scale=pull * mean)


def negative_binomial_law_approximation(
    truth_mean: float, count: float, size: float = 1.0
) -> rv_continuous_frozen[Any, Any]:
    """Mean of a negative binomial of size r: r times ``BetaPrime(2k m*, 1 + 2kr)``.

    ``size=1`` is the geometric family on 0, 1, 2, ...

    ``truth_mean`` and ``size`` above 0.
    """
    mean, k = check_positive("truth_mean", truth_mean), _anchors(count)
    size = check_positive("size", size)
    from scipy.stats import betaprime

    return betaprime(2 * k * mean, 1 + 2 * k * size, scale=size)


def tail_exponent(v2: float, count: float) -> float:
    """``a`` in P(m > x) ~ x^-a for the stationary law: ``1 + 2k/v2`` for v2 > 0, else inf.

    Moments of order a and above are infinite. Exact for the limit law n -> infinity.

    ``v2`` is the family's quadratic coefficient, from -1.
    """
    v2, k = check_number("v2", v2, -1.0), _anchors(count)
    return 1 + 2 * k / v2 if v2 > 0 else math.inf
