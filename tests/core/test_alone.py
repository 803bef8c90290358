"""Runs on their own: what has collapsed is drawn no more, and nothing else changes."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
import pytest
from law_check import disagreements, seeds

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Policy,
    Prior,
    RealFraction,
    Replace,
    Weighted,
    families,
)
from collapse_core.alone import runs_alone
from collapse_core.policies import Recipe
from collapse_core.streams import BLOCK_SIZE, generator

IN_ORDER = (
    families.Bernoulli(0.3),
    families.Binomial(5, 0.2),
    families.Poisson(1.5),
    families.Geometric(1.0),
    families.NegativeBinomial(0.5, 2.0),
    families.Exponential(2.0),
    families.Gamma(0.4, 2.0),
    families.NormalMean(0.5, 2.0),
    families.NormalVariance(1.5),
    families.Gaussian(0.5, 2.0),
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
    Weighted(0.3, 2),
)


@dataclass(frozen=True)
class InParts(Policy):
    """`Replace` that the loop does not recognise: a prior of nothing."""

    def recipe(self, sample_size):
        return Recipe(sample_size, pseudo_mean=0.5)


@dataclass(frozen=True)
class Twice(Policy):
    """Twice as many points as asked for."""

    def recipe(self, sample_size):
        return Recipe(2 * sample_size)


@pytest.mark.parametrize(
    "family", [IN_ORDER[0], IN_ORDER[-1], families.Categorical((0.02,) * 50)], ids=repr
)
def test_the_recipe_says_how_many_points(family):
    one, other = ClosedLoop(family, Twice(), 5, 9), ClosedLoop(family, Replace(), 10, 9)
    np.testing.assert_array_equal(one.simulate(4, 1).mean, other.simulate(4, 1).mean)


def test_these_are_all_that_draw_in_order():
    kinds = {getattr(families, name) for name in families.__all__}
    assert {kind for kind in kinds if kind.in_order} == {type(family) for family in IN_ORDER}


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
@pytest.mark.parametrize("family", IN_ORDER, ids=repr)
def test_more_runs_leave_the_first_ones_as_they_are(family, policy):
    loop = ClosedLoop(family, policy, 7, 40)
    many = loop.simulate(700, 3).mean
    for few in (1, BLOCK_SIZE, BLOCK_SIZE + 1, 450):
        np.testing.assert_array_equal(loop.simulate(few, 3).mean, many[:few])
    assert not np.array_equal(many[:BLOCK_SIZE], many[BLOCK_SIZE : 2 * BLOCK_SIZE])


@pytest.mark.parametrize("size", [1, 6, 50])
@pytest.mark.parametrize("family", IN_ORDER, ids=repr)
def test_runs_are_those_that_are_drawn_to_the_end(family, size):
    alone, drawn = (ClosedLoop(family, policy, size, 80) for policy in (Replace(), InParts()))
    np.testing.assert_array_equal(alone.simulate(300, 5).mean, drawn.simulate(300, 5).mean)


@pytest.mark.parametrize("temperature", [0.7, 1.3])
def test_so_are_sharpened_ones(temperature):
    for family in (families.Bernoulli(0.3), families.Exponential(1.0), families.NormalMean(0, 1)):
        alone, drawn = (
            ClosedLoop(family, policy, 6, 80, temperature) for policy in (Replace(), InParts())
        )
        np.testing.assert_array_equal(alone.simulate(300, 5).mean, drawn.simulate(300, 5).mean)


@pytest.mark.parametrize("family", IN_ORDER, ids=repr)
def test_runs_of_both_streams_agree_with_the_law(family):
    loop = ClosedLoop(family, Replace(), 200, 20)
    law = loop.exact()
    for seed in seeds(3):
        runs = loop.simulate(BLOCK_SIZE + 2000, seed)
        if runs.mean.ndim == 2:
            later = type(runs)(loop, seed, runs.mean[BLOCK_SIZE:])
            assert disagreements(later, law, watch=(1, 2, 20)) == []
        else:
            values = runs.diversity[BLOCK_SIZE:]
            error = values.std(axis=0) / np.sqrt(len(values))
            assert np.all(np.abs(values.mean(axis=0) - law.diversity) <= 5.5 * error + 1e-12)


class Counting:
    """A random stream that counts the numbers which are asked for."""

    def __init__(self, rng):
        self.rng, self.asked = rng, []

    def binomial(self, points, chance):
        self.asked.append(np.size(chance))
        return self.rng.binomial(points, chance)


def test_a_run_without_blue_is_left_out_and_at_the_end_nothing_is_drawn():
    counting = Counting(generator(3, 0, "synthetic"))
    runs = runs_alone(families.Bernoulli(0.1), 200, 20, 1.0, counting)
    models = np.stack(list(islice(runs, 1000)))
    assert ((models[-1] == 0.0) | (models[-1] == 1.0)).all()
    for draw, asked in enumerate(counting.asked):
        looked = draw // 16 * 16  # generations after which it was last looked for
        assert asked == (np.count_nonzero(models[looked - 1]) if looked else 200)
    assert len(counting.asked) < 400
    assert (models[len(counting.asked) :] == models[-1]).all()
