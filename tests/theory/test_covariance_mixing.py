import numpy as np
import pytest

from collapse_core.theory import multivariate_gaussian, quadratic_variance
from collapse_core.theory.covariance_mixing import (
    accumulated_covariance_moments,
    mixed_covariance_moments,
)

TRUTH = np.array([[2.0, 0.6], [0.6, 1.0]])


@pytest.mark.parametrize("count", [0, 3])
def test_standard_gaussian_has_its_known_moments(count):
    n, d = 25, 4
    found = mixed_covariance_moments(
        np.eye(d), n, 40, synthetic_weight=n / (n + count), other_points=count or np.inf
    )
    known = multivariate_gaussian.anchored_spectrum_moments(n, d, 40, count)
    assert found.total_variance + d == pytest.approx(known.trace_of_square)
    assert found.mean == pytest.approx(np.broadcast_to(np.eye(d), (41, d, d)))


def test_one_dimension_is_a_variance_with_known_mean():
    function = quadratic_variance.QuadraticVariance(0.0, 0.0, 2.0)
    truth = np.array([[1.5]])
    fixed = mixed_covariance_moments(
        truth, 20, 30, synthetic_weight=20 / 24, other_points=4, kept=True
    )
    known = quadratic_variance.anchors(function, 1.5, 20, 30, 4, fresh=False)
    assert fixed.total_variance == pytest.approx(known.variance)
    kept = accumulated_covariance_moments(truth, 20, 30)
    known = quadratic_variance.accumulate(function, 1.5, 20, 30)
    assert kept.total_variance == pytest.approx(known.variance)
    prior = mixed_covariance_moments(
        truth, 20, 30, synthetic_weight=0.8, other=np.array([[0.5]]), variance_scale=1.0
    )
    known = quadratic_variance.prior(function, 1.5, 20, 30, 5.0, 0.5)
    assert prior.total_variance == pytest.approx(known.variance)
    assert prior.mean[:, 0, 0] == pytest.approx(known.mean)


@pytest.mark.parametrize("seed", [1, 2])
def test_against_simulation_with_fixed_points_and_a_bias(seed):
    rng = np.random.default_rng(seed)
    runs, n, k, scale = 4000, 10, 3, 0.9

    def fitted(factor, points):
        drawn = rng.standard_normal((runs, points, 2)) @ np.swapaxes(factor, -1, -2)
        return np.swapaxes(drawn, 1, 2) @ drawn / points

    start = np.broadcast_to(np.linalg.cholesky(TRUTH), (runs, 2, 2))
    kept, state = fitted(start, k), np.broadcast_to(TRUTH, (runs, 2, 2))
    for _ in range(4):
        state = (n * fitted(np.linalg.cholesky(scale * state), n) + k * kept) / (n + k)
    options = {"synthetic_weight": n / (n + k), "other_points": k, "variance_scale": scale}
    law = mixed_covariance_moments(TRUTH, n, 4, kept=True, **options)
    error = state.std(axis=0) / np.sqrt(runs)
    assert np.all(np.abs(state.mean(axis=0) - law.mean[4]) < 4.5 * error)
    squares = np.square(state - law.mean[4]).sum(axis=(1, 2))
    error = squares.std() / np.sqrt(runs)
    assert abs(squares.mean() - law.total_variance[4]) < 4.5 * error
    fresh = mixed_covariance_moments(TRUTH, n, 4, **options)
    assert abs(squares.mean() - fresh.total_variance[4]) > 4.5 * error


def test_overflow_is_inf_and_never_nan():
    law = mixed_covariance_moments(TRUTH, 5, 400, synthetic_weight=0.5, variance_scale=1e6)
    assert law.total_variance[-1] == np.inf
    assert not np.isnan(law.mean).any()
    law = accumulated_covariance_moments(TRUTH, 5, 400, variance_scale=1e6)
    assert not np.isnan(law.total_variance).any()


def test_bad_parameters():
    with pytest.raises(ValueError, match="sample_size=0"):
        mixed_covariance_moments(TRUTH, 0, 5)
    with pytest.raises(ValueError, match="variance_scale=0"):
        accumulated_covariance_moments(TRUTH, 5, 5, variance_scale=0)
    with pytest.raises(ValueError, match="generations=-1"):
        mixed_covariance_moments(TRUTH, 5, -1)
