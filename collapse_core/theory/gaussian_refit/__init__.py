"""A Gaussian refitted to its own samples, mean and variance both unknown.

Each refit multiplies the variance by chi2_{n-1}/divisor. Divide by n (maximum likelihood) and the
average variance dies as ``(1 - 1/n)^t``, exactly like the diversity of a two-colour jar. Divide by
n - 1 (unbiased) and the average stands still, yet the typical run dies all the same: the logarithm
of the variance is a random walk with a downward drift of about -1/(n-1), and the average is kept
up by ever rarer, ever larger exceptions. Meanwhile the mean wanders. For maximum likelihood the
two add up, ``Var mu_t + E s2_t = 1`` exactly: spread inside becomes error outside.

The truth is N(0, 1); multiply variances by the true variance for another one. Generation 0 is the
truth. Arrays have shape ``(generations + 1,)``. ``variance_scale`` multiplies the variance before
sampling: below 1 it is a temperature or a preference for typical samples, above 1 it adds noise.
"""

from collapse_core.theory.gaussian_refit.averages import (
    accumulate_variance,
    accumulate_variance_limit,
    expected_squared_variance,
    expected_standard_deviation,
    expected_variance,
    kernel_variance,
    variance_of_mean,
)
from collapse_core.theory.gaussian_refit.distance import local_frechet_drift, wasserstein_risk
from collapse_core.theory.gaussian_refit.typical_run import (
    collapse_probability_normal_approximation,
    expected_log_variance,
    log_variance_drift,
    log_variance_spread,
    median_half_life_approximation,
    median_neutral_temperature,
    median_variance_approximation,
    variance_of_log_variance,
)

__all__ = [
    "accumulate_variance",
    "accumulate_variance_limit",
    "collapse_probability_normal_approximation",
    "expected_log_variance",
    "expected_squared_variance",
    "expected_standard_deviation",
    "expected_variance",
    "kernel_variance",
    "local_frechet_drift",
    "log_variance_drift",
    "log_variance_spread",
    "median_half_life_approximation",
    "median_neutral_temperature",
    "median_variance_approximation",
    "variance_of_log_variance",
    "variance_of_mean",
    "wasserstein_risk",
]
