"""Eight patterns: made for real, and named rightly from the points alone."""

from functools import cache

import numpy as np
import pytest
from first_always import first_always

from collapse_core.geometry import (
    PATTERNS,
    crumple,
    crumple_steps,
    effective_dimension,
    local_dimension,
    measure,
    name_pattern,
    sheet,
    spread,
)
from collapse_core.geometry.dimension import inverse_dimensions
from collapse_core.geometry.patterns import FROM_THE_SOURCE, _moments

POINTS = 1500


@cache
def start(seed, dimension):
    cloud = sheet(POINTS, dimension, seed)
    return cloud, measure(cloud)


def named(pattern, seed, amount, dimension):
    before, shape = start(seed, dimension)
    return name_pattern(shape, crumple(pattern, before, amount, np.random.default_rng(seed)))


@pytest.mark.parametrize("amount", first_always([0.75, 0.5, 1.0]))
@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_is_named_rightly(pattern, amount):
    for seed in range(12):
        found = named(pattern, seed, amount, 3)
        assert found.name == pattern, (seed, found)
        assert found.signs == PATTERNS[pattern]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_is_named_rightly_in_many_dimensions(pattern):
    assert named(pattern, 1, 0.5, 10).name == pattern
    assert named(pattern, 1, 1.0, 50).name == pattern


@pytest.mark.full
@pytest.mark.parametrize(
    ("dimension", "amount"), [(3, 0.5), (3, 0.75), (3, 1.0), (10, 0.5), (50, 0.5), (50, 1.0)]
)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_is_named_rightly_in_95_of_100(pattern, dimension, amount):
    right = sum(named(pattern, seed, amount, dimension).name == pattern for seed in range(100))
    assert right >= 95


def turned(points, dimension, rng):
    axes = np.linalg.qr(rng.standard_normal((dimension, points.shape[1])))[0]
    return points @ axes.T


def student(rng, count):
    return rng.standard_normal((count, 5)) / np.sqrt(rng.chisquare(5, (count, 1)) / 5)


def lumps(rng, count):
    angle = rng.integers(8, size=count) * np.pi / 4
    return np.stack([np.cos(angle), np.sin(angle)], 1) + 0.05 * rng.standard_normal((count, 2))


PLACES = np.random.default_rng(0).standard_normal((150, 3))
LAWS = {
    "sheet": lambda rng, count: sheet(count, 3, int(rng.integers(2**31))),
    "flat Gaussian": lambda rng, count: turned(rng.standard_normal((count, 5)), 50, rng),
    "Gaussian that fills its space": lambda rng, count: rng.standard_normal((count, 10)),
    "heavy tails": student,
    "groups": lumps,
    "a few places": lambda rng, count: PLACES[rng.integers(150, size=count)],
}


def unclear(law, seeds, count, other):
    """Return in which share of pairs of clouds of one law nothing has changed."""
    signs = [
        name_pattern(LAWS[law](rng, count), LAWS[law](rng, other)).signs
        for rng in map(np.random.default_rng, seeds)
    ]
    return signs.count((0, 0, 0)) / len(signs)


@pytest.mark.parametrize("seeds", [range(40), pytest.param(range(300), marks=pytest.mark.full)])
@pytest.mark.parametrize("law", LAWS)
def test_another_draw_of_the_same_law_is_no_clear_change(law, seeds):
    # 95 %, with room for chance: two standard errors.
    assert unclear(law, seeds, 800, 800) >= 0.95 - 2.0 * np.sqrt(0.0475 / len(seeds))


@pytest.mark.parametrize("law", ["Gaussian that fills its space", "groups"])
def test_another_number_of_points_is_no_change(law):
    assert unclear(law, range(30), 200, 800) >= 0.87
    rng = np.random.default_rng(1)
    few, many = (measure(LAWS[law](rng, count)) for count in (200, 800))
    # The control: with each at its own number the local dimension is another one.
    assert abs(np.log(many.local / few.local)) > 2.0 * np.hypot(many.local_error, few.local_error)
    with pytest.raises(ValueError, match="200 points and after with 800"):
        name_pattern(few, many)


