"""A kernel model in the loop: its points, its variance, its limit."""

from itertools import pairwise

import numpy as np
import pytest

from collapse_core.models.kernel_refit import KernelRefit
from collapse_core.theory.gaussian_refit import kernel_variance


@pytest.mark.parametrize(("size", "bandwidth"), [(10, 0.3), (40, 0.1), (5, 0.0)])
def test_the_average_variance_is_the_exact_one(size, bandwidth):
    runs = KernelRefit(size, bandwidth, 30).simulate(4000, 3)
    exact = kernel_variance(size, 30, bandwidth)
    for generation in (1, 5, 30):
        drawn = runs.variance[:, generation]
        error = drawn.std(ddof=1) / np.sqrt(drawn.size)
        assert abs(drawn.mean() - exact[generation]) < 4 * error, generation
    assert runs.variance[:, 0].tolist() == [1.0] * 4000


def test_a_truth_that_is_not_blurred_would_be_noticed():
    drawn = KernelRefit(10, 0.8, 1).simulate(4000, 3).variance[:, 1]
    error = drawn.std(ddof=1) / np.sqrt(drawn.size)
    assert abs(drawn.mean() - 0.9) > 10 * error


def test_each_generation_only_resamples_the_one_before():
    points = list(KernelRefit(20, 0.0, 12).iterate(3, 1))
    for before, after in pairwise(points):
        for old, new in zip(before, after, strict=True):
            assert set(new.tolist()) <= set(old.tolist())


def test_points_of_a_run_are_those_that_were_measured():
    model = KernelRefit(15, 0.2, 8)
    runs = model.simulate(5, 9)
    points = model.points_of(3, 5, 9)
    assert points.shape == (8, 15)
    np.testing.assert_allclose(points.var(axis=1), runs.variance[3, 1:])
    np.testing.assert_allclose(points.mean(axis=1), runs.mean[3, 1:])


def test_runs_begin_with_the_runs_of_fewer_generations():
    whole = KernelRefit(15, 0.2, 30).simulate(5, 9)
    for generations in (1, 12, 30):
        model = KernelRefit(15, 0.2, generations)
        cut, asked = whole.until(generations), model.simulate(5, 9)
        assert cut.generations == generations
        np.testing.assert_array_equal(cut.variance, asked.variance)
        np.testing.assert_array_equal(cut.mean, asked.mean)
        np.testing.assert_array_equal(cut.points_of(3), asked.points_of(3))
        np.testing.assert_array_equal(cut.points_of(1), model.points_of(1, 5, 9))
        assert model.horizon(5) == KernelRefit(15, 0.2, 50)
    with pytest.raises(ValueError, match=r"^generations=31 .* from 1 to 30"):
        whole.until(31)


def test_one_point_has_no_variance_and_is_no_error():
    runs = KernelRefit(1, 0.5, 4).simulate(3, 1)
    assert runs.variance[:, 1:].max() == 0.0
    assert runs.replicates == 3


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sample_size": 0}, r"sample_size=0 .*from 1 to 2"),
        ({"sample_size": 2001}, r"sample_size=2001 "),
        ({"bandwidth": -0.1}, r"bandwidth=-0\.1 "),
        ({"generations": 0}, r"generations=0 "),
    ],
)
def test_bad_numbers_are_named(changes, message):
    with pytest.raises(ValueError, match=message):
        KernelRefit(**{"sample_size": 10, "bandwidth": 0.1, "generations": 5} | changes)
