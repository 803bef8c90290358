import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.theory import gaussian_anchors as ga
from collapse_core.theory import gaussian_refit as gr
from collapse_core.theory.gaussian_mixing import mixed_gaussian_averages
from collapse_core.theory.mixed_means import Mixture
from collapse_core.theory.quadratic_variance import QuadraticVariance, stationary_anchors


def simulate(rng, replicates, n, k, generations, *, fresh, unbiased, scale=1.0):
    """Refit to drawn points: nothing but samples, means and variances."""
    mean, variance = np.zeros((replicates, 1)), np.ones((replicates, 1))
    kept = rng.standard_normal((replicates, k))
    for _ in range(generations):
        real = rng.standard_normal((replicates, k)) if fresh else kept
        made = mean + np.sqrt(scale * variance) * rng.standard_normal((replicates, n))
        points = np.hstack([made, real])
        mean = points.mean(axis=1, keepdims=True)
        variance = points.var(axis=1, ddof=int(unbiased), keepdims=True)
    return mean[:, 0], variance[:, 0]


def anchored(n, generations, k, *, fresh=True, unbiased=False, scale=1.0):
    """Return the averages on the way to the limit, from the law of any mixture."""
    total = n + k
    mixture = Mixture(n / total, k / total, 0.0, 1 / max(k, 1), kept=not fresh)
    correction = total / (total - 1) if unbiased else 1.0
    inside = 1 - 1 / max(k, 1)
    return mixed_gaussian_averages(1.0, n, generations, mixture, inside, correction, scale)


def assert_close_to(samples, exact, standard_errors=4.5):
    error = samples.std(ddof=1) / math.sqrt(samples.size)
    assert abs(samples.mean() - exact) < standard_errors * error


def test_fresh_anchors_give_the_two_colour_numbers():
    for k, kept in [(1, 0.66445), (2, 0.79762), (5, 0.90667), (10, 0.95)]:
        limit = ga.stationary_anchored_moments(100, k)
        assert float(limit.expected_variance) == pytest.approx(kept, abs=5e-6)
        assert limit.expected_variance + limit.variance_of_mean == pytest.approx(1)
        jar = stationary_anchors(QuadraticVariance(0, 1, -1), 0.5, 100, k)
        assert float(limit.variance_of_mean) == pytest.approx(float(jar[0]) / 0.25)


def test_unbiased_divisor_overshoots():
    for k, kept in [(1, 2.0), (2, 1.331), (5, 1.109), (10, 1.050)]:
        limit = ga.stationary_anchored_moments(100, k, unbiased=True)
        assert float(limit.expected_variance) == pytest.approx(kept, abs=6e-4)
    assert float(
        ga.stationary_anchored_moments(10**9, 1, unbiased=True).expected_variance
    ) == pytest.approx(2)


@pytest.mark.parametrize("k", [1, 2, 5, 10])
def test_fixed_anchors(k):
    n, total = 100, 100 + k
    exact = (k - 1) / (k + 1 - k / total - n * n / (total * (2 * n + k)))
    limit = ga.stationary_anchored_moments(n, k, fresh=False)
    assert float(limit.expected_variance) == pytest.approx(exact, abs=1e-12)
    published = {1: 0, 2: 0.4008, 5: 0.7289, 10: 0.8591}[k]
    assert float(limit.expected_variance) == pytest.approx(published, abs=5e-5)


def test_one_fixed_point_takes_everything():
    limit = ga.stationary_anchored_moments(100, 1, fresh=False)
    assert float(limit.variance_of_mean) == pytest.approx(1)
    assert float(limit.expected_variance) == pytest.approx(0, abs=1e-12)


def test_sampling_bias_with_fresh_data():
    for k, kept in [(10, 0.3276), (100, 0.8287)]:
        limit = ga.stationary_anchored_moments(100, k, variance_scale=0.8)
        assert float(limit.expected_variance) == pytest.approx(kept, abs=5e-5)
    large = ga.stationary_anchored_moments(10**6, 10**5, variance_scale=0.8)
    assert float(large.expected_variance) == pytest.approx(1 / (1 + 10 * 0.2), rel=1e-4)


@pytest.mark.parametrize("unbiased", [True, False])
@pytest.mark.parametrize("scale", [1.0, 0.7])
@pytest.mark.parametrize("fresh", [True, False])
def test_the_averages_on_the_way_end_at_the_limit(fresh, unbiased, scale):
    options = {"fresh": fresh, "unbiased": unbiased}
    limit = ga.stationary_anchored_moments(30, 4, variance_scale=scale, **options)
    late = anchored(30, 2000, 4, scale=scale, **options)
    assert late.expected_variance[-1] == pytest.approx(float(limit.expected_variance))
    assert late.variance_of_mean[-1] == pytest.approx(float(limit.variance_of_mean))
    assert np.all(late.bias == 0)