def test_without_the_wider_error_changes_are_seen_too_often(monkeypatch):
    """The controls: the plain resampling error; and besides 95 % for each measure alone."""
    monkeypatch.setattr("collapse_core.geometry.patterns.LOCAL_ERROR", 1.0)
    plain = unclear("sheet", range(100), 300, 300)
    monkeypatch.setattr("collapse_core.geometry.patterns.THREE_AT_ONCE", 1.96)
    alone = unclear("sheet", range(100), 300, 300)
    assert alone < plain
    assert alone < 0.88


def test_two_measures_alone_have_no_name():
    """A cloud that only grows: its other signs are 0, and it has none of the eight names."""
    cloud = sheet(800, 3, 1)
    found = name_pattern(cloud, 1.5 * sheet(800, 3, 2))
    assert found.signs == (0, 0, 1)
    assert found.name == "no_clear_change"


def test_what_rounding_changes_is_no_change():
    """All points of a ring are alike, and two places differ along one axis: no resample differs."""
    angle = 2.0 * np.pi * np.arange(200) / 200
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    ends = np.repeat([[-1.0, 0.0], [1.0, 0.0]], 40, axis=0)
    for cloud in (ring, ends):
        for seed in range(20):
            other = 1e5 + turned(cloud, 2, np.random.default_rng(seed))
            assert name_pattern(cloud, other).signs == (0, 0, 0)
    bent = name_pattern(ring, ring * [1.0, 0.7])  # the control: what is small but real is seen
    assert bent.signs[1] == -1


@pytest.mark.parametrize("axes", [5, 50])
def test_what_is_measured_is_what_each_function_returns(axes):
    cloud = sheet(300, axes, 2) + 7.0
    shape = measure(cloud, 10)
    assert shape.local == pytest.approx(local_dimension(cloud, 10), rel=1e-12)
    assert shape.effective == pytest.approx(effective_dimension(cloud), rel=1e-12)
    assert shape.spread == pytest.approx(spread(cloud), rel=1e-12)
    assert (shape.points, shape.neighbours) == (300, 10)
    assert measure(cloud, 10) == shape
    assert measure(cloud, 10, seed=2) != shape


def test_errors_are_those_of_points_drawn_again():
    """Against the plain way: draw points, measure, over and over."""
    cloud, rng = sheet(300, 3, 2), np.random.default_rng(1)
    again = [cloud[rng.integers(300, size=300)] for _ in range(2000)]
    shape = measure(cloud, bootstraps=1000)
    for function, error in (
        (effective_dimension, shape.effective_error),
        (spread, shape.spread_error),
    ):
        assert error == pytest.approx(np.std(np.log(list(map(function, again)))), rel=0.1)
    inverses = inverse_dimensions(cloud)
    plain = np.std(inverses) / np.mean(inverses) / np.sqrt(300)
    assert shape.local_error == pytest.approx(1.5 * plain, rel=0.1)


@pytest.mark.parametrize("axes", [1, 7, 30])  # 30 over pairs of points, the others of axes
def test_weighted_moments_are_those_of_resampled_points(axes):
    rows = 5.0 + np.random.default_rng(1).standard_normal((60, axes)) * np.arange(1, axes + 1)
    counts = np.random.default_rng(2).integers(0, 4, size=(5, 60)).astype(float)
    effective, whole = _moments(rows, counts)
    for weights, found, total in zip(counts, effective, whole, strict=True):
        again = np.repeat(rows, weights.astype(int), axis=0)
        assert found == pytest.approx(effective_dimension(again), rel=1e-4)
        assert total == pytest.approx(spread(again), rel=1e-6)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_amounts_move_smoothly_from_nothing(pattern):
    cloud = sheet(300, 3, 1)
    steps = crumple_steps(pattern, cloud, [0.0, 1e-6, 1.0], 1)
    assert np.array_equal(steps[0], cloud)
    assert np.abs(steps[1] - cloud).max() < 1e-5
    assert np.array_equal(steps[2], crumple_steps(pattern, cloud, [1.0], 1)[0])
    size = spread(steps[2]) / spread(cloud)
    assert size == pytest.approx(1.6 if PATTERNS[pattern][2] > 0 else 0.5)
    # No jump hides between the steps: ten times as many are each a tenth as long.
    coarse, fine = (
        count
        * np.abs(
            np.diff(crumple_steps(pattern, cloud, np.linspace(0, 1, count + 1), 1), axis=0)
        ).max()
        for count in (20, 200)
    )
    assert fine < 1.2 * coarse


