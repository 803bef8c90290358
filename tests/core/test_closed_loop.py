"""The closed loop as an object: checks, equality, and its repr as a key."""

import dataclasses
import itertools
import math

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

BERNOULLI = families.Bernoulli(0.1)

# Without -0.0, which is equal to 0.0 but written differently: at worst a result is computed twice.
positive = st.one_of(st.just(0.0), st.floats(1e-12, 1))
policies = st.one_of(
    st.just(Replace()),
    st.just(Accumulate()),
    st.builds(Anchors, st.integers(0, 3), st.booleans()),
    st.builds(Prior, positive, st.one_of(st.none(), positive, st.tuples(positive))),
    st.builds(AccumulateSubsample, st.booleans()),
    st.builds(RealFraction, positive),
    st.builds(Weighted, positive, st.integers(1, 3)),
)
loops = st.builds(
    ClosedLoop,
    st.builds(families.Bernoulli, positive),
    policies,
    st.integers(1, 4),
    st.integers(1, 4),
    st.one_of(st.just(1.0), st.floats(0.5, 1.5)),
)


@given(loops, loops)
def test_the_repr_is_a_key(one, other):
    assert (repr(one) == repr(other)) == (one == other)
    if one == other:
        assert hash(one) == hash(other)


def test_reprs_of_similar_loops_never_collide():
    kept = [
        ClosedLoop(families.Bernoulli(share), policy, size, generations, temperature)
        for share in (0.1, 0.1 + 1e-17, 0.1 + 2e-17, 1.0)
        for policy in (
            Replace(),
            Anchors(0),
            Anchors(1),
            Anchors(1, False),
            Prior(0.0),
            Prior(1.0),
            Prior(1.0, 1.0),
            Prior(1.0, (1.0,)),
            RealFraction(1.0),
            Weighted(1.0),
            Weighted(0.0),
            Weighted(1.0, 2),
            Accumulate(),
            AccumulateSubsample(),
            AccumulateSubsample(True),
        )
        for size, generations in ((1, 10), (10, 1), (11, 0 + 1))
        for temperature in (1.0, 1.0 + 1e-15)
    ]
    for one, other in itertools.combinations(kept, 2):
        assert (repr(one) == repr(other)) == (one == other)
    assert len({repr(loop) for loop in kept}) == len(set(kept)) >= 200


def test_the_repr_makes_the_loop_again():
    loop = ClosedLoop(families.Bernoulli(1 / 3), Prior(0.1 + 0.2, 0.7), 10**12, 7, 1.1)
    names = {"ClosedLoop": ClosedLoop, "Prior": Prior, "Bernoulli": families.Bernoulli}
    assert eval(repr(loop), names) == loop


def test_numbers_of_any_kind_make_the_same_loop():
    loop = ClosedLoop(families.Bernoulli(np.float64(0.1)), Replace(), np.int32(10), 5.0, 1)
    assert repr(loop) == repr(ClosedLoop(BERNOULLI, Replace(), 10, 5))


def test_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ClosedLoop(BERNOULLI, Replace(), 10, 5).sample_size = 3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sample_size": 0}, r"^sample_size=0 .* from 1 to 1,000,000,000,000\. Choose"),
        ({"sample_size": 10**12 + 1}, r"^sample_size=1000000000001"),
        ({"sample_size": 1.5}, r"^sample_size=1\.5 .* whole number"),
        ({"generations": 0}, r"^generations=0 .* at least 1\. Choose 1 or more\."),
        ({"generations": 10**9}, r"^generations=1,000,000,000 .* 8\.0 GB of memory, and at most 4"),
        ({"generations": 10**30}, r"^generations=1,000.* GB of memory"),
        ({"temperature": 0.0}, r"^temperature=0\.0 .* from 0\.01 to"),
        ({"temperature": math.nan}, r"^temperature=nan"),
        ({"family": 0.1}, r"^family=0\.1 is not a family: use one of families"),
        ({"policy": 1}, r"^policy=1 is not a policy: use Replace\(\)"),
        ({"policy": Replace}, r"is not a policy"),
    ],
)
def test_bad_parameters(changes, message):
    good = {"family": BERNOULLI, "policy": Replace(), "sample_size": 10, "generations": 5}
    with pytest.raises(ValueError, match=message):
        ClosedLoop(**{**good, **changes})


