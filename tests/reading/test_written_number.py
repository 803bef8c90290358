"""Numbers as people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.reading.written_number import (
    decimal_mark,
    is_endless,
    without_unseen,
    written_number,
)


@pytest.mark.parametrize(
    ("text", "value", "decimal"),
    [
        ("1200", 1200, ""),
        (" 1 200 ", 1200, ""),
        ("1\u00a0200", 1200, ""),
        ("1\u202f234\u202f567", 1234567, ""),
        ("1'200.50", 1200.5, "."),
        ("1’200,50", 1200.5, ","),
        ("1.234,5", 1234.5, ","),
        ("1,234.5", 1234.5, "."),
        ("1,234,567", 1234567, "."),
        ("1.234.567,8", 1234567.8, ","),
        ("1 234,567", 1234.567, ","),
        ("1,5", 1.5, ","),
        ("0,125", 0.125, ","),
        ("-0.125", -0.125, "."),
        ("12345,678", 12345.678, ","),
        (".5", 0.5, "."),
        ("5.", 5, "."),
        ("+3", 3, ""),
        ("\u22122.5", -2.5, "."),
        ("1e3", 1000, ""),
        ("1.234E\u22122", 0.01234, "."),
        ("٣٫٥", 3.5, "."),
        ("١٢٠٠", 1200, ""),
        ("\u200f4\u200f", 4, ""),
        ("1e999", math.inf, ""),
        ("9" * 15_000, math.inf, ""),
    ],
)
def test_a_number_that_can_be_read_in_one_way(text, value, decimal):
    number = written_number(text)
    assert (number.value, number.decimal) == (value, decimal)
    assert not number.unclear
    assert number.read(None) == number.read(",") == number.read(".") == value


@pytest.mark.parametrize("text", ["1,200", "1.200", "-12,345", "999.999"])
def test_a_number_that_can_be_read_in_two_ways(text):
    number = written_number(text)
    mark, other = (",", ".") if "," in text else (".", ",")
    assert number.unclear
    assert number.read(None) is None
    assert number.read(mark) == float(text.replace(",", "."))
    assert number.read(other) == float(text.replace(mark, ""))


def test_how_to_write_it_instead_is_clear():
    grouped, fraction = written_number("1,200").both().split(" or ")
    assert not written_number(grouped).unclear
    assert not written_number(fraction).unclear
    assert (written_number(grouped).value, written_number(fraction).value) == (1200, 1.2)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "e5", "1e", "1e1_0", "1_0", "12 34", "1,2,3", "1..2", "²", "½", "1,234 567",
     ",", ".", "1.5.", "1,5,", "0x1f", "nan", "inf", "1 2", "1,234,56.7", "9" * 15_000 + "x", "--1",
     "1-2", "１.2.3"],
)  # fmt: skip
def test_what_is_no_number(text):
    assert written_number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_is_read(value):
    number = written_number(repr(value))
    assert number.value == value


@given(st.integers(-(10**15), 10**15), st.sampled_from([",", ".", " ", "\u00a0", "'"]))
def test_thousands_may_be_apart(value, gap):
    number = written_number(f"{value:,}".replace(",", gap))
    assert value in (number.value, number.grouped)
    assert number.unclear == (gap in ",." and 1000 <= abs(value) < 10**6)


def test_the_other_numbers_tell_which_mark_is_which():
    numbers = [written_number(text) for text in ("1,200", "7", "0,5")]
    assert decimal_mark(numbers) == ","
    assert decimal_mark(numbers[:2]) is None
    assert decimal_mark([*numbers, written_number("0.5")]) is None, "they contradict each other"
    assert decimal_mark([written_number("1,234,567")]) == "."


def test_words_for_no_number():
    assert all(map(is_endless, ("nan", "NaN", "-inf", " Infinity ")))
    assert not any(map(is_endless, ("", "none", "1", "info")))


def test_signs_without_width_go():
    assert without_unseen("\ufeffa\u200bb\u00adc\u200f") == "abc"
    assert without_unseen("می\u200cخواهم 👩\u200d👧") == "می\u200cخواهم 👩\u200d👧"
