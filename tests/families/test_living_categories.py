"""Models without their dead categories: the same models, and the same draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_check import LIMIT, seeds

from collapse_core import ClosedLoop, Replace, families
from collapse_core.alone import categories_alone
from collapse_core.families.living_categories import LivingCategories, multinomial
from collapse_core.theory.tails import zipf_probabilities


def rng(seed=1):
    return np.random.Generator(np.random.SFC64(seed))


def models(seed, rows, categories, points):
    """Return models of which most categories are dead."""
    truth = rng(seed).dirichlet(np.full(categories, 0.3))
    return rng(seed).multinomial(points, truth, size=rows) / points


def drawn_with_the_dead(mean, points, stream):
    """Draw from full rows, without the columns that are dead in all, as `Categorical` does."""
    alive = mean.any(axis=0)
    if np.count_nonzero(alive) > 0.7 * alive.size:
        return multinomial(mean, points, stream) / points
    drawn = np.zeros(mean.shape)
    drawn[:, alive] = multinomial(mean[:, alive], points, stream) / points
    return drawn


@settings(deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(1, 12),
    st.integers(1, 40),
    st.integers(1, 60),
    st.integers(1, 200),
)
def test_draws_are_those_of_the_full_models(seed, rows, categories, fitted, points):
    mean = models(seed, rows, categories, fitted)
    living, one, other = LivingCategories.of(mean), rng(seed + 1), rng(seed + 1)
    for _ in range(4):
        living = living.drawn(points, one)
        mean = drawn_with_the_dead(mean, points, other)
        np.testing.assert_array_equal(living.full(), mean)
    assert one.random() == other.random()


def test_what_is_read_off_them():
    mean = np.array(
        [[0.0, 0.2, 0.0, 0.4, 0.4], [1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.5, 0.0, 0.5]]
    )
    living = LivingCategories.of(mean)
    assert (living.replicates, living.categories) == (3, 5)
    assert living.alive.tolist() == [3, 1, 2]
    assert living.most_likely().tolist() == [3, 0, 2]
    np.testing.assert_allclose(living.total(living.probability**2), [0.36, 1.0, 0.5])
    np.testing.assert_array_equal(living.full(), mean)
    np.testing.assert_array_equal(living.first(2).full(), mean[:2])
    both = LivingCategories.joined([living, living.first(1), living])
    np.testing.assert_array_equal(both.full(), np.concatenate([mean, mean[:1], mean]))
    assert LivingCategories.joined([living]) is living


def test_a_dead_category_stays_dead_whatever_rounding_leaves():
    class Careless:
        def multinomial(self, points, mean):
            counts = np.zeros(mean.shape, dtype=np.int64)
            counts[:, -1], counts[:, -2] = 1, points - 1
            return counts

    mean = np.array([[0.2, 0.8, 0.0, 0.0], [0.5, 0.2, 0.0, 0.3]])
    drawn = LivingCategories.of(mean).drawn(10, Careless()).full()
    assert drawn.tolist() == [[0.0, 1.0, 0.0, 0.0], [0.0, 0.9, 0.0, 0.1]]


def test_nothing_is_drawn_once_each_run_has_one_category():
    family = families.Categorical((0.5, 0.5))
    steps = categories_alone(family, 1, rng())
    first = next(steps)
    assert (first.alive == 1).all()
    assert next(steps) is first


class StepByStep(families.Categorical):
    """Categories whose loop is not known to be alone."""

    @property
    def limited(self):
        return True


@pytest.mark.parametrize(("categories", "replicates"), [(40, 250), (1500, 150), (29, 30)])
def test_runs_alone_are_those_that_are_drawn_step_by_step(categories, replicates):
    truth = zipf_probabilities(categories, 1.0)
    family = families.Categorical(tuple(truth.tolist()))
    loop = ClosedLoop(family, Replace(), 60, 12)
    slow = ClosedLoop(StepByStep(family.probabilities), Replace(), 60, 12)
    np.testing.assert_array_equal(
        loop.simulate(replicates, 3).mean, slow.simulate(replicates, 3).mean
    )
    for living, state in zip(loop.living(replicates, 3), loop.iterate(replicates, 3), strict=True):
        np.testing.assert_array_equal(living.full(), state[:replicates])


def test_runs_alone_agree_with_the_law():
    loop = ClosedLoop(families.Categorical((0.4, *[0.02] * 30)), Replace(), 25, 30)
    law = loop.exact()
    for seed in seeds(3):
        runs = loop.simulate(2000, seed)
        for values, expected in (
            (runs.diversity, law.diversity),
            (runs.lost, law.lost),
            (runs.mean[..., 7], law.mean[:, 7]),
        ):
            error = values.std(axis=0) / np.sqrt(2000)
            apart = np.abs(values.mean(axis=0) - expected)
            assert np.all(apart[5:] <= LIMIT * error[5:])  # before that hardly a run is lost


def test_only_categories_have_dead_ones():
    with pytest.raises(ValueError, match=r"^family=Poisson.* has no categories"):
        ClosedLoop(families.Poisson(1.0), Replace(), 5, 5).living(1, 1)
