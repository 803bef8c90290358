"""Limits in which two loops are the same loop, to the last bit."""

import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
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


def means(policy, share=0.1, sample_size=50, temperature=1.0, replicates=300):
    loop = ClosedLoop(families.Bernoulli(share), policy, sample_size, 20, temperature)
    return loop.simulate(replicates, seed=3).mean


@pytest.mark.parametrize(
    "policy",
    [
        Anchors(0),
        Anchors(0, fresh=False),
        Prior(0.0),
        Prior(0.0, mean=0.7),
        RealFraction(0.0),
        RealFraction(0.009),  # rounds to no point at all
        Weighted(0.0, 1),
    ],
    ids=repr,
)
def test_is_replace_to_the_bit(policy):
    np.testing.assert_array_equal(means(policy), means(Replace()))


def test_temperature_one_is_none():
    np.testing.assert_array_equal(means(Replace(), temperature=1), means(Replace()))
    np.testing.assert_array_equal(means(Anchors(2), temperature=1.0), means(Anchors(2)))


def test_a_temperature_very_near_one_draws_nearly_the_same():
    assert np.abs(means(Replace(), temperature=1 + 1e-13) - means(Replace())).max() < 1e-9


def test_accumulate_starts_like_replace():
    np.testing.assert_array_equal(means(Accumulate())[:, :2], means(Replace())[:, :2])


def test_a_policy_does_not_change_what_the_model_draws_first():
    synthetic = np.rint(means(Replace())[:, 1] * 50)
    anchored = means(Anchors(7))[:, 1] * 57
    real = anchored - synthetic
    np.testing.assert_allclose(real, np.rint(real), atol=1e-9)
    assert real.min() >= 0
    assert real.max() <= 7


def test_only_real_points_are_independent_of_the_past():
    runs = means(RealFraction(1.0), replicates=4000)
    assert abs(np.corrcoef(runs[:, 4], runs[:, 5])[0, 1]) < 5.5 / np.sqrt(4000)


def test_weight_one_forgets_the_model():
    runs = means(Weighted(1.0, 10), replicates=4000)
    np.testing.assert_allclose(runs[:, 1:] * 10, np.rint(runs[:, 1:] * 10), atol=1e-9)


@pytest.mark.parametrize("share", [0.0, 1.0])
@pytest.mark.parametrize("temperature", [0.5, 1.0, 1.5])
@pytest.mark.parametrize("sample_size", [1, 3, 10, 49, 137, 10**12])
@pytest.mark.parametrize(
    "policy",
    [
        Replace(),
        Anchors(1),
        Anchors(7, fresh=False),
        Prior(0.3),
        Prior(1 / 3),
        Accumulate(),
        AccumulateSubsample(replacement=True),
        RealFraction(0.07),
        Weighted(0.1, 3),
    ],
    ids=repr,
)
def test_a_jar_of_one_colour_stays_so_exactly(policy, share, temperature, sample_size):
    loop = ClosedLoop(families.Bernoulli(share), policy, sample_size, 20, temperature)
    runs = loop.simulate(2, seed=1)
    np.testing.assert_array_equal(runs.mean, share)
    assert runs.absorbed.all()
    assert (runs.lost if share == 0 else runs.taken_over).all()


# ------------------------------------------------------------------------- any legal loop

counts = st.one_of(st.integers(0, 30), st.integers(0, 10**12))
shares = st.one_of(st.sampled_from([0.0, 1.0, 0.5, 1e-300, 1e-9]), st.floats(0, 1))
policies = st.one_of(
    st.just(Replace()),
    st.builds(Anchors, counts, st.booleans()),
    st.builds(Prior, st.floats(0, 1e12), st.one_of(st.none(), shares)),
    st.just(Accumulate()),
    st.builds(AccumulateSubsample, st.booleans()),
    st.builds(RealFraction, shares),
    st.builds(Weighted, shares, counts.filter(bool)),
)
sizes = st.one_of(st.integers(1, 60), st.integers(1, 10**12))


@settings(deadline=None, max_examples=200)
@given(shares, sizes, st.integers(1, 20), policies, st.one_of(st.just(1.0), st.floats(0.5, 1.5)))
def test_runs_of_any_legal_loop_are_shares(share, size, generations, policy, temperature):
    if policy == AccumulateSubsample(False):
        assume(size * generations < 10**9)
    loop = ClosedLoop(families.Bernoulli(share), policy, size, generations, temperature)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        runs = loop.simulate(3, seed=5)
        assert runs.mean.shape == (3, generations + 1)
        assert runs.diversity.shape == runs.lost.shape == runs.absorbed.shape == runs.mean.shape
        assert np.isfinite(runs.mean).all()
        assert runs.mean.min() >= 0
        assert runs.mean.max() <= 1
        np.testing.assert_array_equal(runs.mean[:, 0], share)
        np.testing.assert_array_equal(runs.absorbed, runs.lost | runs.taken_over)


def test_a_large_pool_cannot_be_sampled_without_replacement():
    loop = ClosedLoop(families.Bernoulli(0.1), AccumulateSubsample(), 10**8, 20)
    with pytest.raises(ValueError, match=r"too large .* replacement=True"):
        loop.simulate(1, seed=1)


# shares as a slider or a typed jar gives them: up to one marble in a billion from either end
typed = st.one_of(st.sampled_from([0.0, 1.0, 0.5, 1e-9]), st.floats(1e-9, 1 - 1e-9))
moderate = st.one_of(st.integers(1, 40), st.integers(2001, 10**12))


@settings(deadline=None, max_examples=100)
@given(
    typed,
    moderate,
    st.integers(1, 8),
    policies,
    st.one_of(st.just(1.0), st.floats(0.5, 1.5)),
    st.booleans(),
)
def test_laws_of_any_legal_loop_are_probabilities(share, size, fits, policy, temperature, more):
    loop = ClosedLoop(families.Bernoulli(share), policy, size, fits, temperature)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        law = loop.exact(approximate=more)
        for name in ("mean", "variance", "diversity", "absorbed", "lost", "taken_over"):
            field = getattr(law, name)
            assert field is None or field.shape == (fits + 1,), name
            assert field is None or np.isfinite(field).all(), name
            assert field is None or (field.min() >= -1e-12 and field.max() <= 1 + 1e-12), name
        if not more:
            assert not law.approximations
        if law.mean is not None:
            assert law.mean[0] == pytest.approx(share, abs=1e-15)
        if law.distribution is not None:
            median = law.quantile(0.5)
            assert median.shape == (fits + 1,)
            assert median.min() >= 0
            assert median.max() <= 1
