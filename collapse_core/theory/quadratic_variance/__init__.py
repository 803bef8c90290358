"""One algebra behind every average: families whose variance is a quadratic of their mean.

Six natural families (Morris 1982) have ``Var(X) = V(m) = v0 + v1 m + v2 m^2``: normal, Poisson,
binomial, gamma, negative binomial and one more. Refit the mean to n of the model's own points and
the new mean has expectation m and variance V(m)/n. V being quadratic, the average of V(m_t) obeys
a linear recursion whose only ingredient is v2/n: the mean diversity shrinks if v2 < 0, stays if
v2 = 0 and GROWS if v2 > 0, while every single run collapses or wanders off. Whatever is mixed into
the training set (anchors, a prior, older generations, weights), the recursion stays linear, so
everything in this module is exact unless its docstring says otherwise.

Generation 0 is the truth; generation t is the t-th fit. Everything is an average over replicates:
``variance`` is how far the replicates' means scatter, ``diversity`` how much variety one model
holds. For means that stay unbiased, ``diversity - v2 * variance`` is the truth's own V, for ever:
what is lost inside is found outside.
"""

from collapse_core.theory.quadratic_variance.generations import (
    accumulate,
    accumulate_subsample,
    anchors,
    prior,
    replace,
    weighted,
)
from collapse_core.theory.quadratic_variance.limits import (
    accumulate_limit,
    stationary_anchors,
    stationary_prior,
    stationary_weighted,
)
from collapse_core.theory.quadratic_variance.real_points import (
    anchors_needed,
    best_real_weight,
    effective_sample_size,
    half_life,
)
from collapse_core.theory.quadratic_variance.variance_function import (
    Moments,
    QuadraticVariance,
    SubsampledMoments,
)

__all__ = [
    "Moments",
    "QuadraticVariance",
    "SubsampledMoments",
    "accumulate",
    "accumulate_limit",
    "accumulate_subsample",
    "anchors",
    "anchors_needed",
    "best_real_weight",
    "effective_sample_size",
    "half_life",
    "prior",
    "replace",
    "stationary_anchors",
    "stationary_prior",
    "stationary_weighted",
    "weighted",
]