def test_steps_are_what_one_amount_gives():
    cloud, kept = sheet(300, 10, 1), sheet(300, 10, 1)
    for pattern in PATTERNS:
        for amount in (0.0, 0.6):
            one = crumple(pattern, cloud, amount, np.random.default_rng(3))
            one[:] += 1.0
            assert np.array_equal(cloud, kept)
        one = crumple_steps(pattern, cloud, 0.6, 3)
        assert np.array_equal(crumple_steps(pattern, cloud, [0.3, 0.6], 3)[1:], one)
        assert not np.array_equal(crumple_steps(pattern, cloud, 0.6, 4), one)


COLLAPSED = {
    "equal": np.full((100, 3), 0.1),
    "two places": np.repeat(sheet(20)[:2], 50, axis=0),
    "twenty places": np.repeat(sheet(20), 40, axis=0),
    "a line": np.outer(np.arange(60.0), [1.0, 0.3, 0.0]),
    "few points of many values": np.random.default_rng(1).standard_normal((45, 80)),
}


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("name", COLLAPSED)
def test_clouds_that_have_collapsed_crumple_too(name, pattern):
    cloud = COLLAPSED[name]
    made = crumple(pattern, cloud, 1.0, np.random.default_rng(1))
    size = 1.6 if PATTERNS[pattern][2] > 0 else 0.5
    assert spread(made) == pytest.approx(size * spread(cloud), abs=1e-12)
    assert np.allclose(made.mean(axis=0), cloud.mean(axis=0))


def test_a_collapse_to_a_point_is_sure():
    cloud = sheet(200, 3, 1)
    found = name_pattern(cloud, np.ones((200, 3)))
    assert found.name == "coherent_contraction"
    for one, other in ((1.0, 1.0), (0.1, 0.3)):
        same = name_pattern(np.full((20, 3), one), np.full((20, 3), other))
        assert same.signs == (0, 0, 0)
    with pytest.raises(ValueError, match="points has 12 rows"):
        name_pattern(cloud[:12], cloud)


def test_eight_names_and_four_from_the_source():
    assert len(set(PATTERNS.values())) == len(PATTERNS) == 8
    assert set(FROM_THE_SOURCE) < set(PATTERNS)
    assert len(FROM_THE_SOURCE) == 4


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: crumple("crumbs", sheet(50), 1.0, np.random.default_rng(1)), "pattern='crumbs'"),
        (
            lambda: crumple("oblate_contraction", sheet(50), 2.0, np.random.default_rng(1)),
            "amount=2",
        ),
        (
            lambda: crumple("oblate_contraction", np.ones((5, 3)), 1.0, np.random.default_rng(1)),
            "at least 40",
        ),
        (lambda: measure(sheet(50), bootstraps=3), "bootstraps=3"),
        (lambda: name_pattern(sheet(50), sheet(50, 4)), "3 values per point and after 4"),
        (
            lambda: name_pattern(measure(sheet(50), 10), measure(sheet(50), 12)),
            "10 neighbours and after with 12",
        ),
        (lambda: name_pattern([1.0, 2.0], sheet(50)), r"before has shape \(2,\)"),
        (
            lambda: crumple_steps("oblate_contraction", sheet(50), [0.5, np.nan], 1),
            "amounts",
        ),
        (lambda: measure(sheet(50), neighbours=1), "neighbours=1"),
        (lambda: sheet(50, 2), "dimension=2"),
    ],
)
def test_impossible_patterns_are_refused_in_a_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_ratios_and_the_ends_of_their_intervals_by_hand():
    before, after = (measure(scale * sheet(400, 3, seed)) for scale, seed in ((1.0, 1), (1.3, 2)))
    found = name_pattern(before, after).changes
    for change, name in zip(found, ("local", "effective", "spread"), strict=True):
        ratio = getattr(after, name) / getattr(before, name)
        error = np.hypot(*(getattr(shape, f"{name}_error") for shape in (before, after)))
        assert change.ratio == pytest.approx(ratio)
        assert change.low == pytest.approx(ratio * np.exp(-2.394 * error), rel=1e-5)
        assert change.high == pytest.approx(ratio * np.exp(2.394 * error), rel=1e-5)
        assert change.high != pytest.approx(ratio * np.exp(1.96 * error)), "wider than 95 % each"
