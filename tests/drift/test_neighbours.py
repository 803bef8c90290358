"""Precision, recall, density and coverage, against the package prdc and exact values."""

import contextlib
import io

import numpy as np
import pytest
from series import normal

from collapse_core.drift import coverage_of_equal_laws, most_changed, neighbour_measures
from collapse_core.measures.neighbours import BY_DIFFERENCES, squares_between


def by_the_package(real, made, neighbours):
    package = pytest.importorskip("prdc", reason="prdc is missing")
    with contextlib.redirect_stdout(io.StringIO()):  # it prints the numbers of rows
        found = package.compute_prdc(real_features=real, fake_features=made, nearest_k=neighbours)
    return [found[name] for name in ("precision", "recall", "density", "coverage")]


@pytest.mark.oracle("prdc")
@pytest.mark.parametrize("neighbours", [1, 3, 5])
@pytest.mark.parametrize("columns", [2, 5, 20, 64])
@pytest.mark.parametrize(("real", "made"), [(300, 300), (150, 420), (400, 90)])
def test_against_the_package(real, made, columns, neighbours):
    first, second = normal(real, columns, 1), 0.8 * normal(made, columns, 2) + 0.1
    found = neighbour_measures(first, second, neighbours)
    np.testing.assert_allclose(found, by_the_package(first, second, neighbours), atol=1e-12)


@pytest.mark.oracle("prdc")
def test_the_order_of_arguments_matters():
    first, second = normal(300, 4, 1), 0.5 * normal(200, 4, 2)
    swapped = neighbour_measures(second, first)
    assert not np.allclose(swapped, by_the_package(first, second, 5))
    assert swapped.precision == pytest.approx(neighbour_measures(first, second).recall)


@pytest.mark.parametrize(("real", "made"), [(200, 200), (120, 60), (60, 240)])
def test_coverage_of_equal_laws_is_exact(real, made):
    draws, columns = 120, 3
    found = np.array(
        [
            neighbour_measures(normal(real, columns, 2 * n), normal(made, columns, 2 * n + 1))
            for n in range(draws)
        ]
    )
    error = found.std(axis=0) / np.sqrt(draws)
    exact = coverage_of_equal_laws(real, made)
    assert abs(found[:, 3].mean() - exact) < 4.0 * error[3]
    assert abs(found[:, 2].mean() - 1.0) < 4.0 * error[2], "density of equal laws is 1"
    if real != made:
        assert abs(found[:, 3].mean() - coverage_of_equal_laws(made, real)) > 8.0 * error[3]


def test_coverage_of_equal_laws_by_hand():
    assert coverage_of_equal_laws(3, 2, 1) == pytest.approx(1.0 - 2.0 / 4.0)
    assert coverage_of_equal_laws(10, 10, 2) == pytest.approx(1.0 - 9 * 8 / (19 * 18))
    with pytest.raises(ValueError, match="neighbours=5"):
        coverage_of_equal_laws(5, 9, 5)


# ------------------------------------------------------------------------------------------ ties


@pytest.mark.parametrize("columns", [2, 20])
def test_equal_rows_are_a_collapse(columns):
    real, point = normal(100, columns), np.tile(normal(1, columns, 5), (80, 1))
    looks = neighbour_measures(real, point)
    assert looks.recall == 0.0
    assert looks.coverage < 0.3
    assert neighbour_measures(point, point) == (0.0, 0.0, 0.0, 0.0), "and never perfect"
    assert neighbour_measures(point, real) == (0.0, 0.0, 0.0, 0.0)
    made_of_one = neighbour_measures(real, np.tile(real[:1], (80, 1)))
    assert made_of_one.precision == 1.0
    assert made_of_one.recall == pytest.approx(0.01)


@pytest.mark.oracle("prdc")
@pytest.mark.parametrize("columns", [2, 20])
def test_rows_in_copies_cover_each_other(columns):
    places = np.repeat(normal(20, columns), 10, axis=0)
    assert neighbour_measures(places, places)[:2] == (1.0, 1.0)
    assert neighbour_measures(places, places).coverage == 1.0
    # The control: the package, which asks for less than the radius 0, says that nothing is covered.
    assert by_the_package(places, places, 5)[3] < 0.5


@pytest.mark.parametrize("columns", [2, BY_DIFFERENCES, BY_DIFFERENCES + 1, 64])
def test_squares_are_those_of_differences(columns):
    one, other = 100.0 + normal(150, columns), 100.0 + normal(160, columns, 1)
    other[7] = one[3]
    wanted = np.square(one[:, np.newaxis] - other).sum(axis=2)
    found = squares_between(one, other)
    np.testing.assert_allclose(found, wanted, rtol=1e-8, atol=1e-8)
    assert found[3, 7] == 0.0
    assert (squares_between(one, one).diagonal() == 0.0).all()


@pytest.mark.parametrize(
    ("real", "made", "said"),
    [
        (normal(9, 2), normal(9, 3), "made has 3 numbers per row"),
        (np.zeros((0, 2)), normal(9, 2), "real holds no row"),
        (normal(9, 2), np.full((9, 2), np.nan), "made must be finite"),
    ],
)
def test_what_cannot_be_compared_is_refused(real, made, said):
    with pytest.raises(ValueError, match=said):
        neighbour_measures(real, made)


# ------------------------------------------------------------------------------ rows that changed


def test_the_rows_that_changed_most_are_found():
    real = normal(200, 3)
    real[180:] = 0.1 * real[180:] + (10.0, 0.0, 0.0)  # a small crowd that is made no more
    made = normal(150, 3, 1)
    made[4] = (0.0, -40.0, 0.0)
    found = most_changed(real, made, 3)
    assert (found.lost >= 180).all()
    assert found.strange[0] == 4
    assert (np.diff(found.lost_by) <= 0.0).all()
    assert found.strange_by[0] > 5.0
    same = most_changed(real, real, 3)
    assert not same.lost_by.any()
    assert not most_changed(np.zeros((20, 2)), np.zeros((20, 2))).strange_by.any()
    with pytest.raises(ValueError, match="made has 5,001 rows"):
        most_changed(real, np.zeros((5001, 3)))
