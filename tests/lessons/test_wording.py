"""Numbers as a reader wants them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from collapse_core.lessons.wording import chance, count, percent, short, times

finite = some.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.1, "10 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.123, "12.3 %"),
        (0.00049, "under 0.1 %"),
        (1e-300, "under 0.1 %"),
        (0.9999, "over 99.9 %"),
        (math.nan, "unknown"),
        (math.inf, "unknown"),
    ],
)
def test_percentages(share, words):
    assert percent(share) == words


def test_percentages_with_fewer_digits():
    assert percent(0.126, 0) == "13 %"
    assert percent(0.001, 0) == "under 1 %"


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "0"),
        (1.0, "1"),
        (0.5, "0.500"),
        (0.6479, "0.648"),
        (1e-9, "under 0.001"),
        (0.0005, "0.001"),
        (1 - 1e-9, "over 0.999"),
        (math.nan, "unknown"),
    ],
)
def test_probabilities_are_never_falsely_certain(probability, words):
    assert chance(probability) == words


@given(some.floats(0.0, 1.0))
def test_only_a_certain_event_is_called_certain(probability):
    assert (chance(probability) == "0") == (probability == 0.0)
    assert (chance(probability) == "1") == (probability == 1.0)
    assert (percent(probability) == "0 %") == (probability == 0.0)
    assert (percent(probability) == "100 %") == (probability == 1.0)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0.0, "0"),
        (63.454, "63.5"),
        (999.9, "1,000"),
        (1234.5, "1,234"),
        (999_999.9, "1 million"),
        (2.5e6, "2.5 million"),
        (3e9, "3 billion"),
        (999_999_999.0, "1 billion"),
        (1e14, "100 thousand billion"),
        (999.4e6, "999 million"),
        (-2.5e7, "-25 million"),
        (1e16, "more than a million billion"),
        (math.inf, "more than a million billion"),
        (-math.inf, "a huge negative number"),
        (math.nan, "unknown"),
        (0.00123, "0.00123"),
    ],
)
def test_short_numbers(number, words):
    assert short(number) == words


@given(finite)
def test_short_numbers_have_no_exponent_and_are_short(number):
    words = short(number)
    if abs(number) >= 1e-4 or number == 0:
        assert "e+" not in words
        assert "e-" not in words
    assert len(words) < 30


def test_counts():
    assert count(1_000_000) == "1,000,000"
    assert times(1, "run", "runs") == "1 run"
    assert times(0, "run", "runs") == "0 runs"
    assert times(2000, "run", "runs") == "2,000 runs"
