"""Every page with a guess can ask a class; what was guessed lies in the picture of the page."""

from urllib.parse import parse_qsl

import numpy as np
import pytest

from collapse_core.classroom.figures.guesses import BINS, counted, with_answer, with_guesses
from collapse_core.classroom.figures.results import Answered, results_figure
from collapse_core.figures.guess_place import GuessPlace, guessed_curve, guessed_share
from collapse_core.figures.look import LIGHT
from collapse_core.lessons.lesson import read_lesson
from ui.catalogue import EXPERIMENTS
from ui.classroom.guess.question import (
    guess_settings,
    link_of,
    pages_that_ask,
    preset_link,
    question_of,
)

TWO = {"kind": "guess", "page": "two_colours", "link": ""}
# Those that are computed at once; the others in `.ci/full`.
FAST = ("two_colours", "bell_curve", "exponential_families", "polluted_web")
pages = pytest.mark.parametrize(
    "page",
    [
        pytest.param(key, marks=[] if key in FAST else [pytest.mark.full])
        for key in pages_that_ask()
    ],
)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Compute what a question needs without a page that watches it."""
    monkeypatch.setattr(
        "ui.classroom.guess.question.watched", lambda name, make: make(lambda done: None)
    )


def test_every_page_with_a_picture_can_ask_a_class():
    assert pages_that_ask() == [entry.key for entry in EXPERIMENTS]


@pages
def test_a_page_asks_its_own_question_and_hides_its_answer(page):
    question = question_of(guess_settings(page, {}))
    assert question.asked.question
    assert question.asked.place.usable(question.asked.truth())
    moving = question.asking.draw(LIGHT, asks=True, hidden=question.hidden)
    told = question.told.draw(LIGHT, asks=True)
    axes = (moving.guess["x"], moving.guess["y"])
    unseen, seen = (_points(figure, axes) for figure in (moving, told))
    assert unseen == 0
    assert seen > 0
    place = question.asked.place
    guesses = [[low + share * (high - low) for low, high in _ends(place)] for share in (0.1, 0.4)]
    laid = with_guesses(moving, place, guesses, LIGHT, "class")
    assert _points(laid, axes) > 0
    assert laid.traces[: len(moving.traces)] == moving.traces, "frames count on their places"


def test_the_settings_of_a_page_are_asked_and_what_is_none_is_left_out():
    values = {"sample_size": "30", "lang": "de", "generation": "7", "guess": "0.5", "seed": "1"}
    assert link_of("two_colours", values) == "sample_size=30"
    small = question_of(guess_settings("two_colours", values))
    assert small.asked.truth()[0] > question_of(TWO).asked.truth()[0]


def test_what_can_not_be_asked_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="page='nowhere' is out of range: it must be one of"):
        link_of("nowhere", {})
    with pytest.raises(ValueError, match="sample_size"):
        link_of("two_colours", {"sample_size": "-3"})
    for page, values in (
        ("vanishing_tails", {"view": "density"}),
        ("bell_curve", {"picture": "kernel"}),
        ("exponential_families", {"side_by_side": "true"}),
    ):
        with pytest.raises(ValueError, match=f"{page} asks nothing in this view"):
            link_of(page, values)
    with pytest.raises(ValueError, match="own"):
        link_of("any_model", {"data": "own"})


def test_presets_that_show_something_else_are_not_offered():
    presets = {preset.name: preset for preset in read_lesson("bell_curve").presets}
    assert preset_link("bell_curve", presets["Kernel"]) is None
    small = preset_link("bell_curve", presets["Small class"])
    assert dict(parse_qsl(small)) == {"generations": "50", "sample_size": "10"}


@pytest.mark.full
@pages
def test_every_preset_that_is_offered_asks_something(page):
    links = [preset_link(page, preset) for preset in read_lesson(page).presets]
    assert any(links)
    for link in filter(None, links):
        assert question_of(guess_settings(page, dict(parse_qsl(link)))).asked.question


def test_a_preset_that_asks_nothing_is_not_offered():
    for page, name in (
        ("one_real_point", "Variance, mean known"),
        ("mitigation_lab", "A judge with taste"),
    ):
        (preset,) = [one for one in read_lesson(page).presets if one.name == name]
        assert preset_link(page, preset) is None


def test_what_a_phone_sends_is_checked_and_moved_inside_the_scale():
    question = question_of(TWO)
    assert question.usable(["0.3"]) == [0.3]
    assert question.usable([7]) == [1.0]
    for junk in ([], [0.1, 0.2], ["nan"], ["inf"], ["x"], None, 3, {"a": 1}, [[0.1]], [10**400]):
        assert question.usable(junk) is None


# ------------------------------------------------------------------------------------- in pictures


def test_guesses_are_counted_along_the_scale():
    place = guessed_share(50, "label")
    counts = counted(place, [[0.0], [0.5], [0.52], [1.0], [3.0]], 0)
    assert (len(counts), sum(counts)) == (BINS, 5)
    assert (counts[0], counts[10], counts[-1]) == (1, 2, 2)
    with pytest.raises(ValueError, match="point"):
        counted(place, [[0.5]], 1)


def test_on_a_scale_of_powers_bins_are_powers_too():
    place = GuessPlace(
        at=[1.0], start=[1.0], low=0.1, high=10.0, step=0.05, labels=["l"], scale="log"
    )
    assert counted(place, [[0.11], [1.01], [9.9]], 0, bins=2) == (1, 2)


def test_the_longest_bar_is_that_of_the_fullest_bin_and_begins_at_the_point():
    question = question_of(TWO)
    moving, place = question.told.draw(LIGHT, asks=True), question.asked.place
    traces = with_guesses(moving, place, [[0.31], [0.32], [0.81]], LIGHT, "class").traces
    bars = traces[-1]
    reach = [x for x in bars["x"] if x is not None]
    assert (max(reach), min(reach)) == (50, 20), "three tenths of an axis of 100 generations"
    high = [x for x, y in zip(bars["x"], bars["y"], strict=True) if y is not None and y > 0.7]
    assert min(high) == pytest.approx(35)
    assert with_guesses(moving, place, [], LIGHT, "class") is moving
    with pytest.raises(ValueError, match="no place for a guess"):
        with_guesses(question.told.draw(LIGHT), place, [[0.3]], LIGHT, "class")


def test_curves_are_a_bundle_with_one_through_the_middle_guesses():
    question = question_of(TWO)
    place = guessed_curve(100, 1000.0, "label")
    guesses = [[900.0, 500.0, 300.0, 100.0], [800.0, 400.0, 200.0, 0.0], [10.0, 9.0, 8.0, 7.0]]
    moving = question.told.draw(LIGHT, asks=True)
    bundle, middle = with_guesses(moving, place, guesses, LIGHT, "class").traces[-2:]
    assert bundle["y"].count(None) == 3
    assert middle["y"] == [1000.0, 800.0, 400.0, 200.0, 7.0]
    assert [t["showlegend"] for t in (bundle, middle)] == [True, False]


def test_an_answer_beyond_the_scale_is_marked_at_its_end():
    question = question_of(TWO)
    moving, place = question.told.draw(LIGHT, asks=True), question.asked.place
    mark = with_answer(moving, place, [np.inf], LIGHT, "answer").traces[-1]
    assert (mark["x"], mark["y"]) == ([50], [1.0])


def test_results_need_guesses():
    one = Answered(1, (0.5,), ((0.2,), (0.4,), (0.9,)))
    figure = results_figure([one], alt="a")
    (middle,) = [t for t in figure.traces if t.get("text") == ["1"]]
    assert (middle["x"], middle["y"]) == ([0.5], [0.4])
    for empty in ([], [one, Answered(2, (0.5,), ())]):
        with pytest.raises(ValueError, match="leave it out"):
            results_figure(empty)


def _ends(place):
    return [(place.low, place.high)] * len(place.at)


def _points(figure, axes):
    """Return how many points are seen in a panel at the last tick, the clock's hand left out."""
    traces, layout = figure.standing(len(figure.frames) - 1)
    ends = layout[f"xaxis{axes[0][1:]}"]["range"]
    inside = [
        t
        for t in traces
        if (t.get("xaxis", "x"), t.get("yaxis", "y")) == axes
        and t.get("meta") != "guess"
        and t.get("mode") != "lines+markers"
        and t.get("visible", True) is True
    ]
    return sum(_seen(t, ends) for t in inside)


def _seen(trace, ends):
    """Return how many points of a trace are between the ends of the panel."""
    x, y = (_numbers(trace.get(name)) for name in "xy")
    if y.ndim > 1 or x.shape != y.shape:
        return int(np.isfinite(y).sum())
    return int((np.isfinite(y) & (x >= min(ends)) & (x <= max(ends))).sum())


def _numbers(values):
    known = [] if values is None else list(values)
    return np.array([np.nan if v is None or isinstance(v, str) else v for v in known], dtype=float)
