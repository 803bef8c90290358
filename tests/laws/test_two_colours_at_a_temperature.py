"""What is said of large jars at a temperature includes the noise, or nothing is said."""

import numpy as np
import pytest

from collapse_core import Anchors, ClosedLoop, Prior, RealFraction, families

RUNS, LIMIT = 1000, 5.5


@pytest.mark.parametrize(
    ("share", "temperature", "size", "generations", "anchors"),
    [
        (0.5, 0.8, 20_000, 100, 0),
        (0.5, 0.95, 20_000, 300, 0),
        (0.1, 0.9, 5000, 100, 5),
        (0.4, 0.99, 8000, 500, 0),
        (0.02, 1.05, 3000, 200, 0),
        (0.5, 0.9, 10**9, 200, 0),
        (0.4999, 0.8, 10**8, 60, 1),
    ],
)
def test_approximate_moments_are_those_of_runs(share, temperature, size, generations, anchors):
    loop = ClosedLoop(families.Bernoulli(share), Anchors(anchors), size, generations, temperature)
    law, runs = loop.exact(approximate=True), loop.simulate(RUNS, seed=3)
    for name in ("mean", "diversity"):
        seen, said = getattr(runs, name), getattr(law, name)
        assert not law.is_exact(name)
        error = seen.std(axis=0) / np.sqrt(RUNS)
        assert np.all(np.abs(seen.mean(axis=0) - said) <= LIMIT * error + 0.01)


def test_a_jar_that_lost_a_colour_is_not_said_to_keep_its_diversity():
    # The path without noise stays at one half for ever, with all of the diversity.
    law = ClosedLoop(families.Bernoulli(0.5), Anchors(0), 20_000, 100, 0.8).exact(approximate=True)
    assert law.diversity[-1] < 1e-3
    assert law.mean[-1] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("share", "policy", "size", "generations", "temperature"),
    [
        (0.002, Anchors(0), 5000, 50, 1.2),  # ten blue points: whether they die is chance
        (0.5, Anchors(0), 3000, 2000, 0.999),  # as long as drift takes
        (0.1, Prior(3.0), 5000, 50, 0.9),
        (0.1, Anchors(3, fresh=False), 5000, 50, 0.9),
    ],
)
def test_where_no_approximation_is_good_none_is_given(
    share, policy, size, generations, temperature
):
    loop = ClosedLoop(families.Bernoulli(share), policy, size, generations, temperature)
    law = loop.exact(approximate=True)
    assert law.mean is None
    assert law.diversity is None


def test_a_jar_of_one_colour_and_exact_questions():
    for share in (0.0, 1.0):
        loop = ClosedLoop(families.Bernoulli(share), RealFraction(0.1), 5000, 50, 1.2)
        law = loop.exact(approximate=True)
        np.testing.assert_array_equal(law.mean, share)
        np.testing.assert_array_equal(law.diversity, 0.0)
        assert loop.exact().mean is None
