"""Measures of samples, against brute force and closed forms."""

import numpy as np
import pytest
from law_check import LIMIT, seeds
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist

from collapse_core.measures.neighbours import precision_and_recall
from collapse_core.measures.samples import (
    Moments,
    effective_rank,
    frechet_distance,
    frechet_of_chance,
    held_modes,
    mean_log_likelihood,
    moments_of,
)
from collapse_core.streams import generator


def normal(count, dimension=2, number=0):
    rng = generator(seeds(1)[0], number, "test of sample measures")
    return rng.standard_normal((count, dimension))


def moments(number, dimension=3):
    factor = normal(dimension, dimension, number)
    return Moments(normal(1, dimension, number + 50)[0], factor @ factor.T)


# ----------------------------------------------------------------------------- Frechet distance


@pytest.mark.parametrize("number", range(4))
def test_frechet_distance_against_the_matrix_root(number):
    one, other = moments(number), moments(number + 10)
    root = sqrtm(one.covariance @ other.covariance)
    wanted = np.sum((one.mean - other.mean) ** 2) + np.trace(
        one.covariance + other.covariance - 2.0 * root.real
    )
    assert frechet_distance(one, other) == pytest.approx(wanted, rel=1e-8)
    assert frechet_distance(other, one) == pytest.approx(wanted, rel=1e-8)
    assert frechet_distance(one, one) == pytest.approx(0.0, abs=1e-6)


def test_frechet_distance_on_the_line_is_that_of_means_and_deviations():
    one, other = Moments(np.array([1.0]), np.array([[4.0]])), Moments(np.zeros(1), np.eye(1))
    assert frechet_distance(one, other) == pytest.approx(1.0 + (2.0 - 1.0) ** 2)


def test_frechet_distance_of_points_and_lines():
    point, line = Moments(np.zeros(2), np.zeros((2, 2))), Moments(np.zeros(2), np.diag([4.0, 0.0]))
    assert frechet_distance(point, point) == 0.0
    assert frechet_distance(point, line) == pytest.approx(4.0)
    across = Moments(np.zeros(2), np.diag([0.0, 9.0]))
    assert frechet_distance(line, across) == pytest.approx(13.0)


def test_moments_of_rows():
    rows = normal(200, 3) + 1e3
    np.testing.assert_allclose(moments_of(rows).covariance, np.cov(rows.T, bias=True), rtol=1e-9)
    np.testing.assert_allclose(moments_of(rows).mean, rows.mean(axis=0))
    assert not moments_of(np.tile([0.1, 1 / 3], (7, 1))).covariance.any()


def test_effective_rank():
    assert effective_rank(np.eye(3)) == pytest.approx(3.0)
    assert effective_rank(np.diag([2.0, 0.0])) == 1.0
    assert effective_rank(np.zeros((2, 2))) == 0.0
    assert effective_rank(np.diag([2.0, 1.0])) == pytest.approx(9.0 / 5.0)


# -------------------------------------------------------------------------- precision and recall


def by_brute_force(real, made, neighbours=3):
    def covered(points, balls):
        radii = np.sort(cdist(balls, balls), axis=1)[:, neighbours]
        return np.mean([(cdist([point], balls)[0] <= radii).any() for point in points])

    return covered(made, real), covered(real, made)


@pytest.mark.parametrize(("shift", "scale"), [(0.0, 1.0), (1.0, 1.0), (0.0, 0.2), (0.0, 3.0)])
def test_precision_and_recall_against_brute_force(shift, scale):
    real, made = normal(120), shift + scale * normal(90, number=1)
    assert precision_and_recall(real, made) == pytest.approx(by_brute_force(real, made))


def test_precision_and_recall_see_opposite_failures():
    real = normal(500)
    same = precision_and_recall(real, normal(500, number=1))
    narrow = precision_and_recall(real, 0.1 * normal(500, number=1))
    wide = precision_and_recall(real, 10.0 * normal(500, number=1))
    elsewhere = precision_and_recall(real, 100.0 + normal(500, number=1))
    assert min(same) > 0.9
    assert narrow.precision > 0.9
    assert narrow.recall < 0.25
    assert wide.precision < 0.4
    assert wide.recall > 0.9
    assert elsewhere == (0.0, 0.0)


def test_precision_and_recall_of_degenerate_samples():
    real = normal(50)
    point = np.tile(real[0], (50, 1))
    looks = precision_and_recall(real, point)
    assert looks.precision == 1.0
    assert looks.recall == pytest.approx(1 / 50)
    assert precision_and_recall(real[:1], real[:1]) == (1.0, 1.0)
    assert precision_and_recall(real[:1], real[:1] + 1.0) == (0.0, 0.0)


# -------------------------------------------------------------------------- modes and likelihood


def test_a_mode_is_held_if_a_tenth_of_its_share_is_left():
    expected = np.array([0.8, 0.15, 0.05])
    assert held_modes(expected, expected) == 3
    assert held_modes(np.array([0.08, 0.0149, 0.005]), expected) == 2
    assert held_modes(np.array([1.0, 0.0, 0.0]), expected) == 1
    assert held_modes(np.zeros(3), expected) == 0


def test_the_likelihood_has_a_floor_and_a_ceiling():
    assert mean_log_likelihood(np.array([-1.0, -2.0])) == -1.5
    assert mean_log_likelihood(np.array([-np.inf, 0.0])) == -5.0
    assert mean_log_likelihood(np.array([np.inf, 0.0])) == 5.0


def test_the_likelihood_of_the_truth_is_minus_its_entropy():
    rows = normal(20_000, 1)[:, 0]
    logs = -0.5 * rows**2 - 0.5 * np.log(2 * np.pi)
    entropy = 0.5 * np.log(2 * np.pi * np.e)
    error = logs.std() / len(rows) ** 0.5
    assert abs(mean_log_likelihood(logs) + entropy) < LIMIT * error
    assert not abs(mean_log_likelihood(logs - 0.1) + entropy) < LIMIT * error


@pytest.mark.parametrize("deviations", [[1.0] * 5, [3.0, 1.0, 0.3]])
def test_what_chance_makes_of_two_samples_of_one_law(deviations):
    law = Moments(np.zeros(len(deviations)), np.diag(np.square(deviations)))
    first, second, draws = 300, 500, 400
    known = frechet_of_chance(law, first, second)
    rng = np.random.default_rng(1)
    found = np.array(
        [
            frechet_distance(
                *(moments_of(rng.normal(size=(n, len(deviations))) * deviations)
                  for n in (first, second))
            )
            for _ in range(draws)
        ]
    )  # fmt: skip
    error = found.std() / np.sqrt(draws)
    assert abs(found.mean() - known) < 4.0 * error + 0.02 * known  # the next order in 1/n
    assert abs(found.mean() - 2.0 * known) > 8.0 * error


def test_what_chance_makes_of_an_identity():
    law = Moments(np.zeros(4), np.eye(4))
    assert frechet_of_chance(law, 50, 50) == pytest.approx(4 * 9 / 100)
    assert frechet_of_chance(Moments(np.zeros(2), np.zeros((2, 2))), 50, 50) == 0.0
    with pytest.raises(ValueError, match="first=0"):
        frechet_of_chance(law, 0, 5)
