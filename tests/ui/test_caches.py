"""Two specs never share a cached result."""

import itertools
import re

import numpy as np
import pytest
from opened import ROOT

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Prior,
    RealFraction,
    Replace,
    Weighted,
    families,
)
from ui import runs

FAMILIES = [
    families.Bernoulli(0.1),
    families.Bernoulli(0.1 + 1e-12),
    families.Binomial(5, 0.1),
    families.Binomial(6, 0.1),
    families.Poisson(1.0),
    families.Geometric(1.0),
    families.NegativeBinomial(1.0, 1.0),
    families.NegativeBinomial(2.0, 1.0),
    families.Exponential(1.0),
    families.Gamma(1.0, 1.0),
    families.Gamma(2.0, 1.0),
    families.NormalMean(0.0, 1.0),
    families.NormalMean(1.0, 1.0),
    families.NormalVariance(1.0),
    families.Gaussian(0.0, 1.0),
    families.Gaussian(0.0, 1.0 + 1e-12),
    families.MultivariateGaussian.isotropic(2),
    families.MultivariateGaussian.isotropic(3),
    families.MultivariateGaussian.isotropic(20),
]
POLICIES = [
    Replace(),
    Anchors(0),
    Anchors(1),
    Anchors(1, fresh=False),
    Anchors(11),
    Prior(1.0),
    Prior(1.0, 0.5),
    Prior(1.0 + 1e-12),
    Accumulate(),
    AccumulateSubsample(),
    RealFraction(0.1),
    RealFraction(0.5),
    Weighted(0.1, 1),
    Weighted(0.1, 11),
    Weighted(0.2, 1),
]
SETTINGS = [(10, 5, 1.0), (10, 51, 1.0), (105, 1, 1.0), (10, 5, 0.9), (10, 5, 1.0 - 1e-12)]


def all_loops():
    for family, policy, (size, generations, temperature) in itertools.product(
        FAMILIES, POLICIES, SETTINGS
    ):
        yield ClosedLoop(family, policy, size, generations, temperature)


def test_every_spec_has_a_key_of_its_own():
    keys = {}
    for loop in all_loops():
        key = runs.HASH_BY_REPR[ClosedLoop](loop)
        assert key not in keys, f"{loop} and {keys[key]} would share a result"
        keys[key] = loop
    assert len(keys) == len(FAMILIES) * len(POLICIES) * len(SETTINGS)


def test_the_key_is_the_same_for_the_same_spec():
    for first, second in zip(all_loops(), all_loops(), strict=True):
        assert repr(first) == repr(second)


@pytest.mark.parametrize("difference", [1e-12, 1e-6, 1.0])
def test_a_single_entry_of_a_large_covariance_makes_another_key(difference):
    covariance = np.eye(20)
    one = families.MultivariateGaussian(covariance)
    covariance[10, 10] += difference
    other = families.MultivariateGaussian(covariance)
    assert repr(ClosedLoop(one, Replace(), 50, 5)) != repr(ClosedLoop(other, Replace(), 50, 5))


def test_cached_functions_return_what_was_asked_for():
    for policy in (Replace(), Anchors(1), Anchors(1, fresh=False), Prior(1.0), Accumulate()):
        for family in (families.Exponential(1.0), families.Poisson(1.0), families.Bernoulli(0.5)):
            loop = ClosedLoop(family, policy, 10, 5)
            paths = runs.sampled_runs(loop, 3, 7)
            assert paths.loop == loop
            np.testing.assert_array_equal(paths.mean, loop.simulate(3, 7).mean)


def test_replicates_and_seed_are_part_of_the_key():
    loop = ClosedLoop(families.Bernoulli(0.5), Replace(), 10, 5)
    asked = [(3, 7), (3, 8), (4, 7), (37, 0)]
    for replicates, seed in asked:
        paths = runs.sampled_runs(loop, replicates, seed)
        assert (paths.replicates, paths.seed) == (replicates, seed)


def test_the_same_question_is_answered_once():
    loop = ClosedLoop(families.Bernoulli(0.25), Replace(), 12, 6)
    again = ClosedLoop(families.Bernoulli(0.25), Replace(), 12, 6)
    assert runs.sampled_runs(loop, 3, 7) is runs.sampled_runs(again, 3, 7)
    assert runs.exact_law(loop) is runs.exact_law(again)


def test_every_cache_is_bounded():
    source = (ROOT / "ui" / "runs.py").read_text(encoding="utf-8")
    caches = re.findall(r"@st\.cache_\w+\((.*?)\)\n", source, re.DOTALL)
    assert len(caches) == source.count("@st.cache_") > 0
    for options in caches:
        assert re.search(r"max_entries=(MOST_ENTRIES|FEW_ENTRIES)\b", options), options
