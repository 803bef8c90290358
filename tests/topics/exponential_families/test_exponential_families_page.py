"""The page on exponential families: what it says agrees with the law."""

import re

import numpy as np
import pytest
from first_always import first_always
from opened import charts, clocks, entry_named, numbers, open_page, said, sent, told_of_guess, trace

from collapse_core.lessons.lesson import read_lesson
from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.topics.exponential_families.question import FAMILY_CHOICES, ExponentialFamilies
from collapse_core.topics.exponential_families.report import report_diversity, reports_side_by_side

ENTRY = entry_named("exponential_families")
LESSON = read_lesson("exponential_families")
SHOWN = {"seed": "2"}
MORE = {"more_precisely": True}  # what the expander of that name holds is drawn


def preset(name):
    return next(item for item in LESSON.presets if item.name == name)


def report_of(**changes):
    experiment = ExponentialFamilies(
        **{key: value for key, value in changes.items() if key != "side_by_side"}
    )
    paths = experiment.loop().simulate(experiment.runs, experiment.seed)
    law = experiment.loop().exact(approximate=True)
    return report_diversity(paths, law, run_at_percentile(paths, 50))


def captions(at):
    return next(iter(clocks(at).values()))["captions"]


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    return at


def test_it_asks_first_and_keeps_the_answer_hidden():
    at = open_page(ENTRY)
    assert "exactly" not in captions(at)[-1]
    assert not [item for item in trace(charts(at)[0], "exact mean") if item["xaxis"] == "x"]
    assert "3.28" not in said(at)
    assert sent(at) < 300_000


@pytest.mark.parametrize(("guess", "verdict"), [("2.5", "right"), ("0.2", "wrong"), ("1", "wrong")])
def test_a_guess_is_set_beside_the_truth(guess, verdict):
    told = told_of_guess(open_page(ENTRY, {"guess": guess}))["text"]
    assert LESSON.words("predict")[verdict] in told
    assert "**3.28**" in told


@pytest.mark.parametrize("family", FAMILY_CHOICES)
def test_sentences_state_the_law(family):
    at = open_page(ENTRY, {**SHOWN, "family": family, "generation": "60"}, state=MORE)
    assert not at.exception
    report = report_of(family=family, seed=2)
    caption = captions(at)[60]
    stated = re.findall(r"exact(?:ly|:) \*\*([\d.]+)\*\*", caption)
    stated += re.findall(r"= \*\*([\d.]+)\*\* times", said(at))
    assert list(map(float, stated)) == pytest.approx([(1 + report.v2 / 50) ** 60] * 2, rel=5e-3)
    assert f"**{report.small[60]} of 1000**" in said(at)
    assert f"{report.below} of 1000" in said(at) or family == "normal_mean"
    assert "**Boundary.**" in said(at)


def test_presets_say_true_numbers():
    up, fastest = report_of(), report_of(**preset("Variance only").values)
    assert (round(up.exact[-1], 2), round(up.median[-1], 1)) == (3.28, 0.3)
    assert (round(fastest.exact[-1], 1), round(fastest.median[-1], 1)) == (10.5, 0.1)
    stays = report_of(**preset("Counts").values)
    assert stays.exact[-1] == 1.0
    assert round(stays.chance_gone[-1], 2) == 0.61
    down = report_of(**preset("Two colours").values)
    assert (round(down.exact[-1], 3), round(down.chance_gone[-1], 2)) == (0.298, 0.84)
    big = report_of(**preset("A million points").values)
    assert round(100 * (big.exact[-1] - 1), 2) == 0.05
    beyond = report_of(**preset("Shape 0.1").values)
    assert np.isinf(beyond.exact[-1])
    assert beyond.median[-1] < 1e-12


def test_presets_of_all_families():
    fallen = reports_side_by_side(ExponentialFamilies(generations=200))
    assert sum(item.median[-1] < 0.995 for item in fallen.values()) == 9
    held = reports_side_by_side(ExponentialFamilies(generations=300, anchors=1))
    for item in held.values():
        assert np.sign(round(item.exact[-1] - 1, 9)) == np.sign(item.v2)


@pytest.mark.parametrize("item", LESSON.presets, ids=lambda item: item.name)
def test_a_preset_shows_its_comment(item):
    at = press(open_page(ENTRY, {"guess": "skip"}), item.name)
    assert not at.exception
    assert item.comment in said(at)
    assert sent(at) < 1_500_000


def test_runs_that_happen_to_show_an_average_are_not_said_to_miss_it():
    missed = "these runs cannot show it"
    shown = captions(open_page(ENTRY, {"family": "geometric"}))[60]
    report = report_of(family="geometric")
    assert report.exact_error[60] > 0.25
    assert abs(report.average[60] / report.exact[60] - 1) < 0.1
    assert missed not in shown
    assert missed in captions(open_page(ENTRY, {"family": "normal_variance"}))[60]


def test_what_cannot_be_seen_is_said():
    heavy = said(open_page(ENTRY, {**SHOWN, "family": "normal_variance"}, state=MORE))
    assert "above a quarter of the average" in heavy
    beyond = {"family": "gamma", "shape": "0.1", "sample_size": "2", "generations": "500"}
    assert "too large for the machine" in said(open_page(ENTRY, {**SHOWN, **beyond}, state=MORE))
    assert "spread of V" in said(open_page(ENTRY, {**SHOWN, "anchors": "1"}))


def test_doubling_leaves_the_curve():
    at = open_page(ENTRY, {**SHOWN, "doubled": "true"})
    figure = charts(at)[0]
    before = trace(figure, "before doubling")[0]
    now = next(item for item in trace(figure, "exact mean") if item["name"] == "exact mean")
    assert numbers(before["y"])[-1] == pytest.approx(3.281, abs=1e-3)
    assert numbers(now["y"])[-1] == pytest.approx(3.300, abs=1e-3)
    assert "before at 3.28" in said(at)


def test_all_side_by_side():
    at = open_page(ENTRY, {**SHOWN, "side_by_side": "true", "generations": "200"})
    assert "down in **3** of ten families, unchanged in **2** and up in **5**" in captions(at)[200]
    titles = [note["text"] for note in charts(at)[0]["layout"]["annotations"]]
    assert sum("v₂" in title for title in titles) == 10


@pytest.mark.parametrize("family", first_always(FAMILY_CHOICES, 3))
def test_the_harshest_settings_stand(family):
    harsh = {"sample_size": "2", "generations": "500", "anchors": "100", "runs": "1"}
    for link in ({}, {"anchors": "0", "percentile": "100"}, {"side_by_side": "true"}):
        at = open_page(ENTRY, {**harsh, "family": family, **link}, state=MORE)
        assert not at.exception
        assert sent(at) < 1_500_000
        assert "nan" not in said(at).lower().split()
