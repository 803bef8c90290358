"""The second moment of the diversity, against independent simulations and limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.theory import quadratic_variance
from collapse_core.theory.diversity_spread import (
    expected_squared_diversity,
    relative_error_of_average,
    spread_stays_bounded,
)
from collapse_core.theory.quadratic_variance import QuadraticVariance

N, T = 20, 8
FAMILIES = {
    "bernoulli": (QuadraticVariance(0, 1, -1), 0.3, lambda m, rng: rng.binomial(N, m) / N),
    "normal": (QuadraticVariance(2.0, 0, 0), 1.0, lambda m, rng: rng.normal(m, (2 / N) ** 0.5)),
    "poisson": (QuadraticVariance(0, 1, 0), 2.0, lambda m, rng: rng.poisson(N * m) / N),
    "exponential": (QuadraticVariance(0, 0, 1), 1.5, lambda m, rng: rng.gamma(N, m / N)),
    "geometric": (
        QuadraticVariance(0, 1, 1),
        1.0,
        lambda m, rng: rng.poisson(rng.gamma(N, m)) / N,
    ),
}


def simulated_squares(name, seed, runs=200_000):
    function, truth, draw = FAMILIES[name]
    rng = np.random.default_rng(seed)
    means = np.full(runs, truth)
    for _ in range(T):
        means = draw(means, rng)
    return function(means) ** 2


def errors_apart(squares, expected):
    spread = squares.std() / np.sqrt(squares.size)
    return 0.0 if spread == 0 else abs(squares.mean() - expected) / spread


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", FAMILIES)
def test_against_simulation(name, seed):
    function, truth, _ = FAMILIES[name]
    exact = expected_squared_diversity(function, truth, N, T)[-1]
    assert errors_apart(simulated_squares(name, seed), exact) < 5


def test_a_wrong_recursion_fails_the_same_check():
    function, truth, _ = FAMILIES["poisson"]
    squares = simulated_squares("poisson", 1)
    assert errors_apart(squares, expected_squared_diversity(function, truth, N, T + 2)[-1]) > 5


def test_the_exponential_family_in_closed_form():
    growth = (N + 1) * (N + 2) * (N + 3) / N**3
    found = expected_squared_diversity(QuadraticVariance(0, 0, 1), 2.0, N, T)
    np.testing.assert_allclose(found, 2.0**4 * growth ** np.arange(T + 1))


def test_the_gaussian_variance_with_known_mean():
    # s2 is multiplied by chi2_n / n: E (2 s2^2)^2 grows by the chi-square's fourth moment.
    growth = N * (N + 2) * (N + 4) * (N + 6) / N**4
    found = expected_squared_diversity(QuadraticVariance(0, 0, 2), 1.0, N, T)
    np.testing.assert_allclose(found, 4.0 * growth ** np.arange(T + 1))


def test_two_marbles_are_settled_by_hand():
    # Two marbles: 0, 1 or 2 blue with chances 1/4, 1/2, 1/4, so V is 1/4 half as often each time.
    found = expected_squared_diversity(QuadraticVariance(0, 1, -1), 0.5, 2, 3)
    np.testing.assert_allclose(found, 0.5 ** np.arange(4) / 16)


@given(
    st.sampled_from(list(FAMILIES)),
    st.integers(2, 10**6),
    st.integers(0, 100),
)
def test_never_below_the_squared_average(name, size, generations):
    function, truth, _ = FAMILIES[name]
    squares = expected_squared_diversity(function, truth, size, generations)
    averages = quadratic_variance.replace(function, truth, size, generations).diversity
    assert np.all(squares >= averages**2 * (1 - 1e-9))


def test_more_runs_have_less_error():
    few = relative_error_of_average(QuadraticVariance(0, 0, 1), 1.0, 50, 60, 200)
    many = relative_error_of_average(QuadraticVariance(0, 0, 1), 1.0, 50, 60, 800)
    np.testing.assert_allclose(few, 2 * many)
    assert few[0] == 0.0
    assert few[-1] == pytest.approx(0.7238, abs=1e-4)


def test_a_constant_diversity_has_no_error():
    assert not relative_error_of_average(QuadraticVariance(3, 0, 0), 1.0, 5, 20, 10).any()
    assert not relative_error_of_average(QuadraticVariance(0, 1, 0), 0.0, 5, 20, 10).any()


def test_overflow_is_inf_and_never_nan():
    errors = relative_error_of_average(QuadraticVariance(0, 0, 10), 1.0, 2, 1000, 10)
    assert not np.isnan(errors).any()
    assert np.isinf(errors[-1])


@pytest.mark.parametrize(
    ("v2", "count", "bounded"),
    [
        (-1, 0, True),
        (0, 0, False),
        (1, 0, False),
        (1, 1, False),
        (1, 2, True),
        (2, 2, False),
        (2, 4, True),
    ],
)
def test_when_the_spread_stays_bounded(v2, count, bounded):
    # In the limit of many points: bounded if and only if k > 1.5 v2.
    assert spread_stays_bounded(v2, 10_000, count) is bounded


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"sample_size": 0}, r"sample_size=0 .* at least 1"),
        ({"generations": -1}, r"generations=-1"),
        ({"truth_mean": -2.0}, r"truth_mean=-2.0 .* Choose a mean inside"),
    ],
)
def test_bad_parameters(changes, complaint):
    known = {"truth_mean": 1.0, "sample_size": 5, "generations": 3} | changes
    with pytest.raises(ValueError, match=complaint):
        expected_squared_diversity(QuadraticVariance(0, 1, 0), **known)
