"""Numbers as a reader wants them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from collapse_core.lessons.lesson import LessonError, read_lesson
from collapse_core.lessons.numbers import Numbers

SHELL = read_lesson("shell")
NUMBERS = SHELL.numbers
chance, count, percent, short = NUMBERS.chance, NUMBERS.count, NUMBERS.percent, NUMBERS.short

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
        (1e14, "100 trillion"),
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
    run = SHELL.nouns["run"]
    assert NUMBERS.counted(1, run) == "1 run"
    assert NUMBERS.counted(0, run) == "0 runs"
    assert NUMBERS.counted(2000, run) == "2,000 runs"


def test_another_language_needs_no_code():
    german = Numbers("de", SHELL.words("numbers"))
    assert german.count(1_234_567) == "1.234.567"
    assert german.percent(0.1234) == "12,3\N{NO-BREAK SPACE}%"
    assert german.percent_sign == "\N{NO-BREAK SPACE}%"
    assert Numbers("tr", SHELL.words("numbers")).percent(0.12) == "%12"
    assert [german.short(n) for n in (1e6, 2.5e6, 1e9)] == [
        "1 Million",
        "2,5 Millionen",
        "1 Milliarde",
    ]
    assert german.continued("Das Modell ist klein.") == "Das Modell ist klein."
    assert german.plain(2.5, ".2f") == "2,50"
    polish = {"one": "{n} próba", "few": "{n} próby", "many": "{n} prób", "other": "{n} próby"}
    said = [Numbers("pl", SHELL.words("numbers")).counted(n, polish) for n in (1, 2, 5, 22)]
    assert said == ["1 próba", "2 próby", "5 prób", "22 próby"]


def test_what_may_be_huge_or_without_bound():
    said = [NUMBERS.any_percent(share) for share in (0.5, 9.994, 203.0, math.inf, math.nan)]
    assert said == ["50 %", "999.4 %", "20,300 %", "no bound", "unknown"]
    assert NUMBERS.any_multiple(math.inf) == "no bound"
    assert NUMBERS.any_multiple(0.5025) == NUMBERS.multiple(0.5025)
    assert NUMBERS.fine_percent(0.00123) == "0.12 %"


def test_none_may_be_counted_in_words():
    points = {"none": "no point", "one": "1 point", "other": "{n} points"}
    assert [NUMBERS.counted(n, points) for n in (0, 1, 2)] == ["no point", "1 point", "2 points"]


def test_a_ratio_has_enough_digits_to_tell_it_from_1():
    assert NUMBERS.ratio(1.0) == "1"
    assert NUMBERS.ratio(1.0012) == "1.0012"
    assert NUMBERS.ratio(0.0001) == "under 0.001"


def test_small_numbers():
    values = {-0.0004: "0", 0.12345: "0.123", -2.5: "−2.5", 12345.6: "12,346", math.nan: "unknown"}
    for value, words in values.items():
        assert NUMBERS.small(value) == words


def test_standard_errors_apart():
    assert NUMBERS.apart(2.04) == " (2.0 standard errors above)"
    assert NUMBERS.apart(-0.51) == " (0.5 standard errors below)"
    assert NUMBERS.apart(0.0) == NUMBERS.apart(math.nan) == ""
    assert NUMBERS.apart_inside(2.04) == "; 2.0 standard errors above"
    assert NUMBERS.apart_inside(-0.51) == "; 0.5 standard errors below"
    assert NUMBERS.apart_inside(0.04) == NUMBERS.apart_inside(math.nan) == ""


def test_logarithms_have_no_exponent():
    said = {-0.000001: "−0.000001", 1.2345: "1.23", -1328.4: "−1,328", -0.0: "0"}
    assert {value: NUMBERS.logarithm(value) for value in said} == said
    assert NUMBERS.logarithm(-math.inf) == "below −745"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{lost:percent} of {runs:run}", "10 % of 200 runs"),
        ("{lost:.2f}", "0.10"),
        ("{runs}", "200"),
        ("{name:typed}", r"\*a\*"),
        ("1 {lost:term} and 1 {down:term}", "1 + 0.1 and 1 − 0.5"),
        ("Gamma: {said:continued}", "Gamma: after 3 generations."),
    ],
)
def test_gaps_name_their_format(template, words):
    known = {"lost": 0.1, "runs": 200, "name": "*a*", "down": -0.5, "said": "After 3 generations."}
    assert SHELL.fill(template, "here", **known) == words


@pytest.mark.parametrize("template", ["{gone:percent}", "{lost:parcent}", "{name:.2f}", "{lost"])
def test_a_gap_that_cannot_be_filled_is_an_error(template):
    with pytest.raises(LessonError, match=r"shell.toml, here: cannot fill in"):
        SHELL.fill(template, "here", lost=0.1, name="a")


def test_the_first_true_case_is_said():
    words = {"unknown": True, "over": True}
    assert SHELL.pick("numbers", {"number": "5"}, under=False, **words) == "unknown"
    assert SHELL.pick("numbers", {}, under=False) == ""


def test_every_true_case_is_said():
    cases = {"under": True, "unknown": False, "over": True}
    assert SHELL.every("numbers", {"number": "5"}, **cases) == ["under 5", "over 5"]
