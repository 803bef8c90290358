"""Densities and draws of the families, against SciPy's distributions."""

import numpy as np
import pytest
from scipy import stats

from collapse_core import families

pytestmark = pytest.mark.oracle("SciPy, distributions")

COUNTS = np.arange(0, 30)
PLACES = np.linspace(0.05, 6.0, 60)
# A family, where it is asked, and SciPy's words for the same law.
KNOWN = {
    "binomial": (families.Binomial(5, 0.2), np.arange(6), stats.binom(5, 0.2).pmf),
    "Poisson": (families.Poisson(1.5), COUNTS, stats.poisson(1.5).pmf),
    # SciPy counts the trials up to the first success, from 1.
    "geometric": (families.Geometric(1.5), COUNTS, stats.geom(1 / 2.5, loc=-1).pmf),
    "negative binomial": (families.NegativeBinomial(0.5, 2.0), COUNTS, stats.nbinom(0.5, 0.2).pmf),
    "exponential": (families.Exponential(2.0), PLACES, stats.expon(scale=2.0).pdf),
    "gamma": (families.Gamma(0.4, 2.0), PLACES, stats.gamma(0.4, scale=5.0).pdf),
    "normal, mean": (families.NormalMean(0.5, 2.0), PLACES, stats.norm(0.5, 2.0).pdf),
    "normal, variance": (families.NormalVariance(1.5), PLACES, stats.norm(0, np.sqrt(1.5)).pdf),
    "normal, both": (families.Gaussian(0.5, 2.0), PLACES, stats.norm(0.5, 2.0).pdf),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_density_is_that_of_scipy(name):
    family, places, density = KNOWN[name]
    ours = family.density(family.truth, places)
    np.testing.assert_allclose(np.ravel(ours), density(places), rtol=1e-9, atol=1e-14)
    assert np.abs(np.ravel(ours) - density(places + 1)).max() > 1e-2, "another law is refused"


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", KNOWN)
def test_points_are_drawn_from_that_law(name, seed):
    family, places, density = KNOWN[name]
    rng = np.random.default_rng(seed)
    model = family.state_of(family.truth)
    points = np.ravel(family.draw_points(model[np.newaxis], 4000, rng))
    law = density.__self__
    assert chance_of(points, law) > 1e-5
    assert chance_of(points * 1.2 if places is PLACES else points + 1, law) < 1e-5


def chance_of(points, law):
    """Return the chance of points at least so unlike a law."""
    if isinstance(law.dist, stats.rv_continuous):
        return stats.kstest(points, law.cdf).pvalue
    whole = np.arange(int(points.min()), int(points.max()) + 1)
    expected = law.pmf(np.arange(int(law.ppf(0.995)) + 1)) * len(points)
    seen = np.bincount(points.astype(int), minlength=whole[-1] + 1)[: len(expected)]
    rest = len(points) - seen.sum(), len(points) - expected.sum()
    kept = expected > 5
    found = np.append(seen[kept], rest[0] + seen[~kept].sum())
    known = np.append(expected[kept], rest[1] + expected[~kept].sum())
    return stats.chisquare(found, known).pvalue
