"""Whether a model sits at an end of its means is decided by what it was fitted to, not rounding."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_check import _binomial_surprise

from collapse_core import Anchors, ClosedLoop, Prior, Weighted, families
from collapse_core.theory.two_colours import share_law

WITH_ENDS = (
    families.Bernoulli(0.9),
    *(families.Binomial(trials, 0.9) for trials in (1, 3, 7, 10, 49, 999)),
)
weights = st.floats(1e-9, 1e12)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(WITH_ENDS), st.lists(weights, min_size=1, max_size=4), st.booleans())
def test_sets_at_an_end_pool_to_that_end(family, weighty, high):
    end = family.highest if high else family.lowest
    pooled = family.pool([(weight, np.full(3, end)) for weight in weighty])
    np.testing.assert_array_equal(pooled, end)
    assert np.all(family.variance(pooled) == 0.0)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(WITH_ENDS), weights, st.floats(1e-30, 1e-9), st.booleans())
def test_a_set_inside_keeps_the_pool_inside(family, much, little, high):
    end = family.highest if high else family.lowest
    middle = 0.5 * family.highest
    pooled = family.pool([(much, np.full(3, end)), (little, np.full(3, middle))])
    assert np.all((family.lowest < pooled) & (pooled < family.highest))


def test_categories_pool_to_their_ends():
    family = families.Categorical((0.5, 0.3, 0.2))
    one, other = np.array([[1.0, 0.0, 0.0]]), np.array([[0.0, 1.0, 0.0]])
    for weight in np.linspace(0.01, 0.99, 99):
        same = family.pool([(1.0 - weight, one), (weight, one)])
        np.testing.assert_array_equal(same, one)
        assert family.variance(family.pool([(1.0 - weight, one), (weight, other)])) > 0
    pooled = family.pool([(1.0, one), (1e-20, other)])
    assert pooled[0, 0] < 1.0
    assert pooled[0, 1] > 0.0


@pytest.mark.parametrize("weight", [0.1, 0.3, 0.7, 1 / 3])
@pytest.mark.parametrize("trials", [1, 3, 7])
def test_a_weighted_count_is_taken_over_as_often_as_it_should(trials, weight):
    runs = ClosedLoop(families.Binomial(trials, 0.9), Weighted(weight, 1), 1, 1).simulate(4000, 3)
    # Both points, the synthetic and the real one, have every trial blue.
    chance = 0.9 ** (2 * trials)
    for seen in (runs.taken_over, runs.absorbed & (runs.mean > 0)):
        assert not _binomial_surprise(int(seen[:, 1].sum()), 4000, chance)


@pytest.mark.parametrize("strength", [0.1, 0.3, 1e-3, 7.7])
@pytest.mark.parametrize("size", [1, 3, 10])
def test_a_prior_at_the_end_lets_counts_be_taken_over(size, strength):
    loop = ClosedLoop(families.Binomial(3, 0.9), Prior(strength, 3.0), size, 3)
    runs, law = loop.simulate(4000, 3), loop.exact()
    for generation in (1, 2, 3):
        count = int(runs.taken_over[:, generation].sum())
        assert not _binomial_surprise(count, 4000, law.taken_over[generation])
    inside = ClosedLoop(families.Binomial(3, 0.9), Prior(strength), size, 3).simulate(4000, 3)
    assert not inside.absorbed.any()


def test_a_prior_that_weighs_nearly_nothing_still_holds_both_colours():
    loop = ClosedLoop(families.Bernoulli(0.5), Prior(1e-20, 0.5), 4, 3)
    runs, law = loop.simulate(400, 1), loop.exact()
    assert not runs.taken_over.any()
    assert not runs.lost.any()
    assert not law.taken_over.any()
    assert share_law(4, 0.5, 3, prior_strength=1e-20, prior_mean=1.0).taken_over[-1] > 0


def test_anchors_without_blue_are_not_lost_to_rounding():
    runs = ClosedLoop(families.Binomial(3, 0.5), Anchors(1, fresh=False), 10**12, 3).simulate(
        200, 1
    )
    assert not runs.absorbed.any()
