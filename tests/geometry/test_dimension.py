"""Dimensions of clouds: against known ones, against the field's library, and where points tie."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

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


@pytest.mark.oracle("scikit-dimension")
@pytest.mark.parametrize("neighbours", [5, 15, 40])
@pytest.mark.parametrize("name", KNOWN)
def test_the_estimate_is_that_of_the_library(name, neighbours):
    library = pytest.importorskip("skdim", reason="scikit-dimension is missing")
    rows = KNOWN[name][0](np.random.default_rng(5), 400)
    estimator = library.id.MLE(neighborhood_based=True, unbiased=False)
    with np.errstate(all="ignore"):
        theirs = estimator.fit(rows, n_neighbors=neighbours, comb="mle")
    ours = 1.0 / inverse_dimensions(rows, neighbours)
    assert np.allclose(np.sort(ours), np.sort(theirs.dimension_pw_), rtol=1e-9)
    # "mle" is MacKay and Ghahramani's average, of inverses; the plain mean is another number.
    assert local_dimension(rows, neighbours) == pytest.approx(theirs.dimension_, rel=1e-9)
    assert local_dimension(rows, neighbours) < 0.99 * float(theirs.dimension_pw_.mean())


def outlying(rng, count):
    """A tight group, whose distances are lost in the squares of a far point's place."""
    return np.vstack([rng.standard_normal((count - 1, 20)), np.full((1, 20), 1e8)])


def lumpy(rng, count):
    """Groups a thousandth of their distance wide."""
    return rng.standard_normal((9, 20))[rng.integers(9, size=count)] + 1e-3 * rng.standard_normal(
        (count, 20)
    )


CLOUDS = {
    "few axes": lambda rng, count: rng.standard_normal((count, 4)),
    "many axes": lambda rng, count: rng.standard_normal((count, 20)),
    "flat": gaussian,
    "groups": lumpy,
    "outlier": outlying,
    "grid": lambda rng, count: np.stack(
        np.unravel_index(rng.permutation(2**12)[:count], (2,) * 12), axis=1
    ).astype(float),
}


@pytest.mark.parametrize(("count", "neighbours"), [(40, 39), (130, 5), (700, 15), (1100, 60)])
@pytest.mark.parametrize("name", CLOUDS)
def test_nearest_neighbours_are_those_among_all_distances(name, count, neighbours):
    rows = CLOUDS[name](np.random.default_rng(count), count)
    known = np.sort(cdist(rows, rows), axis=1)[:, 1 : neighbours + 1]
    assert np.allclose(neighbour_distances(rows, neighbours), known, rtol=1e-6, atol=0.0)


@pytest.mark.parametrize("axes", [3, 30])
def test_where_and_how_large_a_cloud_is_makes_no_difference(axes):
    rng = np.random.default_rng(4)
    rows = sheet(500, axes, 3)
    local, effective = local_dimension(rows), effective_dimension(rows)
    for other in (rows + 1e6, rows * 1e-170, rows * 1e100, turned(rows, axes, rng), rows[::-1]):
        assert local_dimension(other) == pytest.approx(local, rel=1e-6)
        assert effective_dimension(other) == pytest.approx(effective, rel=1e-6)
    assert spread(rows + 1e6) == pytest.approx(spread(rows), rel=1e-6)
    assert spread(rows * 1e50) == pytest.approx(spread(rows) * 1e100)


def test_points_that_rounding_parts_are_equal():
    rng = np.random.default_rng(6)
    places = sheet(150, 30, 1)
    for offset in (0.0, 1e5):
        tied = np.repeat(places, 10, axis=0) + offset
        shaken = tied + np.abs(tied).max() * 1e-15 * rng.standard_normal(tied.shape)
        for rows in (tied, shaken, turned(shaken, 30, rng)):
            assert local_dimension(rows) == pytest.approx(local_dimension(places), rel=1e-6)


@pytest.mark.parametrize("value", [0.1, 0.3, 1e6 + 0.7, 1e-200])
def test_a_single_place_has_no_dimension_and_no_spread(value):
    for rows in (np.full((150, 4), value), np.full((150, 30), value), [[value, 1.0]]):
        assert local_dimension(rows) == effective_dimension(rows) == spread(rows) == 0.0


def test_too_few_points_for_their_neighbours_are_refused():
    rows = sheet(40)
    with pytest.raises(ValueError, match=r"points has 15 rows.*give at least 16"):
        local_dimension(rows[:15])
    assert local_dimension(rows[:16]) > 0.5
    assert local_dimension(rows[:15], neighbours=10) > 0.5


def test_equal_points_count_once():
    rows = disc(np.random.default_rng(2), 900)
    assert local_dimension(np.vstack([rows, rows[:300], rows[:300]])) == pytest.approx(
        local_dimension(rows)
    )
    assert local_dimension(np.ones((50, 3))) == 0.0
    assert local_dimension(np.vstack([rows[:10]] * 40)) == 0.0
    # A control: points that lie side by side are not equal, and lower the dimension.
    beside = np.vstack([rows, rows[:300] + 1e-7])
    assert local_dimension(beside) < 0.8 * local_dimension(rows)


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
