import numpy as np
import pytest

from collapse_core.theory import quadratic_variance
from collapse_core.theory.mixed_means import (
    Mixture,
    accumulated_mean_moments,
    mixed_mean_moments,
)
from collapse_core.theory.quadratic_variance import QuadraticVariance

EXPONENTIAL = QuadraticVariance(0.0, 0.0, 1.0)
POISSON = QuadraticVariance(0.0, 1.0, 0.0)


def same(one, other):
    for name in ("mean", "variance", "diversity"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-9)


@pytest.mark.parametrize("function", [EXPONENTIAL, POISSON, QuadraticVariance(0.0, 1.0, -1.0)])
def test_unbiased_loops_have_their_known_moments(function):
    v, n, k = float(function(0.3)), 20, 4
    pooled = Mixture(n / (n + k), k / (n + k), 0.3, v / k)
    fixed = Mixture(n / (n + k), k / (n + k), 0.3, v / k, kept=True)
    same(
        mixed_mean_moments(function, 0.3, n, 50, Mixture()),
        quadratic_variance.replace(function, 0.3, n, 50),
    )
    same(
        mixed_mean_moments(function, 0.3, n, 50, pooled),
        quadratic_variance.anchors(function, 0.3, n, 50, k),
    )
    same(
        mixed_mean_moments(function, 0.3, n, 50, fixed),
        quadratic_variance.anchors(function, 0.3, n, 50, k, fresh=False),
    )
    same(
        mixed_mean_moments(function, 0.3, n, 50, Mixture(0.8, 0.2, 0.7, 0.0)),
        quadratic_variance.prior(function, 0.3, n, 50, 5.0, 0.7),
    )
    same(
        accumulated_mean_moments(function, 0.3, n, 50),
        quadratic_variance.accumulate(function, 0.3, n, 50),
    )


@pytest.mark.parametrize("memory", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_sharpened_exponential_against_simulation(seed, memory):
    rng = np.random.default_rng(seed)
    runs, n, k, scale, generations = 20_000, 30, 6, 0.8, 8
    means = np.ones(runs)
    for t in range(generations):
        synthetic = rng.gamma(n, scale * means / n)
        real = rng.gamma(k, 1 / k, runs)
        a = 1 / (t + 1) if memory else n / (n + k)
        means = a * synthetic + (1 - a) * (means if memory else real)
    sharpened = QuadraticVariance(0.0, 0.0, scale**2)
    if memory:
        law = accumulated_mean_moments(EXPONENTIAL, 1.0, n, generations, scale, sharpened)
    else:
        mixture = Mixture(n / (n + k), k / (n + k), 1.0, 1 / k)
        law = mixed_mean_moments(EXPONENTIAL, 1.0, n, generations, mixture, scale, sharpened)
    error = np.sqrt(law.variance[-1] / runs)
    assert abs(means.mean() - law.mean[-1]) < 4.5 * error
    squares = (means - law.mean[-1]) ** 2
    assert abs(squares.mean() - law.variance[-1]) < 4.5 * squares.std() / np.sqrt(runs)
    unscaled = quadratic_variance.replace(EXPONENTIAL, 1.0, n, generations)
    assert abs(means.mean() - unscaled.mean[-1]) > 4.5 * error


def test_overflow_is_inf_and_never_nan():
    huge = QuadraticVariance(0.0, 0.0, 1e12)
    mixture = Mixture(0.5, 0.5, 1.0, 0.1)
    for law in (
        mixed_mean_moments(EXPONENTIAL, 1.0, 5, 400, mixture, 1e6, huge),
        accumulated_mean_moments(EXPONENTIAL, 1.0, 5, 400, 1e6, huge),
    ):
        assert law.variance[-1] == np.inf
        assert not np.isnan(law.diversity).any()


def test_bad_parameters():
    with pytest.raises(ValueError, match="synthetic_weight=2"):
        Mixture(synthetic_weight=2)
    with pytest.raises(ValueError, match="other_noise=-1"):
        Mixture(other_noise=-1)
    with pytest.raises(ValueError, match="mean_factor=0"):
        mixed_mean_moments(POISSON, 1.0, 5, 5, Mixture(), mean_factor=0)
    with pytest.raises(ValueError, match="sample_size=0"):
        accumulated_mean_moments(POISSON, 1.0, 0, 5)
