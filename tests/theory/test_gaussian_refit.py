import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.theory import gaussian_refit as gr
from collapse_core.theory.gaussian_mixing import remembered_gaussian_averages
from collapse_core.theory.quadratic_variance import QuadraticVariance, accumulate, replace


def simulate(rng, replicates, n, generations, divisor, scale=1.0):
    """The refitted mean and variance of many runs, one generation per row."""
    mean, variance = np.zeros(replicates), np.ones(replicates)
    means, variances = [mean], [variance]
    for _ in range(generations):
        sampled = scale * variance
        mean = mean + np.sqrt(sampled / n) * rng.standard_normal(replicates)
        variance = sampled * rng.chisquare(n - 1, replicates) / divisor
        means.append(mean)
        variances.append(variance)
    return np.array(means), np.array(variances)


def assert_close_to(samples, exact, standard_errors=4.5):
    error = samples.std(ddof=1) / math.sqrt(samples.size)
    assert abs(samples.mean() - exact) < standard_errors * error


def test_verified_numbers_unbiased():
    assert gr.expected_variance(100, 100, True)[-1] == 1
    assert gr.expected_standard_deviation(100, 100, True)[-1] == pytest.approx(0.7768, abs=5e-5)
    assert gr.expected_log_variance(100, 100, True)[-1] == pytest.approx(-1.0135, abs=5e-5)
    assert gr.wasserstein_risk(100, 100, True)[-1] == pytest.approx(1.446, abs=5e-4)
    assert gr.median_variance_approximation(100, 100, True)[-1] == pytest.approx(0.3630, abs=1e-4)
    chance = gr.collapse_probability_normal_approximation(100, 100, 0.01, True)
    assert chance[-1] == pytest.approx(0.0060, abs=5e-5)
    assert gr.log_variance_drift(100, True) == pytest.approx(-0.010135, abs=5e-7)
    assert gr.expected_squared_variance(10, 100, True)[-1] == pytest.approx(5e8, rel=0.05)


def test_verified_numbers_maximum_likelihood():
    assert gr.expected_variance(100, 100)[-1] == pytest.approx(0.3660, abs=5e-5)
    assert gr.wasserstein_risk(100, 100)[-1] == pytest.approx(1.060, abs=5e-4)
    assert gr.median_variance_approximation(100, 100)[-1] == pytest.approx(0.1329, abs=1e-4)
    assert gr.log_variance_drift(100) == pytest.approx(-0.020185, abs=5e-7)
    chance = gr.collapse_probability_normal_approximation
    assert chance(100, 100, 0.01)[-1] == pytest.approx(0.0351, abs=5e-5)
    assert chance(10, 50, 0.01)[-1] == pytest.approx(0.9657, abs=5e-5)
    assert chance(10, 50, 0.01, True)[-1] == pytest.approx(0.6284, abs=5e-5)


def test_half_lives_of_the_median():
    found = [
        gr.median_half_life_approximation(n, unbiased)
        for n, unbiased in [(100, True), (100, False), (10, True), (10, False)]
    ]
    assert found == pytest.approx([68.4, 34.3, 6.0, 3.1], abs=0.06)
    assert gr.median_half_life_approximation(100, True, 1.1) == math.inf


def test_drift_diagnostics_verified_numbers():
    local = gr.local_frechet_drift(100, 300)
    assert local[[0, 50, 100, 300]] == pytest.approx([0.01504, 0.00910, 0.00551, 0.00074], abs=6e-6)
    total = gr.wasserstein_risk(100, 300)
    assert total[[0, 50, 100, 300]] == pytest.approx([0, 0.629, 1.060, 1.792], abs=6e-4)
    assert gr.wasserstein_risk(100, 5000)[-1] == pytest.approx(2)


def test_temperature_verified_numbers():
    assert gr.expected_variance(10, 20, False, 0.9)[-1] != pytest.approx(0.1216, abs=5e-5)
    assert gr.expected_variance(100, 20, True, 0.9)[-1] == pytest.approx(0.1216, abs=5e-5)
    neutral = gr.median_neutral_temperature(100, True)
    assert neutral == pytest.approx(1.010187, abs=5e-7)
    assert gr.log_variance_drift(100, True, neutral) == pytest.approx(0, abs=1e-15)
    assert gr.expected_variance(100, 200, True, neutral)[-1] == pytest.approx(7.59, abs=5e-3)
    assert math.sqrt(gr.variance_of_log_variance(100, 200)[-1]) == pytest.approx(2.020, abs=5e-4)


