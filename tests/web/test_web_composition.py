"""Who wrote what the web holds, and what labels and detectors leave of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.web import RETENTIONS, NormalContent, Web, composition, left_over_share
from collapse_core.web.composition import kept_shares

SHARES = st.floats(0.0, 0.99)


def naive_amounts(web, year):
    """Return the items on the web at the end of a year by the year of their model, one by one."""
    amounts = dict.fromkeys(range(web.years + 1), 0.0)
    for written in range(year + 1):
        if web.retention == "replace" and written < year:
            continue
        if web.retention == "window" and written <= year - web.window:
            continue
        amounts[0] += web.stock if written == 0 else web.human
        if written:
            amounts[written] += web.synthetic * web.growth ** (written - 1)
    return np.array(list(amounts.values()))


@pytest.mark.parametrize("retention", RETENTIONS)
def test_shares_are_those_of_items_counted_one_by_one(retention):
    web = Web(retention=retention, window=4, years=12, true_positive=0.8, false_positive=0.1)
    known = composition(web)
    for year in range(web.years + 1):
        amounts = naive_amounts(web, year)
        np.testing.assert_allclose(known.web[year], amounts / amounts.sum(), atol=1e-12)
        passing = amounts * np.where(np.arange(web.years + 1) == 0, 0.9, 0.2)
        np.testing.assert_allclose(known.kept[year], passing / passing.sum(), atol=1e-12)
        assert known.passes[year] == pytest.approx(passing.sum() / amounts.sum())


def test_the_left_over_share_of_known_cases():
    assert left_over_share(0.5, 0.9, 0.01) == pytest.approx(0.092, abs=5e-4)
    assert left_over_share(0.5, 0.547, 0.049) == pytest.approx(0.32, abs=5e-3)
    assert np.isnan(left_over_share(1.0, 1.0, 0.0))


@given(true_positive=SHARES, false_positive=SHARES)
def test_a_filter_leaves_what_bayes_rule_says(true_positive, false_positive):
    web = Web(years=6, true_positive=true_positive, false_positive=false_positive)
    known = composition(web)
    for year in range(1, 7):
        before, after = known.contamination[year], known.kept[year, 1:].sum()
        expected = left_over_share(before, true_positive, false_positive)
        assert after == pytest.approx(expected, abs=1e-12)


def test_a_filter_against_items_that_are_drawn_one_by_one():
    rng = np.random.default_rng(5)
    made = rng.random(400_000) < 0.6
    labelled, honest = rng.random(made.size) < 0.3, rng.random(made.size) < 0.7
    says_synthetic = labelled & made & honest
    flagged = ~labelled & (rng.random(made.size) < np.where(made, 0.85, 0.2))
    kept = ~(says_synthetic | flagged)
    web = Web(true_positive=0.85, false_positive=0.2, labelled=0.3, honest=0.7)
    human, synthetic = kept_shares(web)
    assert kept[~made].mean() == pytest.approx(human, abs=0.005)
    assert kept[made].mean() == pytest.approx(synthetic, abs=0.005)


def test_honest_labels_on_everything_leave_nothing_and_lying_ones_let_all_pass():
    honest = composition(Web(labelled=1.0))
    assert honest.kept[:, 1:].sum() == 0.0
    lying = composition(Web(labelled=1.0, honest=0.0, true_positive=1.0))
    np.testing.assert_allclose(lying.kept, lying.web)


def test_a_crawl_that_is_not_filled_up_shrinks_and_never_to_nothing():
    strict = Web(true_positive=0.99, false_positive=0.6, refill=False, growth=3.0, years=30)
    sizes = composition(strict).sizes
    assert sizes[1] == round(0.4 * strict.crawl)
    assert (np.diff(sizes[1:]) <= 0).all()
    assert sizes[-1] == 1
    assert (composition(replace(strict, refill=True)).sizes[1:] == strict.crawl).all()


def test_nothing_passes_where_nobody_writes_and_all_labels_are_honest():
    known = composition(Web(human=0.0, retention="replace", labelled=1.0, years=5))
    assert known.sizes.tolist() == [0, 30, 0, 0, 0, 0]
    assert known.in_training(0).tolist() == [0.0] * 6


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("years", 0),
        ("years", 2.5),
        ("stock", 0.0),
        ("human", -1.0),
        ("synthetic", 0.0),
        ("growth", 11.0),
        ("crawl", 1),
        ("window", 0),
        ("reserve", -1),
        ("true_positive", 1.1),
        ("false_positive", 1.0),
        ("labelled", float("nan")),
        ("honest", "all"),
        ("temperature", 0.0),
        ("retention", "forget"),
        ("refill", "sometimes"),
        ("content", "words"),
    ],
)
def test_a_bad_setting_is_named_with_its_value_and_a_remedy(name, value):
    with pytest.raises(ValueError, match=rf"{name}=.*") as complaint:
        Web(**{name: value})
    assert "hoose" in str(complaint.value)


def test_a_growth_beyond_all_numbers_is_refused():
    with pytest.raises(ValueError, match=r"growth=10.0 .* fewer years"):
        Web(growth=10.0, years=500)
    with pytest.raises(ValueError, match="growth"):
        Web(growth=1e-3, years=500)


@pytest.mark.parametrize("share", [0.0, 0.6, "a"])
def test_a_group_must_be_a_minority(share):
    with pytest.raises(ValueError, match=r"share=.*"):
        NormalContent(share)
