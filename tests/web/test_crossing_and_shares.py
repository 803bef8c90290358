"""When a line is crossed, and what a detector's count stands for."""

import math

import numpy as np
import pytest

from collapse_core.web import corrected_share, crossing_rate, first_crossing

# -------------------------------------------------------------------------------- crossing


def test_a_crossing_is_the_first_year_below_and_others_are_censored():
    found = first_crossing([[1, 0.9, 0.4, 0.8], [1, 0.9, 0.8, 0.7], [1, 0.3, 0.2, 0.1]], 0.5)
    assert found.years.tolist() == [2.0, math.inf, 1.0]
    assert (found.crossed, found.censored, found.last) == (2, 1, 3)
    np.testing.assert_allclose(found.share_by_year, [0, 1 / 3, 2 / 3, 2 / 3])
    assert found.quantile(0.5) == 2.0
    assert found.quantile(0.9) is None


def test_a_single_poor_crawl_is_no_crossing_where_several_in_a_row_are_asked_for():
    values = [[1, 0.2, 1, 0.2, 0.2, 0.2, 1], [0.2, 0.2, 1, 1, 0.2, 0.2, 1], [0.2] * 7]
    assert first_crossing(values, 0.5).years.tolist() == [1.0, 0.0, 0.0]
    assert first_crossing(values, 0.5, 2).years.tolist() == [4.0, 1.0, 1.0]
    assert first_crossing(values, 0.5, 3).years.tolist() == [5.0, math.inf, 2.0]
    with pytest.raises(ValueError, match="in_a_row"):
        first_crossing(values, 0.5, 0)


def test_censored_runs_are_never_left_out_of_a_quantile():
    values = np.ones((100, 11))
    values[:40, 3:] = 0.0
    found = first_crossing(values, 0.5)
    assert found.quantile(0.4) == 3.0
    assert found.quantile(0.5) is None, "the median of all runs, not of those that crossed"


@pytest.mark.parametrize("values", [[1.0, 0.5], np.ones((0, 3)), "a"])
def test_no_table_is_refused(values):
    with pytest.raises(ValueError, match="values"):
        first_crossing(values, 0.5)
    with pytest.raises(ValueError, match="line"):
        first_crossing(np.ones((2, 2)), math.nan)


# -------------------------------------------------------------------------------- detectors


def test_a_famous_crossing_lies_inside_the_error_of_its_detector():
    found = corrected_share(0.503, 0.042, 0.006, 1000, false_positive_size=15_894)
    assert found.share == pytest.approx(0.484, abs=5e-4)
    assert found.holds(0.5)
    assert crossing_rate(0.503, 0.006) == pytest.approx(0.012)
    on_the_line = corrected_share(0.503, crossing_rate(0.503, 0.006), 0.006)
    assert on_the_line.share == pytest.approx(0.5)
    assert crossing_rate(0.1, 0.0) is None


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8])
def test_the_correction_undoes_what_a_detector_does(share):
    seen = share * (1 - 0.1) + (1 - share) * 0.07
    found = corrected_share(seen, 0.07, 0.1)
    assert found.share == found.low == found.high == pytest.approx(share)


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_the_interval_holds_the_truth_as_often_as_it_says(share):
    rng = np.random.default_rng(8)
    n, wrong, missed, tried = 600, 0.08, 0.12, 400
    held = uncorrected = 0
    for _ in range(2000):
        seen = rng.binomial(n, share * (1 - missed) + (1 - share) * wrong) / n
        f, b = rng.binomial(tried, wrong) / tried, rng.binomial(tried, missed) / tried
        sizes = {"false_positive_size": tried, "false_negative_size": tried}
        held += corrected_share(seen, f, b, n, **sizes).holds(share)
        uncorrected += corrected_share(seen, 0.0, 0.0, n).holds(share)
    assert held / 2000 == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / 2000))
    assert uncorrected / 2000 < 0.9, "a count that is not corrected misses more often"


def test_a_share_is_held_inside_its_range_and_the_raw_one_is_told():
    found = corrected_share(0.02, 0.05, 0.1, 100)
    assert found.raw < 0.0
    assert found.share == found.low == 0.0
    assert corrected_share(0.99, 0.0, 0.2).share == 1.0


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ((1.2, 0.0, 0.0), "observed"),
        ((0.5, -0.1, 0.0), "false_positive"),
        ((0.5, 0.0, math.nan), "false_negative"),
        ((0.5, 0.6, 0.4), "false_positive"),
        ((0.5, 0.0, 0.0, 0), "sample_size"),
        ((0.5, 0.0, 0.0, 2.5), "sample_size"),
    ],
)
def test_a_bad_number_is_named(given, name):
    with pytest.raises(ValueError, match=rf"{name}="):
        corrected_share(*given)