@pytest.mark.parametrize("n", [1, 2, 10, 1000])
def test_maximum_likelihood_is_the_two_colour_law(n):
    spread, outside = gr.expected_variance(n, 60), gr.variance_of_mean(n, 60)
    assert spread + outside == pytest.approx(1.0)
    bernoulli = replace(QuadraticVariance(0, 1, -1), 0.5, n, 60)
    assert spread == pytest.approx(bernoulli.diversity / 0.25)
    assert outside == pytest.approx(bernoulli.variance / 0.25)
    unbiased = gr.expected_variance(max(n, 2), 60, True) + gr.variance_of_mean(max(n, 2), 60, True)
    assert unbiased[-1] > 1.01 or n == 1000


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("unbiased", [True, False])
@pytest.mark.parametrize("scale", [1.0, 0.9])
def test_moments_against_simulation(seed, unbiased, scale):
    n, generations = 20, 6
    rng = np.random.default_rng(seed)
    divisor = n - 1 if unbiased else n
    means, variances = simulate(rng, 100_000, n, generations + 1, divisor, scale)
    mean, variance = means[generations], variances[generations]
    options = (n, generations, unbiased, scale)
    assert_close_to(variance, gr.expected_variance(*options)[-1])
    assert_close_to(variance**2, gr.expected_squared_variance(*options)[-1])
    assert_close_to(np.sqrt(variance), gr.expected_standard_deviation(*options)[-1])
    assert_close_to(np.log(variance), gr.expected_log_variance(*options)[-1])
    assert_close_to(mean**2, gr.variance_of_mean(*options)[-1])
    assert_close_to(mean**2 + (np.sqrt(variance) - 1) ** 2, gr.wasserstein_risk(*options)[-1])
    step = (means[generations + 1] - mean) ** 2
    step = step + (np.sqrt(variances[generations + 1]) - np.sqrt(variance)) ** 2
    assert_close_to(step, gr.local_frechet_drift(*options)[-1])
    spread = np.log(variance).var()
    assert spread == pytest.approx(gr.variance_of_log_variance(n, generations)[-1], rel=0.03)
    skew = 1 + 1 / (3 * (n - 1))  # the documented size of the approximation's error
    assert np.median(variance) == pytest.approx(
        gr.median_variance_approximation(*options)[-1] * skew, rel=0.012
    )
    with pytest.raises(AssertionError):
        assert_close_to(variance, gr.expected_variance(n, generations, not unbiased, scale)[-1])


def test_normal_approximation_of_the_chance_to_collapse():
    rng = np.random.default_rng(3)
    _, variances = simulate(rng, 50_000, 10, 50, 9)
    exact = float(np.mean(variances[-1] < 0.01))
    rule = gr.collapse_probability_normal_approximation(10, 50, 0.01, True)
    assert rule[-1] == pytest.approx(exact, abs=0.015)
    assert rule[0] == 0
    assert gr.collapse_probability_normal_approximation(10, 3, 2.0)[0] == 1


def test_accumulate_has_the_bernoulli_law():
    for n, kept in [(5, 0.7024), (10, 0.8437), (100, 0.98366)]:
        assert gr.accumulate_variance(n, 400)[-1] == pytest.approx(kept, abs=6e-5)
        late = gr.accumulate_variance(n, 5000)[-1]
        assert late == pytest.approx(gr.accumulate_variance_limit(n), abs=5e-4 / n)
    jar = accumulate(QuadraticVariance(0, 1, -1), 0.5, 5, 50)
    assert gr.accumulate_variance(5, 50) == pytest.approx(jar.diversity / 0.25)
    known = remembered_gaussian_averages(1.0, 5, 50, "all")
    assert known.variance_of_mean == pytest.approx(jar.variance / 0.25)
    assert gr.accumulate_variance(5, 50) + known.variance_of_mean == pytest.approx(1.0)


@pytest.mark.parametrize("n", [2, 5, 10, 100])
def test_unbiased_accumulate_has_another_limit(n):
    late = gr.accumulate_variance(n, 100_000, True)[-1]
    assert late == pytest.approx(gr.accumulate_variance_limit(n, True), rel=2e-5)
    assert late > gr.accumulate_variance_limit(n)


def test_unbiased_accumulate_limits_known_from_simulation():
    found = [gr.accumulate_variance_limit(n, True) for n in (5, 10, 100)]
    assert found == pytest.approx([0.868, 0.934, 0.993], abs=2e-3)


@pytest.mark.parametrize("unbiased", [True, False])
def test_accumulate_against_simulation(unbiased):
    rng = np.random.default_rng(9)
    replicates, n, generations = 100_000, 3, 6
    points = rng.standard_normal((replicates, n))
    for _ in range(generations - 1):
        center = points.mean(axis=1)[:, None]
        spread = points.std(axis=1, ddof=int(unbiased))[:, None]
        points = np.hstack([points, center + spread * rng.standard_normal((replicates, n))])
    found = points.var(axis=1, ddof=int(unbiased))
    assert_close_to(found, gr.accumulate_variance(n, generations, unbiased)[-1])
    mean = points.mean(axis=1)
    known = remembered_gaussian_averages(1.0, n, generations, "all", unbiased=unbiased)
    assert_close_to(mean**2, known.variance_of_mean[-1])
    with pytest.raises(AssertionError):
        assert_close_to(found, gr.accumulate_variance(n, generations, not unbiased)[-1])


