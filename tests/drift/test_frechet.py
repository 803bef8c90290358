"""The Frechet distance, against the root of a matrix, closed forms, and singular covariances."""

import numpy as np
import pytest
from scipy.linalg import sqrtm
from series import covariance, normal

from collapse_core.drift import frechet_distance
from collapse_core.measures.frechet import factored, gaussian_distances

DIMENSIONS = (1, 2, 5, 12, 40)


def by_the_root(mean1, cov1, mean2, cov2):
    root = sqrtm(cov1 @ cov2)
    return np.sum((mean1 - mean2) ** 2) + np.trace(cov1 + cov2 - 2.0 * root.real)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("columns", DIMENSIONS)
def test_against_the_root_of_the_product(columns, seed):
    one = normal(1, columns, seed)[0], covariance(columns, seed=seed)
    other = normal(1, columns, seed + 50)[0], covariance(columns, seed=seed + 100)
    wanted = by_the_root(*one, *other)
    assert frechet_distance(*one, *other) == pytest.approx(wanted, rel=1e-7)
    assert frechet_distance(*other, *one) == pytest.approx(wanted, rel=1e-7)
    assert frechet_distance(*one, *other) != pytest.approx(1.01 * wanted, rel=1e-7)


def test_closed_forms():
    assert frechet_distance(1.0, 4.0, 0.0, 1.0) == pytest.approx(1.0 + 1.0)
    zero = np.zeros(3)
    wide, narrow = np.diag([9.0, 4.0, 1.0]), np.diag([1.0, 1.0, 0.25])
    assert frechet_distance(zero, wide, zero, narrow) == pytest.approx(4.0 + 1.0 + 0.25)
    # Covariances that commute, turned: the squared difference of their roots.
    turn, _ = np.linalg.qr(normal(3, 3))
    turned = (turn @ each @ turn.T for each in (wide, narrow))
    one, other = turned
    assert frechet_distance(zero, one, zero, other) == pytest.approx(5.25)
    assert frechet_distance(zero, wide, zero, 4.0 * wide) == pytest.approx(np.trace(wide))


@pytest.mark.parametrize("rank", [0, 1, 3, 7])
def test_equal_laws_are_nowhere_apart_however_singular(rank):
    for seed in range(20):
        law = normal(1, 8, seed)[0], covariance(8, rank, seed)
        assert 0.0 <= frechet_distance(*law, *law) < 1e-9


def test_a_distance_that_multiplies_first_is_not_as_good():
    """The control: clipped eigenvalues of a product lose half of the digits."""
    worst = 0.0
    for seed in range(20):
        same = covariance(8, 3, seed)
        values = np.linalg.eigvals(same @ same)
        clipped = np.sqrt(np.maximum(values.real, 0.0)).sum()
        worst = max(worst, abs(2.0 * np.trace(same) - 2.0 * clipped))
    assert worst > 1e-9


def test_singular_covariances_that_share_nothing():
    zero, line, across = np.zeros(2), np.diag([4.0, 0.0]), np.diag([0.0, 9.0])
    assert frechet_distance(zero, line, zero, across) == pytest.approx(13.0)
    assert frechet_distance(zero, line, zero, np.zeros((2, 2))) == pytest.approx(4.0)
    assert frechet_distance(zero, 0.0 * line, [3.0, 4.0], 0.0 * line) == 25.0


def test_a_rank_deficient_pair_is_the_limit_of_regular_ones():
    one, other = covariance(6, 2, 1), covariance(6, 4, 2)
    zero, little = np.zeros(6), 1e-10 * np.eye(6)
    near = by_the_root(zero, one + little, zero, other + little)
    assert frechet_distance(zero, one, zero, other) == pytest.approx(near, rel=1e-3)


def test_many_at_once_are_those_one_by_one():
    means, laws = normal(6, 4), np.array([covariance(4, seed=n) for n in range(6)])
    at_once = gaussian_distances(means[:3], factored(laws[:3]), means[3:], factored(laws[3:]))
    one_by_one = [frechet_distance(means[n], laws[n], means[n + 3], laws[n + 3]) for n in range(3)]
    np.testing.assert_allclose(at_once, one_by_one, rtol=1e-10)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([0, 0], np.eye(3), [0, 0], np.eye(2)), r"covariance1 has shape \(3, 3\)"),
        (([0, 0], np.eye(2), [0, 0, 0], np.eye(3)), "mean1 has 2 numbers and mean2 3"),
        (([0, 0], np.eye(2), [0, np.nan], np.eye(2)), "mean2=nan"),
        (([0, 0], [[1, 2], [0, 1]], [0, 0], np.eye(2)), "covariance1 is not symmetric"),
        (([0, 0], np.eye(2), [0, 0], -np.eye(2)), "covariance2 has the negative variance -1"),
    ],
)
def test_what_is_no_law_is_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        frechet_distance(*arguments)
