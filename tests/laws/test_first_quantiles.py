"""Approximate quantiles are exact at the first fit, where the exact law is simple."""

import numpy as np
import pytest
from scipy import stats

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Prior,
    Replace,
    Weighted,
    families,
)

RUNS = 4000
POLICIES = (Accumulate(), AccumulateSubsample(), Weighted(0.3, 1), Weighted(0.7, 5))


def complaints(loop):
    """Return the levels at which the first fits of runs do not have the law's quantile."""
    law, means = loop.exact(approximate=True), loop.simulate(RUNS, seed=7).mean[:, 1]
    assert not law.is_exact("distribution")
    assert law.distribution is not None
    found = []
    for level in (0.05, 0.25, 0.5, 0.75, 0.95):
        quantile = law.quantile(level)[1]
        not_above = int(np.count_nonzero(means <= quantile + 1e-9))
        below = int(np.count_nonzero(means < quantile - 1e-9))
        few = stats.binom.cdf(not_above, RUNS, level)
        many = stats.binom.sf(below - 1, RUNS, level)
        if min(few, many) < 2e-8:
            found.append((level, quantile))
    return found


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 30])
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_two_colours(share, size, policy):
    assert complaints(ClosedLoop(families.Bernoulli(share), policy, size, 3)) == []
    if policy != AccumulateSubsample():  # for counts no quantiles of a sampled pool are given
        assert complaints(ClosedLoop(families.Binomial(2, share), policy, size, 3)) == []


@pytest.mark.parametrize(
    ("policy", "size", "generations"),
    [
        (Replace(), 5000, 3),
        (Anchors(7), 5000, 3),
        (Anchors(7, fresh=False), 5000, 3),
        (Prior(100.0, 0.9), 5000, 3),
        (Weighted(0.3, 5000), 5000, 3),
        (Replace(), 2, 100_000),
    ],
    ids=repr,
)
def test_two_colours_beyond_the_chain(policy, size, generations):
    loop = ClosedLoop(families.Bernoulli(0.02), policy, size, generations)
    law = loop.exact(approximate=True)
    short = ClosedLoop(loop.family, policy, size, 1).simulate(RUNS, seed=7).mean[:, 1]
    for level in (0.05, 0.5, 0.95):
        seen = np.quantile(short, level)
        spread = 3.0 * short.std() / np.sqrt(RUNS * 0.05)
        assert law.quantile(level)[1] == pytest.approx(seen, abs=5.5 * spread / 3.0 + 1e-9)


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize(
    ("family", "temperature"),
    [
        (families.Gamma(0.1, 2.0), 1.0),
        (families.Exponential(3.0), 1.0),
        (families.Exponential(3.0), 0.5),
        (families.NormalVariance(2.0), 1.0),
    ],
    ids=repr,
)
def test_positive_quantities(family, temperature, size):
    assert complaints(ClosedLoop(family, Replace(), size, 3, temperature)) == []