def test_kernel_refit_blurs_instead_of_shrinking():
    found = gr.kernel_variance(50, 3000, 0.2)
    assert found[300] == pytest.approx(1.958, abs=5e-4)
    assert found[-1] == pytest.approx(1.96)
    assert gr.kernel_variance(50, 60, 0.0) == pytest.approx(gr.expected_variance(50, 60))
    recursion = [1.0]
    for _ in range(20):
        recursion.append((1 - 1 / 50) * (recursion[-1] + 0.04))
    assert gr.kernel_variance(50, 20, 0.2) == pytest.approx(recursion)


def test_kernel_refit_against_simulation():
    rng = np.random.default_rng(4)
    replicates, n, h = 40_000, 6, 0.5
    points = rng.standard_normal((replicates, n))
    for _ in range(4):
        pick = rng.integers(n, size=(replicates, n))
        points = np.take_along_axis(points, pick, axis=1) + h * rng.standard_normal((replicates, n))
    # Real points start one bootstrap below the truth: v_0 = 1 - 1/n instead of 1.
    limit = h * h * (n - 1)
    exact = limit + (1 - 1 / n - limit) * (1 - 1 / n) ** 4
    assert_close_to(points.var(axis=1), exact)
    shift = gr.kernel_variance(n, 4, h)[-1] - exact
    assert shift == pytest.approx((1 - 1 / n) ** 4 / n)


def test_one_and_two_points():
    assert gr.expected_variance(1, 2) == pytest.approx([1, 0, 0])
    assert gr.variance_of_mean(1, 2) == pytest.approx([0, 1, 1])
    assert gr.expected_log_variance(1, 2)[1] == -math.inf
    assert gr.median_variance_approximation(1, 2) == pytest.approx([1, 0, 0])
    assert gr.median_half_life_approximation(1) == 0
    assert gr.collapse_probability_normal_approximation(1, 2, 0.5) == pytest.approx([0, 1, 1])
    assert gr.wasserstein_risk(1, 1)[1] == 2
    assert gr.local_frechet_drift(1, 1) == pytest.approx([2, 0])
    assert gr.accumulate_variance(1, 2) == pytest.approx([1, 0, 0])
    assert gr.accumulate_variance_limit(1) == 0
    assert gr.expected_standard_deviation(2, 1, True)[1] == pytest.approx(math.sqrt(2 / math.pi))


def test_overflow_is_infinite_and_silent():
    for function in (
        gr.expected_variance,
        gr.expected_squared_variance,
        gr.variance_of_mean,
        gr.wasserstein_risk,
        gr.local_frechet_drift,
        gr.median_variance_approximation,
    ):
        found = function(10, 5000, True, 3.0)
        assert found[-1] == math.inf
        assert not np.isnan(found).any()


def test_huge_samples_keep_their_digits():
    assert gr.log_variance_drift(10**9, True) == pytest.approx(-1e-9, rel=1e-6)
    assert gr.expected_standard_deviation(10**6, 1, True)[1] - 1 == pytest.approx(
        -0.25e-6, rel=1e-5
    )


@given(n=st.integers(2, 10**6), t=st.integers(0, 500), unbiased=st.booleans())
def test_typical_is_below_average_and_risk_grows(n, t, unbiased):
    median = gr.median_variance_approximation(n, t, unbiased)
    mean = gr.expected_variance(n, t, unbiased)
    deviation = gr.expected_standard_deviation(n, t, unbiased)
    assert np.all(median <= mean * (1 + 1e-9))
    assert np.all(deviation**2 <= mean * (1 + 1e-9))
    assert np.all(np.diff(gr.wasserstein_risk(n, t, unbiased)) >= -1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gr.expected_variance(0, 5), "sample_size=0 is out of range"),
        (
            lambda: gr.expected_variance(1, 5, True),
            r"sample_size=1 is out of range.*Choose 2 or more, or unbiased=False",
        ),
        (lambda: gr.expected_variance(5, 5, True, 0), "variance_scale=0 is out of range"),
        (lambda: gr.log_variance_spread(1), "sample_size=1 is out of range"),
        (lambda: gr.median_neutral_temperature(1), "sample_size=1 is out of range"),
        (lambda: gr.accumulate_variance(1, 5, True), "sample_size=1 is out of range"),
        (lambda: gr.kernel_variance(5, 5, -1), "bandwidth=-1 is out of range"),
        (
            lambda: gr.collapse_probability_normal_approximation(5, 5, 0),
            "threshold=0 is out of range",
        ),
    ],
)
def test_bad_parameters_say_what_to_do(call, message):
    with pytest.raises(ValueError, match=message):
        call()
