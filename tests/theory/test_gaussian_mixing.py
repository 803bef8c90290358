import numpy as np
import pytest

from collapse_core.theory import gaussian_refit, quadratic_variance
from collapse_core.theory.gaussian_mixing import (
    mixed_gaussian_averages,
    remembered_gaussian_averages,
)
from collapse_core.theory.mixed_means import Mixture


@pytest.mark.parametrize("unbiased", [False, True])
def test_accumulating_has_its_known_moments(unbiased):
    found = remembered_gaussian_averages(1.0, 7, 80, "all", unbiased=unbiased)
    known = gaussian_refit.accumulate_variance(7, 80, unbiased)
    assert found.expected_variance == pytest.approx(known)
    noise = known[:-1] / (7 * np.arange(1, 81) ** 2)  # what each fit adds to the mean's variance
    assert found.variance_of_mean == pytest.approx(np.append(0.0, np.cumsum(noise)))


@pytest.mark.parametrize("memory", ["subsample", "resample"])
def test_maximum_likelihood_conserves_the_mean_square(memory):
    found = remembered_gaussian_averages(2.0, 7, 80, memory)
    assert found.expected_variance + found.variance_of_mean == pytest.approx(2.0)
    known = quadratic_variance.accumulate_subsample(
        quadratic_variance.QuadraticVariance(2.0, 0.0, -1.0),
        0.0,
        7,
        80,
        replacement=memory == "resample",
    )
    assert found.variance_of_mean == pytest.approx(known.variance)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_prior_and_weights_against_simulation(seed):
    rng = np.random.default_rng(seed)
    runs, n, weight, center, inside, scale, factor = 20_000, 8, 0.3, 1.5, 0.5, 0.9, 1.2
    mean, variance = np.zeros(runs), np.ones(runs)
    for _ in range(6):
        sampled = scale * variance
        average = mean + np.sqrt(sampled / n) * rng.standard_normal(runs)
        squares = sampled * rng.chisquare(n - 1, runs) / n
        gap = average - center
        mean = (1 - weight) * average + weight * center
        variance = factor * (
            (1 - weight) * squares + weight * inside + weight * (1 - weight) * gap**2
        )
    mixture = Mixture(1 - weight, weight, center, 0.0)
    law = mixed_gaussian_averages(1.0, n, 6, mixture, inside, factor, scale)

    def apart(values, expected):
        return abs(values.mean() - expected) * np.sqrt(runs) / values.std()

    assert apart(mean, law.bias[-1]) < 4.5
    assert apart((mean - law.bias[-1]) ** 2, law.variance_of_mean[-1]) < 4.5
    assert apart(variance, law.expected_variance[-1]) < 4.5
    without_gap = (1 - weight) * scale * law.expected_variance[-2] * (1 - 1 / n) + weight * inside
    assert apart(variance, factor * without_gap) > 4.5


@pytest.mark.parametrize("seed", [3, 4])
def test_an_unbiased_sample_of_a_memory_against_simulation(seed):
    rng = np.random.default_rng(seed)
    runs, n = 20_000, 4
    pool = rng.standard_normal((runs, n))
    for t in range(1, 5):
        places = np.argsort(rng.random((runs, t * n)), axis=1)[:, :n]
        sample = np.take_along_axis(pool, places, axis=1)
        mean, variance = sample.mean(axis=1), sample.var(axis=1, ddof=1)
        points = mean[:, None] + np.sqrt(variance)[:, None] * rng.standard_normal((runs, n))
        pool = np.concatenate([pool, points], axis=1)
    law = remembered_gaussian_averages(1.0, n, 4, "subsample", unbiased=True)
    assert abs(variance.mean() - law.expected_variance[4]) < 4.5 * variance.std() / np.sqrt(runs)
    squares = mean**2
    assert abs(squares.mean() - law.variance_of_mean[4]) < 4.5 * squares.std() / np.sqrt(runs)
    biased = remembered_gaussian_averages(1.0, n, 4, "subsample").expected_variance[4]
    assert abs(variance.mean() - biased) > 4.5 * variance.std() / np.sqrt(runs)


def test_overflow_is_inf_and_never_nan():
    law = mixed_gaussian_averages(1.0, 5, 400, Mixture(0.5, 0.5, 1.0, 0.1), 0.9, 1.0, 1e6)
    assert law.expected_variance[-1] == np.inf
    for values in (law.bias, law.variance_of_mean, law.expected_variance):
        assert not np.isnan(values).any()


def test_bad_parameters():
    with pytest.raises(ValueError, match="truth_variance=-1"):
        mixed_gaussian_averages(-1, 5, 5, Mixture())
    with pytest.raises(ValueError, match="variance_scale=0"):
        mixed_gaussian_averages(1, 5, 5, Mixture(), variance_scale=0)
    with pytest.raises(ValueError, match=r"sample_size=1 .* at least 2"):
        remembered_gaussian_averages(1, 1, 5, "all", unbiased=True)