def test_results_that_do_not_fit_into_memory_are_refused_with_their_size():
    loop = ClosedLoop(BERNOULLI, Replace(), 10, 4 * 10**8)
    with pytest.raises(ValueError, match=r"^generations=400,000,000 .* 19\.2 GB of memory"):
        loop.exact()
    with pytest.raises(ValueError, match=r"^generations=400,000,000 .* 640\.0 GB of memory"):
        loop.simulate(1, seed=1)
    with pytest.raises(ValueError, match=r"^generations=1,000,000 .* 1,600\.0 GB"):
        ClosedLoop(BERNOULLI, Replace(), 10, 10**6).simulate(200_000, seed=1)
    kinds = families.Categorical((1e-4,) * 10_000)
    with pytest.raises(ValueError, match=r"^generations=100,000 .* 8\.0 GB of memory"):
        ClosedLoop(kinds, Replace(), 10, 10**5)


@pytest.mark.parametrize("level", ["a", None, math.nan, 0.0, 1.0, -1, 2, (0.5,), True])
def test_a_level_that_is_none_is_named(level):
    for loop in (ClosedLoop(BERNOULLI, Replace(), 9, 3), ClosedLoop(BERNOULLI, Prior(1), 9999, 3)):
        with pytest.raises(ValueError, match=r"^level=.* is out of range"):
            loop.exact().quantile(level)


def test_the_first_data_set_is_sharpened_and_added_real_points_are_not():
    cold = ClosedLoop(families.Bernoulli(0.2), Replace(), 10**9, 1, temperature=0.5)
    sharpened = 0.2**2 / (0.2**2 + 0.8**2)
    assert cold.simulate(1, seed=1).mean[0, 1] == pytest.approx(sharpened, abs=1e-3)
    half = ClosedLoop(families.Bernoulli(0.2), Anchors(10**9), 10**9, 1, temperature=0.5)
    mixed = 0.5 * (sharpened + 0.2)
    assert half.simulate(1, seed=1).mean[0, 1] == pytest.approx(mixed, abs=1e-3)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan, None, "blue"])
def test_bad_shares(share):
    with pytest.raises(ValueError, match=r"^share=.* from 0 to 1\. Choose a value from 0 to 1\."):
        families.Bernoulli(share)


@pytest.mark.parametrize("policy", [Replace(), Anchors(2), Accumulate(), RealFraction(1.0)])
def test_iterate_yields_what_simulate_keeps(policy):
    loop = ClosedLoop(BERNOULLI, policy, 20, 6)
    states = list(loop.iterate(5, seed=2))
    assert len(states) == 7
    runs = loop.simulate(5, seed=2)
    for generation, state in enumerate(states):
        np.testing.assert_array_equal(state[:5], runs.mean[:, generation])


@given(st.floats(0, 1), st.floats(0.05, 20))
def test_sharpening_goes_the_right_way(share, temperature):
    sharpened = float(BERNOULLI.sharpen(np.array(share), temperature))
    assert 0 <= sharpened <= 1
    if temperature < 1 and share <= 0.5:
        assert sharpened <= share + 1e-12
    if temperature > 1 and share <= 0.5:
        assert share - 1e-12 <= sharpened <= 0.5 + 1e-12


def test_variance_is_zero_only_at_the_ends():
    np.testing.assert_array_equal(BERNOULLI.variance(np.array([0.0, 1.0])), 0.0)
    assert BERNOULLI.variance(np.array([1e-12, 1 - 1e-12])).min() > 0
