import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.theory import extinction
from collapse_core.theory.poisson_branching import (
    extinction_sequence,
    poisson_absence,
    poisson_mean_given_alive,
    poisson_survival_approximation,
)


def test_poisson_extinction_verified_numbers():
    found = poisson_absence(10, 1.0, 500)
    assert found[[10, 100, 500]] == pytest.approx([0.1786, 0.8225, 0.9610], abs=5e-5)
    assert found[0] == 0
    assert found[1] == pytest.approx(math.exp(-10))
    alive = poisson_mean_given_alive(10, 1.0, 500)
    assert alive[500] == pytest.approx(25.65, abs=5e-3)
    assert alive[0] == 1


def test_survivors_carry_the_whole_mean():
    dead = poisson_absence(10, 1.0, 300)
    alive = poisson_mean_given_alive(10, 1.0, 300)
    assert (1 - dead) * alive == pytest.approx(1.0)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_poisson_extinction_against_simulation(seed):
    rng = np.random.default_rng(seed)
    replicates, generations = 40_000, 20
    total = np.full(replicates, 10)
    for _ in range(generations):
        total = rng.poisson(total)
    lost = float(np.mean(total == 0))
    exact = poisson_absence(10, 1.0, generations)[-1]
    error = math.sqrt(exact * (1 - exact) / replicates)
    assert abs(lost - exact) < 4.5 * error
    # One generation off would be seen.
    early = poisson_absence(10, 1.0, generations - 1)[-1]
    assert abs(lost - early) > 4.5 * error


def test_survival_approximation_holds_late_and_stays_a_probability():
    rule = poisson_survival_approximation(10, 1.0, 20_000)
    exact = 1 - poisson_absence(10, 1.0, 20_000)
    assert rule[-1] == pytest.approx(exact[-1], rel=5e-3)
    assert np.all(rule <= 1)
    assert rule[0] == 1
    assert np.all(poisson_survival_approximation(10, 0.0, 3) == 0)


def test_extinct_from_the_start_is_a_result():
    assert np.all(poisson_absence(10, 0.0, 3) == 1)


def test_extinction_sequence_falls_like_two_over_t():
    sequence = extinction_sequence(10_000)
    assert sequence[0] == math.inf
    assert sequence[1] == 1
    assert sequence[10_000] * 10_000 == pytest.approx(2, rel=1e-3)
    assert np.all(np.diff(sequence) < 0)


def test_exponential_log_walk_verified_numbers():
    assert 60 * extinction.gamma_log_drift(50, 1.0) == pytest.approx(-0.6020, abs=5e-5)
    assert math.exp(60 * extinction.gamma_log_drift(50, 1.0)) == pytest.approx(0.5477, abs=5e-5)
    series = -1 / 100 - 1 / (12 * 50**2)
    assert extinction.gamma_log_drift(50, 1.0) == pytest.approx(series, rel=1e-5)


@pytest.mark.parametrize(("n", "shape"), [(5, 1.0), (5, 3.0), (8, 0.5)])
def test_gamma_log_walk_against_simulation(n, shape):
    rng = np.random.default_rng(11)
    steps = np.log(rng.gamma(n * shape, size=200_000) / (n * shape))
    drift, variance = (
        f(n, shape) for f in (extinction.gamma_log_drift, extinction.gamma_log_variance)
    )
    error = steps.std() / math.sqrt(steps.size)
    assert abs(steps.mean() - drift) < 4.5 * error
    assert steps.var() == pytest.approx(variance, rel=0.02)
    assert abs(steps.mean() - extinction.gamma_log_drift(n + 1, shape)) > 4.5 * error


def test_series_and_library_meet_and_huge_samples_keep_their_digits():
    assert extinction.gamma_log_drift(999, 1.0) == pytest.approx(
        -1 / (2 * 999) - 1 / (12 * 999**2), rel=1e-9
    )
    assert extinction.gamma_log_drift(10**12, 1.0) == pytest.approx(-5e-13, rel=1e-9)


@given(n=st.integers(1, 10**6), shape=st.floats(0.01, 100))
def test_every_gamma_loop_sinks(n, shape):
    assert extinction.gamma_log_drift(n, shape) < 0
    assert extinction.gamma_log_variance(n, shape) > 0


def test_boundaries_name_counts_as_reached_and_sizes_as_approached():
    reached = {name for name, boundary in extinction.BOUNDARIES.items() if boundary.reached}
    assert reached == {"bernoulli", "binomial", "poisson", "geometric", "negative binomial"}
    assert extinction.BOUNDARIES["normal with known variance"].points == ()
    assert all(boundary.fate.endswith(".") for boundary in extinction.BOUNDARIES.values())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: extinction_sequence(-1), "generations=-1 is out of range"),
        (lambda: poisson_absence(0, 1, 5), "sample_size=0 is out"),
        (lambda: poisson_absence(5, -1, 5), "truth_mean=-1 is out"),
        (lambda: poisson_mean_given_alive(5, 0, 5), r"truth_mean=0 .*above 0"),
        (
            lambda: extinction.gamma_log_drift(5, 0),
            r"shape=0 is out of range.*Choose a value above",
        ),
    ],
)
def test_bad_parameters_say_what_to_do(call, message):
    with pytest.raises(ValueError, match=message):
        call()
