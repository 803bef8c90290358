"""Models known through their sufficient statistic: one file each, on the base in `base`."""

from collapse_core.families.base import Family
from collapse_core.families.bernoulli import Bernoulli
from collapse_core.families.binomial import Binomial
from collapse_core.families.categorical import Categorical
from collapse_core.families.gamma import Exponential, Gamma
from collapse_core.families.gaussian import Gaussian
from collapse_core.families.limited_categorical import LimitedCategorical
from collapse_core.families.multivariate_gaussian import MultivariateGaussian
from collapse_core.families.negative_binomial import Geometric, NegativeBinomial
from collapse_core.families.normal import NormalMean, NormalVariance
from collapse_core.families.poisson import Poisson

__all__ = [
    "Bernoulli",
    "Binomial",
    "Categorical",
    "Exponential",
    "Family",
    "Gamma",
    "Gaussian",
    "Geometric",
    "LimitedCategorical",
    "MultivariateGaussian",
    "NegativeBinomial",
    "NormalMean",
    "NormalVariance",
    "Poisson",
]
