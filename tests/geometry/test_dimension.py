"""Dimensions of clouds: against known ones, against the field's library, and where points tie."""

import numpy as np
import pytest

from collapse_core.geometry import effective_dimension, local_dimension, sheet, spread
from collapse_core.geometry.dimension import inverse_dimensions, neighbour_distances

SEEDS = (1, 2, 3)


def turned(points, dimension, rng):
    axes = np.linalg.qr(rng.standard_normal((dimension, points.shape[1])))[0]
    return points @ axes.T


def line(rng, count):
    return turned(rng.random((count, 1)), 3, rng)


def disc(rng, count):
    angle, radius = rng.uniform(0, 2 * np.pi, count), np.sqrt(rng.random(count))
    return turned(np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), 5, rng)


def sphere(rng, count):
    points = rng.standard_normal((count, 3))
    return turned(points / np.linalg.norm(points, axis=1, keepdims=True), 10, rng)


def gaussian(rng, count):
    return turned(rng.standard_normal((count, 5)), 50, rng)


KNOWN = {"line": (line, 1), "disc": (disc, 2), "sphere": (sphere, 2), "gaussian": (gaussian, 5)}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", KNOWN)
def test_known_dimensions_are_found(name, seed):
    make, dimension = KNOWN[name]
    found = local_dimension(make(np.random.default_rng(seed), 2000))
    assert found == pytest.approx(dimension, rel=0.13 if dimension > 2 else 0.08)
    assert abs(found - dimension - 1.0) > 0.3


@pytest.mark.parametrize("name", KNOWN)
def test_the_estimate_is_that_of_the_library(name):
    library = pytest.importorskip("skdim", reason="scikit-dimension is missing")
    rows = KNOWN[name][0](np.random.default_rng(5), 400)
    estimator = library.id.MLE(neighborhood_based=True, unbiased=False)
    with np.errstate(all="ignore"):
        theirs = estimator.fit_transform_pw(rows, n_neighbors=15)
    # Point by point; they leave averaging over points to the user.
    ours = 1.0 / inverse_dimensions(rows, 15)
    assert np.allclose(np.sort(ours), np.sort(theirs), rtol=1e-6)


def test_neighbours_are_found_alike_by_both_ways():
    rows = np.random.default_rng(1).standard_normal((700, 12))
    by_tree = neighbour_distances(rows, 9)
    by_products = neighbour_distances(np.hstack([rows, np.zeros((700, 1))]), 9)
    assert np.allclose(by_tree, by_products, atol=1e-6)


def test_equal_points_count_once():
    rows = disc(np.random.default_rng(2), 900)
    assert local_dimension(np.vstack([rows, rows[:300], rows[:300]])) == pytest.approx(
        local_dimension(rows)
    )
    assert local_dimension(np.ones((50, 3))) == 0.0
    assert local_dimension(np.vstack([rows[:10]] * 40)) == 0.0
    assert local_dimension([[1.0, 2.0]]) == 0.0


def test_effective_dimension_of_known_spectra():
    corners = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    rows = np.vstack([corners, -corners])
    assert effective_dimension(rows) == pytest.approx(3.0)
    assert effective_dimension(rows * [2.0, 1.0, 0.0]) == pytest.approx(25.0 / 17.0)
    assert effective_dimension(np.ones((9, 4))) == 0.0
    wide = np.random.default_rng(3).standard_normal((20, 300))
    values = np.linalg.eigvalsh(np.cov(wide, rowvar=False))
    assert effective_dimension(wide) == pytest.approx(values.sum() ** 2 / (values**2).sum())
    assert spread(rows) == pytest.approx(1.0)


def test_the_sheet_is_one():
    for dimension in (3, 50):
        rows = sheet(1500, dimension, 1)
        assert rows.shape == (1500, dimension)
        assert local_dimension(rows) == pytest.approx(2.0, abs=0.15)
        assert np.linalg.matrix_rank(rows - rows.mean(axis=0), tol=1e-6) == 3


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([1.0, 2.0], "give one row of numbers for each point"),
        ([[np.nan, 1.0]], "points"),
        (np.zeros((20_001, 1)), "at most 20,000"),
        ([[1e200, 0.0]], "a finite number"),
    ],
)
def test_what_is_no_cloud_is_refused_in_a_sentence(points, words):
    for function in (local_dimension, effective_dimension, spread):
        with pytest.raises(ValueError, match=words):
            function(points)
