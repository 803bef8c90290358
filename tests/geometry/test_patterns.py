"""Eight patterns: made for real, and named rightly from the points alone."""

import numpy as np
import pytest

from collapse_core.geometry import (
    PATTERNS,
    crumple,
    crumple_steps,
    effective_dimension,
    measure,
    name_pattern,
    sheet,
    spread,
)
from collapse_core.geometry.patterns import FROM_THE_SOURCE, _moments

POINTS = 1500


def named(pattern, seed, amount, dimension):
    before = sheet(POINTS, dimension, seed)
    after = crumple(pattern, before, amount, np.random.default_rng(seed))
    return name_pattern(before, after)


@pytest.mark.parametrize("amount", [0.5, 1.0])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_is_named_rightly(pattern, amount):
    for seed in range(5):
        found = named(pattern, seed, amount, 3)
        assert found.name == pattern, (seed, found)
        assert found.signs == PATTERNS[pattern]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_is_named_rightly_in_many_dimensions(pattern):
    assert named(pattern, 1, 0.5, 10).name == pattern
    assert named(pattern, 1, 1.0, 50).name == pattern


@pytest.mark.full
@pytest.mark.parametrize("amount", [0.5, 0.75, 1.0])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_is_named_rightly_in_95_of_100(pattern, amount):
    right = sum(named(pattern, seed, amount, 3).name == pattern for seed in range(100))
    assert right >= 95


@pytest.mark.parametrize("seeds", [range(30), pytest.param(range(200), marks=pytest.mark.full)])
def test_another_draw_of_the_same_law_is_no_clear_change(seeds):
    found = [
        name_pattern(sheet(POINTS, 3, seed), sheet(POINTS, 3, seed + 1000)).signs for seed in seeds
    ]
    none = sum(signs == (0, 0, 0) for signs in found)
    assert none >= 0.93 * len(seeds)  # 95 %, with room for chance


def test_without_the_wider_error_local_changes_are_seen_too_often(monkeypatch):
    """The control: the plain resampling error, at 95 % for each measure alone."""
    monkeypatch.setattr("collapse_core.geometry.patterns.LOCAL_ERROR", 1.0)
    monkeypatch.setattr("collapse_core.geometry.patterns.THREE_AT_ONCE", 1.96)
    found = [
        name_pattern(sheet(POINTS, 3, seed), sheet(POINTS, 3, seed + 1000)).signs
        for seed in range(60)
    ]
    assert sum(signs == (0, 0, 0) for signs in found) < 0.93 * len(found)


def test_weighted_moments_are_those_of_resampled_points():
    rows = np.random.default_rng(1).standard_normal((60, 7)) * np.arange(1, 8)
    counts = np.random.default_rng(2).integers(0, 4, size=(5, 60)).astype(float)
    effective, whole = _moments(rows, counts)
    for weights, found, total in zip(counts, effective, whole, strict=True):
        again = np.repeat(rows, weights.astype(int), axis=0)
        assert found == pytest.approx(effective_dimension(again), rel=1e-4)
        assert total == pytest.approx(spread(again), rel=1e-6)


def test_amounts_move_smoothly_from_nothing():
    cloud = sheet(300, 3, 1)
    for pattern in PATTERNS:
        steps = crumple_steps(pattern, cloud, [0.0, 0.01, 1.0], 1)
        assert np.array_equal(steps[0], cloud)
        assert np.abs(steps[1] - cloud).max() < 0.1
        assert np.array_equal(steps[2], crumple_steps(pattern, cloud, [1.0], 1)[0])
        size = spread(steps[2]) / spread(cloud)
        assert size == pytest.approx(1.6 if PATTERNS[pattern][2] > 0 else 0.5)


def test_a_collapse_to_a_point_is_sure():
    cloud = sheet(200, 3, 1)
    found = name_pattern(cloud, np.ones((200, 3)))
    assert found.name == "coherent_contraction"
    assert name_pattern(np.ones((20, 3)), np.ones((20, 3))).name == "no_clear_change"


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
        (lambda: measure(sheet(50), neighbours=1), "neighbours=1"),
        (lambda: sheet(50, 2), "dimension=2"),
    ],
)
def test_impossible_patterns_are_refused_in_a_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()
