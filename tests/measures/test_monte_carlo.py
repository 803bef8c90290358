"""Intervals and standard errors for shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from collapse_core.measures.monte_carlo import (
    middle_of_runs,
    standard_error,
    standard_errors_apart,
    wilson_interval,
)


@given(st.integers(1, 10**6), st.floats(0, 1), st.floats(0.5, 6))
def test_wilson_ends_are_where_the_score_test_stops_rejecting(total, part, width):
    count = round(part * total)
    low, high = wilson_interval(count, total, width)
    share = count / total
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            distance = abs(share - end) / np.sqrt(end * (1 - end) / total)
            assert distance == pytest.approx(width, rel=1e-5) or end < 1e-9 or end > 1 - 1e-9


def test_wilson_against_a_published_value():
    # Newcombe 1998, Stat. Med. 17, 857, table I: 81 of 263 and 0 of 20, method 3
    low, high = wilson_interval(81, 263)
    assert low == pytest.approx(0.2553, abs=5e-5)
    assert high == pytest.approx(0.3662, abs=5e-5)
    low, high = wilson_interval(0, 20)
    assert low == pytest.approx(0.0, abs=1e-12)
    assert high == pytest.approx(0.1611, abs=5e-5)


@pytest.mark.parametrize("chance", [0.01, 0.3, 0.9])
def test_wilson_covers_about_as_often_as_it_says(chance):
    counts = np.arange(201)
    low, high = wilson_interval(counts, 200)
    covered = (low <= chance) & (chance <= high)
    coverage = stats.binom.pmf(counts, 200, chance)[covered].sum()
    assert 0.92 < coverage < 0.98


@pytest.mark.parametrize(("count", "total"), [(-1, 10), (11, 10), (0, 0), ([1, 11], 10)])
def test_wilson_of_impossible_counts(count, total):
    with pytest.raises(ValueError, match=r"count must lie between 0 and total="):
        wilson_interval(count, total)


def test_standard_errors_apart():
    apart = standard_errors_apart([50, 60, 40, 0, 1, 100, 99], 100, [0.5] * 3 + [0, 0, 1, 1])
    np.testing.assert_allclose(apart, [0, 2, -2, 0, np.inf, 0, -np.inf])
    assert standard_errors_apart(64, 100, 0.648) == pytest.approx(-0.1675, abs=1e-4)


def test_chances_outside_by_rounding_are_taken_as_certain():
    assert standard_errors_apart(100, 100, 1 + 1e-15) == 0
    assert standard_errors_apart(0, 100, -1e-18) == 0
    assert standard_errors_apart(0, 100, 1e-14) == 0


@given(st.integers(1, 1000), st.floats(0, 1), st.floats(0, 1))
def test_standard_errors_have_the_sign_of_the_difference(total, part, chance):
    count = round(part * total)
    apart = float(standard_errors_apart(count, total, chance))
    assert not np.isnan(apart)
    if abs(count / total - chance) > 1e-9:
        assert np.sign(apart) == np.sign(count / total - chance)


def test_the_middle_of_two_runs_is_the_lower_one():
    assert middle_of_runs(np.array([[1.0, np.inf], [3.0, 2.0]])).tolist() == [1.0, 2.0]
    assert middle_of_runs(np.array([[5.0], [1.0], [np.inf]])).tolist() == [5.0]


def test_the_standard_error_of_one_run_is_not_known():
    assert np.isnan(standard_error(np.array([[1.0, 2.0]]))).all()
    assert standard_error(np.array([[1.0], [3.0]])) == pytest.approx(1.0)


def test_the_standard_error_of_an_average_by_hand():
    values = np.array([[1.0, 7.0], [2.0, 7.0], [4.0, 7.0], [5.0, 7.0]])
    # Squares of what is off 3: 4 + 1 + 1 + 4 = 10, over 3 for one run and over 4 for their average.
    assert standard_error(values) == pytest.approx([np.sqrt(10.0 / 3.0 / 4.0), 0.0])
    assert standard_error(values)[0] != pytest.approx(np.sqrt(10.0 / 4.0 / 4.0)), "divisor R - 1"
    drawn = np.random.default_rng(1).normal(size=(25, 20_000))
    averages = drawn.mean(axis=0).std()
    assert np.sqrt(np.mean(standard_error(drawn) ** 2)) == pytest.approx(averages, rel=0.02)
