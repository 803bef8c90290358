import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.theory.poisson_branching import extinction_sequence, poisson_absence


def simulated_absence(seed, n, mean, generations, a, b, k, fresh, runs=20_000):
    rng = np.random.default_rng(seed)
    means = np.full(runs, mean)
    real = rng.poisson(k * mean, runs) / max(k, 1)
    for _ in range(generations):
        if fresh:
            real = rng.poisson(k * mean, runs) / max(k, 1)
        means = a * rng.poisson(n * means) / n + b * real
    return float(np.mean(means == 0)), runs


CASES = [
    (10, 1.0, 1.0, 0.0, 0, True),
    (10, 0.5, 10 / 12, 2 / 12, 2, True),
    (10, 0.5, 10 / 12, 2 / 12, 2, False),
    (10, 0.5, 0.6, 0.4, 3, True),
    (10, 2.0, 10 / 14, 0.0, 0, True),
]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("seed", [1, 2])
def test_absence_against_simulation(case, seed):
    n, mean, a, b, k, fresh = case
    exact = poisson_absence(n, mean, 12, synthetic_weight=a, count=k, real_weight=b, fresh=fresh)[
        12
    ]
    share, runs = simulated_absence(seed, n, mean, 12, a, b, k, fresh)
    error = math.sqrt(exact * (1 - exact) / runs)
    assert abs(share - exact) < 4.5 * error
    if k and fresh:
        kept = poisson_absence(n, mean, 12, synthetic_weight=a, count=k, real_weight=b, fresh=False)
        assert abs(share - kept[12]) > 4.5 * error


def test_without_real_points_it_is_the_known_law():
    expected = np.exp(-10 * 0.7 * extinction_sequence(200))
    assert poisson_absence(10, 0.7, 200) == pytest.approx(expected)


def test_only_real_points_is_a_new_first_fit_every_time():
    found = poisson_absence(10, 0.3, 5, synthetic_weight=0.0, count=4, real_weight=1.0)
    assert found[0] == 0
    assert found[1:] == pytest.approx(math.exp(-1.2))


def test_a_truth_of_zeros_is_absent():
    assert np.all(poisson_absence(10, 0.0, 5) == 1)


@given(
    n=st.integers(1, 10**12),
    mean=st.floats(0, 100),
    a=st.floats(0, 1),
    k=st.integers(0, 1000),
)
def test_it_is_a_probability(n, mean, a, k):
    found = poisson_absence(n, mean, 30, synthetic_weight=a, count=k, real_weight=1 - a)
    assert np.all((found >= 0) & (found <= 1))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sample_size": 0}, "sample_size=0"),
        ({"truth_mean": -1.0}, "truth_mean=-1.0"),
        ({"synthetic_weight": 1.5}, "synthetic_weight=1.5"),
        ({"real_weight": -0.1}, "real_weight=-0.1"),
        ({"count": -1}, "count=-1"),
    ],
)
def test_bad_parameters(change, message):
    with pytest.raises(ValueError, match=message):
        poisson_absence(**{"sample_size": 5, "truth_mean": 1.0, "generations": 3, **change})
