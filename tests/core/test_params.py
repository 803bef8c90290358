"""Parameters: messages that help, and slider positions that are allowed."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core import families
from collapse_core.checks import check_number, check_whole_number
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import read_lesson
from collapse_core.params import Param
from collapse_core.topics.two_colours.question import TwoColours

SLIDERS = {
    **{name: param for name, param in TwoColours.params.items() if name != "seed"},
    "family_share": families.Bernoulli.params[0],
}


def param(**changes):
    given_ = {
        "name": "x",
        "symbol": "x",
        "low": 0.0,
        "high": 1.0,
        "default": 0.5,
        "description": "Help.",
    }
    return Param(**{**given_, **changes})


def test_a_symbol_is_text_outside_of_formulas():
    assert param(symbol="\\sigma_0^2").sign == "σ₀²"
    assert param(symbol="p^*").sign == "p*"
    assert param(symbol="n").sign == "n"


# -------------------------------------------------------------------------------- checks


@pytest.mark.parametrize(
    ("value", "low", "high", "message"),
    [
        (0, 1, None, "size=0 is out of range: it must be a whole number of at least 1. "
         "Choose 1 or more."),
        (11, 1, 10, "size=11 is out of range: it must be a whole number from 1 to 10. "
         "Choose a value from 1 to 10."),
        (2.5, 1, 10, "size=2.5 is out of range: it must be a whole number from 1 to 10. "
         "Choose a value from 1 to 10."),
        (-1, 0, 10**12, "size=-1 is out of range: it must be a whole number from 0 to "
         "1,000,000,000,000. Choose a value from 0 to 1,000,000,000,000."),
    ],
)  # fmt: skip
def test_a_whole_number_complaint_in_full(value, low, high, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        check_whole_number("size", value, low, high)


@pytest.mark.parametrize("value", ["3", b"3", None, True, [3], 3j, math.nan, math.inf, 2.5, object])
def test_not_a_whole_number(value):
    with pytest.raises(ValueError, match=r"^size=.* a whole number of at least 0\. Choose 0"):
        check_whole_number("size", value, 0)


@pytest.mark.parametrize("value", [3, 3.0, np.int64(3), np.uint8(3), np.float64(3)])
def test_a_whole_number_of_any_kind_becomes_an_int(value):
    checked = check_whole_number("size", value, 0, 3)
    assert checked == 3
    assert type(checked) is int


@pytest.mark.parametrize(
    ("keywords", "value", "message"),
    [
        ({"low": 0}, -0.1, "w=-0.1 is out of range: it must be a number of at least 0. "
         "Choose 0 or more."),
        ({"low": 0, "high": 1}, 1.5, "w=1.5 is out of range: it must be a number from 0 to 1. "
         "Choose a value from 0 to 1."),
        ({"low": 0.0, "high": 0.5}, 1.5, "w=1.5 is out of range: it must be a number from 0 to "
         "0.5. Choose a value from 0 to 0.5."),
        ({"low": 0, "high": 1, "low_open": True, "high_open": True}, 0.0, "w=0.0 is out of range: "
         "it must be a number strictly inside from 0 to 1. Choose, ends excluded, a value from 0 "
         "to 1."),
        ({"low": -math.inf}, math.nan, "w=nan is out of range: it must be a finite number. "
         "Choose a finite number."),
    ],
)  # fmt: skip
def test_a_number_complaint_in_full(keywords, value, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        check_number("w", value, **keywords)


@pytest.mark.parametrize(
    "value", ["0.5", b"0.5", None, True, [0.5], 0.5j, math.nan, math.inf, -math.inf, 10**400]
)
def test_not_a_number(value):
    with pytest.raises(ValueError, match=r"^w=.* a number of at least 0\. Choose 0 or more\.$"):
        check_number("w", value, 0)


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(-10, 0), st.floats(0.1, 10))
def test_a_number_is_inside_or_refused(value, low, high):
    if low <= value <= high:
        assert check_number("w", value, low, high) == value
    else:
        with pytest.raises(ValueError, match=r"^w="):
            check_number("w", value, low, high)


def test_open_ends():
    assert check_number("w", 0.0, 0, 1, high_open=True) == 0.0
    assert check_number("w", 1.0, 0, 1, low_open=True) == 1.0
    for end, keyword in ((0.0, "low_open"), (1.0, "high_open")):
        with pytest.raises(ValueError, match="strictly inside"):
            check_number("w", end, 0, 1, **{keyword: True})


# -------------------------------------------------------------------------------- slider positions


@pytest.mark.parametrize("name", SLIDERS)
def test_stops_of_the_sliders_in_use(name):
    slider = SLIDERS[name]
    stops = slider.stops()
    assert list(stops) == sorted(set(stops))
    assert stops[0] == slider.low
    assert stops[-1] == slider.high
    assert slider.default in stops
    assert all(slider.check(stop) == stop for stop in stops)
    assert all(slider.nearest_stop(stop) == stop for stop in stops)
    assert slider.whole == all(type(stop) is int for stop in stops)


def test_round_numbers_on_a_log_scale():
    runs = param(low=1, high=200, default=7, scale="log")
    assert runs.stops() == (
        1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200,
    )  # fmt: skip
    assert runs.nearest_stop(35) == 40  # nearer in ratio
    assert runs.nearest_stop(0) == 1
    assert runs.nearest_stop(-5) == 1
    assert runs.nearest_stop(10**9) == 200


def test_a_log_scale_of_fractions():
    width = param(low=0.01, high=1.0, default=0.1, scale="log")
    assert width.stops()[:4] == (0.01, 0.012, 0.015, 0.02)
    assert width.stops()[-1] == 1.0
    assert not width.whole


def test_a_linear_scale():
    assert param(step=0.25).stops() == (0.0, 0.25, 0.5, 0.75, 1.0)
    assert param(step=0.3).stops() == (0.0, 0.3, 0.6, 0.9, 1.0)
    assert len(param().stops()) == 101
    whole = param(low=2, high=9, default=4, step=3)
    assert whole.stops() == (2, 5, 8, 9)
    assert whole.nearest_stop(6.6) == 8


@given(
    st.floats(-1000, 1000),
    st.floats(0.1, 1000),
    st.floats(0.011, 1.0),
    st.floats(0, 1),
)
def test_linear_stops_are_sorted_allowed_and_include_both_ends(low, width, part, where):
    high = low + width
    slider = param(low=low, high=high, default=low + where * (high - low), step=part * width)
    stops = slider.stops()
    assert list(stops) == sorted(set(stops))
    assert stops[0] == pytest.approx(low, abs=1e-9)
    assert stops[-1] == pytest.approx(high, abs=1e-9)
    assert np.diff(stops).max() <= slider.step * (1 + 1e-6)


@given(st.floats(1e-6, 1e6), st.floats(1.01, 1e6), st.floats(0, 1), st.floats(1e-7, 1e13))
def test_log_stops_are_sorted_allowed_and_include_both_ends(low, ratio, where, value):
    high = low * ratio
    default = min(max(low * ratio**where, low), high)
    slider = param(low=low, high=high, default=default, scale="log")
    stops = slider.stops()
    assert list(stops) == sorted(set(stops))
    assert (stops[0], stops[-1]) == (low, high)
    assert default in stops
    assert all(slider.check(stop) == stop for stop in stops)
    nearest = slider.nearest_stop(value)
    assert abs(math.log(nearest / value)) == min(abs(math.log(stop / value)) for stop in stops)


@given(st.integers(1, 1000), st.integers(1, 10**9), st.floats(0, 1))
def test_whole_log_stops_are_whole(low, width, where):
    default = low + math.floor(where * width)
    slider = param(low=low, high=low + width, default=default, scale="log")
    assert slider.whole
    assert all(type(stop) is int for stop in slider.stops())
    assert slider.default in slider.stops()


# -------------------------------------------------------------------------------- words


@pytest.mark.parametrize("name", [*SLIDERS, "seed"])
def test_every_parameter_explains_itself(name):
    slider = SLIDERS[name] if name in SLIDERS else TwoColours.params[name]
    assert slider.description.endswith(".")
    words = control_words(read_lesson("two_colours"), name.removeprefix("family_"))
    assert words["label"][0].isupper()
    assert words["help"].endswith(".")


@pytest.mark.parametrize("name", SLIDERS)
def test_what_a_slider_widget_gets(name):
    slider = SLIDERS[name]
    words = slider.slider()
    if slider.scale == "log":
        assert words["value"] in words["options"]
    else:
        kinds = {type(words[key]) for key in ("min_value", "max_value", "value", "step")}
        assert kinds == {int if slider.whole else float}


# -------------------------------------------------------------------------------- specifications


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "sample size"}, r"name='sample size' is not an identifier: use letters"),
        ({"low": 2.0}, r"x: low=2\.0 must be below high=1\.0\. Swap them\."),
        ({"low": 1.0}, r"must be below"),
        ({"scale": "log"}, r"x: low=0\.0 must be above 0 on a log scale"),
        ({"default": 1.5}, r"x=1\.5 is out of range: it must be a number from 0 to 1\. Choose"),
        ({"step": 0.0}, r"x: step=0\.0 must be above 0"),
        ({"step": -1.0}, r"x: step=-1\.0 must be above 0"),
        ({"low": 0, "high": 9, "default": 4, "step": 0}, r"x: step=0 must be above 0"),
    ],
)
def test_a_specification_that_makes_no_sense(changes, message):
    with pytest.raises(ValueError, match=message):
        param(**changes)
