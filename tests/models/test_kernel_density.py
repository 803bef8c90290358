"""A kernel density estimate against SciPy's, and against its definition."""

import numpy as np
import pytest
from law_check import seeds
from scipy import stats

from collapse_core.models import kernel_density
from collapse_core.models.kernel_density import KernelDensity
from collapse_core.streams import generator


def random(number=0):
    return generator(seeds(1)[0], number, "test of the kernel")


def cloud(count=80, dimension=2):
    rows = random(1).standard_normal((count, dimension))
    return rows @ random(2).standard_normal((dimension, dimension)) + 5.0


@pytest.mark.oracle("SciPy, distributions")
@pytest.mark.parametrize("dimension", [1, 2, 4])
def test_scotts_rule_is_that_of_scipy(dimension):
    rows = cloud(80, dimension)
    fitted = KernelDensity().fit(rows, random())
    # SciPy's covariance has the divisor n - 1.
    factor = 80 ** (-1.0 / (dimension + 4)) * np.sqrt(79 / 80)
    points = cloud(30, dimension) + 0.3
    expected = stats.gaussian_kde(rows.T, factor).logpdf(points.T)
    np.testing.assert_allclose(fitted.log_density(points), expected, rtol=1e-9)
    wrong = stats.gaussian_kde(rows.T).logpdf(points.T)
    assert np.abs(fitted.log_density(points) - wrong).max() > 1e-3


def test_a_fixed_bandwidth_is_the_deviation_in_every_coordinate():
    rows, points = cloud(), cloud(20) + 0.3
    kernels = [stats.multivariate_normal(row, 0.04 * np.eye(2)).pdf(points) for row in rows]
    fitted = KernelDensity(0.2).fit(rows, random())
    np.testing.assert_allclose(np.exp(fitted.log_density(points)), np.mean(kernels, axis=0))


def test_blocks_change_nothing(monkeypatch):
    fitted, points = KernelDensity().fit(cloud(), random()), cloud(33)
    whole = fitted.log_density(points)
    monkeypatch.setattr(kernel_density, "BLOCK", 100)
    np.testing.assert_allclose(fitted.log_density(points), whole, rtol=1e-12)


def test_far_away_the_logarithm_stays_finite():
    fitted = KernelDensity(0.1).fit(cloud(), random())
    logs = fitted.log_density(np.array([[1e6, 0.0], [1e12, 0.0]]))
    assert np.isfinite(logs).all()
    assert (logs < -1e13).all()


def test_without_blur_rows_are_resampled():
    rows = cloud(10)
    fitted = KernelDensity(0.0).fit(rows, random())
    made = fitted.sample(200, random())
    assert {tuple(row) for row in made} == {tuple(row) for row in rows}
    logs = fitted.log_density(np.concatenate([rows[:2], rows[:2] + 1e-9]))
    assert logs.tolist() == [np.inf, np.inf, -np.inf, -np.inf]
