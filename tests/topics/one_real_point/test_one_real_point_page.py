"""The page on one real point: presets, sentences, views."""

import pytest
from opened import (
    bound,
    charts,
    clocks,
    entry_named,
    open_page,
    said,
    sent,
    set_control,
    told_of_guess,
)

from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.lessons.lesson import read_lesson
from collapse_core.theory.quadratic_variance import half_life, stationary_anchors
from collapse_core.theory.two_colours import stationary_law
from collapse_core.topics.one_real_point.question import OneRealPoint

ENTRY = entry_named("one_real_point")
LESSON = read_lesson("one_real_point")
SHOWN = {"seed": "2"}
MORE = {"more_precisely": True}  # what the expander of that name holds is drawn


def kept(**settings):
    asked = OneRealPoint(**settings)
    truth = asked.truth()
    function, mean = variance_function_of(truth), mean_coordinate(truth)
    sizes = (asked.sample_size, asked.anchors)
    value = stationary_anchors(function, mean, *sizes, fresh=asked.fresh)[1]
    return float(value) / float(function(mean)), float(half_life(function, *sizes))


@pytest.mark.parametrize(
    ("name", "told", "value"),
    [
        ("One fresh point", "66 %", 0.66),
        ("One fixed point", "0 %", 0.0),
        ("Five points", "91 %", 0.91),
        ("Half the data", "99 %", 0.99),
        ("Waiting times", "200 %", 2.0),
        ("Variance, mean known", "203 times", 203.0),
        ("A million synthetic points", "67 %", 0.67),
    ],
)
def test_comments_of_presets_are_true(name, told, value):
    preset = next(item for item in LESSON.presets if item.name == name)
    assert told in preset.comment
    assert kept(**preset.values)[0] == pytest.approx(value, abs=0.005)


def test_the_other_numbers_of_the_comments():
    left = 0.99**150
    assert left == pytest.approx(0.22, abs=0.005)
    assert stationary_law(100, 0.1, 1).lost == pytest.approx(0.41, abs=0.005)
    assert kept(sample_size=10**6)[1] == pytest.approx(231_000, abs=500)
    assert kept(anchors=100)[0] / kept()[0] == pytest.approx(1.5, abs=0.01)
    assert kept(family="normal_variance", sample_size=10**5)[0] > 1e5


def test_the_answer_is_not_told_before_the_guess():
    at = open_page(ENTRY)
    captions = clocks(at)["one_real_point"]["captions"]
    assert "66.4 %" not in said(at) + "".join(captions)
    assert "66 %" not in said(at)
    assert all("The averages appear after your guess" in caption for caption in captions[1:])


def test_a_guess_is_set_beside_the_exact_value_of_these_settings():
    told = told_of_guess(open_page(ENTRY, {"guess": "0.3"}))["text"]
    assert "You said **30 %**. In the long run it keeps **66.4 %**" in told
    at = open_page(ENTRY, {"guess": "0.3~sample_size:1000", "sample_size": "1000"})
    assert "**66.6 %**" in told_of_guess(at)["text"]


def test_sentences_hold_the_exact_numbers():
    at = open_page(ENTRY, SHOWN, state=MORE)
    assert "keeps **66.4 %** of the diversity" in said(at)
    assert "blue is absent **41 %** of the time" in said(at)
    law = OneRealPoint().loop().exact()
    last = clocks(at)["one_real_point"]["captions"][-1]
    assert f"exact: **{100 * law.diversity[-1] / 0.09:.1f} %**" in last
    assert f"exact: **{100 * law.lost[-1]:.1f} %**" in last


@pytest.mark.parametrize("family", ["exponential", "geometric", "normal_variance"])
def test_heavy_tails_are_said(family):
    at = open_page(ENTRY, {"family": family})
    assert any("Sampling cannot see" in item.value for item in at.info)
    at = open_page(ENTRY, {"family": family, "anchors": "10"})
    assert not any("Sampling cannot see" in item.value for item in at.info)


def test_growth_without_bound_is_said():
    at = open_page(ENTRY, {"family": "exponential", "anchors": "0"}, state=MORE)
    assert "no bound" in said(at)
    assert "nan" not in said(at).lower().split()


def test_fixed_points_are_said_to_collapse():
    assert "everything ends on that point" in said(open_page(ENTRY, {"fresh": "false"}, state=MORE))
    at = open_page(ENTRY, {"fresh": "false", "family": "poisson"}, state=MORE)
    assert "with a chance of **36.8 %**" in said(at)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("map", "10 % real is worth **19 %**"),
        ("weight", "they keep **90.9 %**"),
        ("side", "the same flat prior"),
        ("dimension", "about **k = 5** real points"),
    ],
)
def test_views(view, words):
    at = open_page(ENTRY, {**SHOWN, "view": view})
    assert not at.exception
    assert words in said(at)
    assert len(charts(at)) == 2


def test_views_stand_at_the_ends():
    for view in ("families", "map", "weight", "side", "dimension"):
        for anchors, size in (("0", "2"), ("100", "2"), ("1", "1000000")):
            link = {"anchors": anchors, "sample_size": size, "family": "normal_variance"}
            at = open_page(ENTRY, {**link, "view": view})
            assert not at.exception, (view, anchors, size)


def test_the_page_is_light():
    assert sent(open_page(ENTRY, SHOWN)) < 300_000
    at = open_page(ENTRY, {"generations": "500", "runs": "2000", "view": "side"})
    assert sent(at) < 1_500_000


def test_the_truth_belongs_to_the_family():
    at = open_page(ENTRY, SHOWN)
    assert "share" in set(bound(at))
    set_control(at, "family", 3)
    at.run()
    assert {"mean"} <= set(bound(at))
    assert "share" not in set(bound(at))
