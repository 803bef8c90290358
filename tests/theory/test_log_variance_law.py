"""The law of a product of chi-squares, against one chi-square, moments and draws."""

import numpy as np
import pytest
from scipy.stats import chi2

from collapse_core.theory.gaussian_refit import (
    expected_log_variance,
    expected_variance,
    variance_of_log_variance,
)
from collapse_core.theory.log_variance_law import log_variance_law


@pytest.mark.parametrize("n", [2, 4, 10, 100])
def test_one_fit_is_a_chi_square(n):
    law = log_variance_law(n - 1, n, 1)
    for level in (0.01, 0.05, 0.5, 0.95, 0.99):
        variance = chi2.ppf(level, n - 1) / n
        assert law.chance_below(variance)[1] == pytest.approx(level, abs=2e-4)
        assert law.quantile(level)[1] == pytest.approx(variance, rel=2e-3)
    assert law.chance_below(2.0 * chi2.ppf(0.5, n - 1) / n)[1] > 0.55


@pytest.mark.parametrize("n", [2, 5, 30])
def test_moments_are_those_that_are_known(n):
    law = log_variance_law(n - 1, n, 6)
    for t in (1, 6):
        x, below = law.logarithms[t - 1], law.below[t - 1]
        weights, middles = np.diff(below), (x[1:] + x[:-1]) / 2.0
        mean = weights @ middles
        assert mean == pytest.approx(expected_log_variance(n, 6)[t], abs=1e-3)
        spread = weights @ np.square(middles - mean)
        assert spread == pytest.approx(variance_of_log_variance(n, 6)[t], rel=1e-2)
        if n > 2:
            average = weights @ np.exp(middles)
            assert average == pytest.approx(expected_variance(n, 6)[t], rel=1e-2)


def test_draws_agree():
    draws = np.cumprod(np.random.default_rng(1).chisquare(6, (8, 40_000)) / 8, axis=0)[-1]
    law = log_variance_law(6, 8, 8)
    for variance in (0.01, 0.05, 0.2):
        chance = law.chance_below(variance)[-1]
        error = np.sqrt(chance * (1 - chance) / draws.size)
        assert abs((draws <= variance).mean() - chance) < 4.5 * error
    other = log_variance_law(5, 7, 8).chance_below(0.05)[-1]
    assert abs((draws <= 0.05).mean() - other) > 4.5 * np.sqrt(other * (1 - other) / draws.size)


def test_generation_0_is_the_truth():
    law = log_variance_law(3, 4, 0)
    assert law.chance_below(0.5).tolist() == [0.0]
    assert law.chance_below(1.0).tolist() == [1.0]
    assert law.quantile(0.1).tolist() == [1.0]
