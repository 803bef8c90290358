"""Runs and laws of a few generations are the beginning of those of more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from collapse_core.horizon import furthest, rounded_horizon
from collapse_core.streams import BLOCK_SIZE

FAMILIES = (
    families.Bernoulli(0.3),
    families.Binomial(5, 0.2),
    families.Poisson(1.5),
    families.Geometric(1.0),
    families.NegativeBinomial(0.5, 2.0),
    families.Exponential(2.0),
    families.Gamma(0.4, 2.0),
    families.NormalMean(0.5, 2.0),
    families.NormalVariance(1.5),
    families.Gaussian(0.5, 2.0, unbiased=True),
    families.MultivariateGaussian(((2.0, 0.9, 0.1), (0.9, 1.0, 0.0), (0.1, 0.0, 0.5))),
    families.Categorical((0.5, 0.3, 0.15, 0.05)),
    families.Categorical((0.7, 0.3)),
    families.LimitedCategorical((0.5, 0.3, 0.15, 0.05), top_p=0.9, minimum_count=2),
    families.LimitedCategorical((0.5, 0.3, 0.15, 0.05), infinite_data=True),
)
POLICIES = (
    Replace(),
    Anchors(3),
    Anchors(3, fresh=False),
    Prior(2.0),
    Accumulate(),
    AccumulateSubsample(),
    AccumulateSubsample(replacement=True),
    RealFraction(0.3),
    RealFraction(1.0),
    Weighted(0.3, 2),
)
CURVES = ("mean", "variance", "diversity", "absorbed", "lost", "taken_over")
LEVELS = (0.1, 0.5, 0.9)


def test_every_family_and_policy_is_here():
    assert {type(family) for family in FAMILIES} == {
        getattr(families, name) for name in families.__all__ if name != "Family"
    }
    assert len({type(policy) for policy in POLICIES}) == 7


def assert_begins_with(longer, law, generations):
    """Assert that a longer law cut to so many generations is this one."""
    cut = longer.until(generations)
    assert cut.generations == law.generations == generations
    assert cut.approximations == law.approximations
    for name in CURVES:
        one, other = getattr(cut, name), getattr(law, name)
        assert (one is None) == (other is None), name
        if one is not None:
            np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12, err_msg=name)
    assert (cut.distribution is None) == (law.distribution is None)
    if cut.distribution is not None:
        for level in LEVELS:
            np.testing.assert_allclose(cut.quantile(level), law.quantile(level), 1e-12, 1e-12)


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
@pytest.mark.parametrize("family", FAMILIES, ids=repr)
def test_runs_begin_with_the_runs_of_fewer_generations(family, policy):
    replicates = BLOCK_SIZE + 10  # from two streams
    whole = ClosedLoop(family, policy, 12, 30).simulate(replicates, 3)
    for generations in (1, 2, 17, 30):
        loop = ClosedLoop(family, policy, 12, generations)
        asked, cut = loop.simulate(replicates, 3), whole.until(generations)
        assert cut.loop == loop
        assert cut.generations == generations
        assert np.shares_memory(cut.mean, whole.mean)
        for name in ("mean", "diversity", "absorbed", "lost", "taken_over"):
            np.testing.assert_array_equal(getattr(cut, name), getattr(asked, name), name)
        assert cut.parameters() == asked.parameters()
        again = whole.until(min(20, generations + 5)).until(min(20, generations))
        np.testing.assert_array_equal(again.diversity, asked.diversity[:, : again.generations + 1])


@pytest.mark.parametrize("approximate", [False, True])
@pytest.mark.parametrize("policy", POLICIES, ids=repr)
@pytest.mark.parametrize("family", FAMILIES, ids=repr)
def test_laws_begin_with_the_laws_of_fewer_generations(family, policy, approximate):
    for size in (12, 50_000):
        whole = ClosedLoop(family, policy, size, 30).exact(approximate)
        for generations in (1, 7, 30):
            law = ClosedLoop(family, policy, size, generations).exact(approximate)
            assert_begins_with(whole, law, generations)


@pytest.mark.parametrize("approximate", [False, True])
@pytest.mark.parametrize("temperature", [0.8, 1.2])
@pytest.mark.parametrize("policy", [Replace(), Anchors(3), Anchors(3, fresh=False)], ids=repr)
def test_sharpened_runs_and_laws_too(policy, temperature, approximate):
    for family in (FAMILIES[0], families.Exponential(2.0), families.Categorical((0.6, 0.4))):
        for size in (12, 5000):
            whole = ClosedLoop(family, policy, size, 30, temperature)
            part = ClosedLoop(family, policy, size, 8, temperature)
            runs = whole.simulate(20, 1).until(8)
            np.testing.assert_array_equal(runs.mean, part.simulate(20, 1).mean)
            assert_begins_with(whole.exact(approximate), part.exact(approximate), 8)


@pytest.mark.parametrize("generations", [0, 6, 2.5, None])
def test_nothing_is_cut_to_what_is_not_there(generations):
    loop = ClosedLoop(families.Bernoulli(0.3), Replace(), 10, 5)
    for whole in (loop.simulate(3, 1), loop.exact()):
        with pytest.raises(ValueError, match=r"^generations=.* from 1 to 5"):
            whole.until(generations)


# -------------------------------------------------------------------------- how far to compute


@given(st.integers(0, 10**7))
def test_a_rounded_horizon_is_at_most_about_twice_as_far(generations):
    horizon = rounded_horizon(generations)
    assert horizon >= generations
    assert horizon < 2 * generations or horizon == 50
    assert rounded_horizon(horizon) == horizon


def test_the_steps_of_a_slider_share_a_few_horizons():
    horizons = {rounded_horizon(generations) for generations in range(501)}
    assert horizons == {50, 100, 200, 300, 500}
    with pytest.raises(ValueError, match=r"^generations=-1"):
        rounded_horizon(-1)


@given(st.integers(1, 10**5), st.integers(0, 10**5))
def test_what_stops_holding_bounds_the_horizon(generations, more):
    most = generations + more
    found = furthest(generations, lambda reached: reached <= most)
    assert found == min(most, rounded_horizon(generations))


def test_runs_go_as_far_as_a_pool_allows():
    free = ClosedLoop(families.Poisson(1.0), AccumulateSubsample(), 10, 110)
    assert free.horizon_of_runs(200).generations == 200
    kept = ClosedLoop(families.Poisson(1.0), AccumulateSubsample(), 1000, 60)
    assert kept.horizon_of_runs(200).generations == 100
    assert kept.horizon_of_runs(340).generations == 60  # it is refused itself
    narrow = ClosedLoop(families.Poisson(1.0), AccumulateSubsample(), 1200, 60)
    assert narrow.horizon_of_runs(200).generations == 83  # 2 * 10**7 numbers
    marbles = ClosedLoop(families.Bernoulli(0.5), AccumulateSubsample(), 10**7, 60)
    assert marbles.horizon_of_runs(1).generations == 99
    resampled = ClosedLoop(families.Bernoulli(0.5), AccumulateSubsample(True), 10**7, 60)
    assert resampled.horizon_of_runs(1).generations == 100
    large = ClosedLoop(families.Bernoulli(0.5), Replace(), 10, 300_001)
    assert large.horizon_of_runs(1000).generations == 499_999  # 4 GB


@pytest.mark.parametrize(
    ("family", "policy", "size", "generations", "temperature"),
    [
        (families.Bernoulli(0.1), Replace(), 100, 120, 1.0),
        (families.Bernoulli(0.1), Replace(), 2000, 210, 1.0),
        (families.Bernoulli(0.1), Anchors(20, fresh=False), 1000, 41, 1.0),
        (families.Bernoulli(0.1), Anchors(200, fresh=False), 1000, 5, 1.0),
        (families.Bernoulli(0.3), Replace(), 3000, 110, 0.9),
        (families.Bernoulli(0.3), Replace(), 500, 1001, 0.9),
        (families.Bernoulli(0.3), Replace(), 5000, 1100, 0.9),
        (families.Binomial(20, 0.1), Replace(), 100, 210, 1.0),
        (families.Categorical((0.5, 0.3, 0.2)), Replace(), 2000, 210, 1.0),
        (families.Categorical((0.5, 0.5)), Replace(), 2000, 210, 1.0),
        (families.Exponential(1.0), Replace(), 2000, 210, 1.0),
    ],
    ids=repr,
)
def test_a_law_goes_as_far_as_its_formulas(family, policy, size, generations, temperature):
    loop = ClosedLoop(family, policy, size, generations, temperature)
    longer = loop.horizon_of_law()
    assert generations <= longer.generations <= rounded_horizon(generations)
    for approximate in (False, True):
        assert_begins_with(longer.exact(approximate), loop.exact(approximate), generations)
    if longer.generations < rounded_horizon(generations):
        beyond = ClosedLoop(family, policy, size, longer.generations + 1, temperature)
        with pytest.raises(AssertionError):
            assert_begins_with(beyond.exact(True), loop.exact(True), generations)


def test_a_family_with_a_law_of_its_own_is_not_asked_for_more():
    class Own(families.Bernoulli):
        def law(self, *asked):
            raise NotImplementedError

    loop = ClosedLoop(Own(0.5), Replace(), 10, 7)
    assert loop.horizon_of_law() is loop