def test_spread_of_the_variance_across_runs():
    for k, spread in [(1, 0.944), (2, 0.657), (5, 0.434), (10, 0.317)]:
        assert ga.fresh_anchor_variance_spread(100, k) == pytest.approx(spread, abs=5e-4)
    assert ga.fresh_anchor_variance_spread(100, 10) ** 2 == pytest.approx(0.10035, abs=5e-6)
    assert ga.fresh_anchor_variance_spread(100, 5) ** 2 == pytest.approx(0.18871, abs=5e-6)
    assert ga.fresh_anchor_variance_spread(20, 5) ** 2 == pytest.approx(0.20620, abs=5e-6)
    assert ga.fresh_anchor_variance_spread(5, 1, variance_scale=3.0) == math.inf


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("unbiased", [True, False])
@pytest.mark.parametrize("scale", [1.0, 0.8])
def test_transient_against_simulation(fresh, unbiased, scale):
    rng = np.random.default_rng(3)
    n, k, t = 6, 3, 4
    options = {"fresh": fresh, "unbiased": unbiased}
    mean, variance = simulate(rng, 60_000, n, k, t, scale=scale, **options)
    exact = anchored(n, t, k, scale=scale, **options)
    assert_close_to(mean**2, exact.variance_of_mean[t])
    assert_close_to(variance, exact.expected_variance[t])
    other = anchored(n, t, k, fresh=not fresh, unbiased=unbiased, scale=scale)
    with pytest.raises(AssertionError):
        assert_close_to(mean**2, other.variance_of_mean[t])


def test_spread_against_simulation():
    rng = np.random.default_rng(8)
    _, variance = simulate(rng, 40_000, 6, 6, 25, fresh=True, unbiased=True)
    exact = ga.fresh_anchor_variance_spread(6, 6, unbiased=True)
    center = float(ga.stationary_anchored_moments(6, 6, unbiased=True).expected_variance)
    assert_close_to((variance - center) ** 2, exact**2)
    wrong = ga.fresh_anchor_variance_spread(6, 6, unbiased=False)
    with pytest.raises(AssertionError):
        assert_close_to((variance - center) ** 2, wrong**2)


@pytest.mark.parametrize("unbiased", [True, False])
@pytest.mark.parametrize("fresh", [True, False])
def test_no_anchors_is_replacement(unbiased, fresh):
    moments = anchored(10, 30, 0, fresh=fresh, unbiased=unbiased, scale=0.9)
    assert moments.expected_variance == pytest.approx(gr.expected_variance(10, 30, unbiased, 0.9))
    assert moments.variance_of_mean == pytest.approx(gr.variance_of_mean(10, 30, unbiased, 0.9))


def test_limits_without_anchors():
    ml = ga.stationary_anchored_moments(10, 0)
    assert (float(ml.variance_of_mean), float(ml.expected_variance)) == pytest.approx((1, 0))
    unbiased = ga.stationary_anchored_moments(10, 0, unbiased=True)
    assert math.isinf(unbiased.variance_of_mean)
    assert unbiased.expected_variance == 1
    hot = ga.stationary_anchored_moments(10, 0, unbiased=True, variance_scale=1.1)
    assert math.isinf(hot.expected_variance)


def test_too_hot_for_the_anchors_is_infinite_and_never_nan():
    assert math.isinf(ga.stationary_anchored_moments(100, 1, variance_scale=1.5).expected_variance)
    for fresh in (True, False):
        for k in (0, 2):
            moments = anchored(10, 5000, k, fresh=fresh, scale=3.0)
            assert math.isinf(moments.expected_variance[-1])
            assert not np.isnan(moments.variance_of_mean).any()


@given(n=st.integers(1, 10**6), k=st.integers(1, 1000), fresh=st.booleans())
def test_maximum_likelihood_conserves_the_whole(n, k, fresh):
    limit = ga.stationary_anchored_moments(n, k, fresh=fresh)
    assert float(limit.variance_of_mean + limit.expected_variance) == pytest.approx(1, rel=1e-6)
    transient = anchored(n, 20, k, fresh=fresh)
    total = transient.variance_of_mean + transient.expected_variance
    assert total == pytest.approx(np.ones(21))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ga.stationary_anchored_moments(0, 1), "sample_size=0 is out of range"),
        (lambda: ga.stationary_anchored_moments(5, -1), "count=-1 is out of range"),
        (
            lambda: ga.stationary_anchored_moments(1, 0, unbiased=True),
            "sample_size=1 is out of range",
        ),
        (
            lambda: ga.stationary_anchored_moments(5, 1, variance_scale=-1),
            "variance_scale=-1 is out",
        ),
        (lambda: ga.fresh_anchor_variance_spread(5, 0), "count=0 is out of range"),
    ],
)
def test_bad_parameters_say_what_to_do(call, message):
    with pytest.raises(ValueError, match=message):
        call()
