"""Your guesses: kept for the visit, judged as the pages judge them, and forgotten when asked."""

import csv
import io
import math

import pytest
from checked_figures import validated
from opened import EXPERIMENTS, entry_named, open_page, pictures, said, told_of_guess
from some_pages import some_always

from collapse_core.figures.guess_place import GuessPlace, guessed_share
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.prediction import Prediction, share_prediction, side_of, side_of_curve
from collapse_core.topics.your_guesses.figure import calibration_figure
from collapse_core.topics.your_guesses.kept import VERDICTS, KeptGuess
from collapse_core.topics.your_guesses.sentences import as_csv, summary
from ui import long_run
from ui.kept_guesses import KEPT

ENTRY, TWO = entry_named("your_guesses"), entry_named("two_colours")
LESSON = read_lesson("your_guesses")
GUESSES = {
    "vanishing_tails": "500_200_100_50",
    "language": "500_400_300_200",
    "digits_photographs": "0.6_0.4",
    "photocopier": "12.0",
    "eight_patterns": "0.5_0.5_2.0",
}


def guess(page, value, truth, verdict):
    return KeptGuess(page, "?", (value,), (truth,), f"{value:.0%}", f"{truth:.0%}", verdict)


SOME = (
    guess("two_colours", 0.2, 0.65, "low"),
    guess("room", 0.95, 0.98, "close"),
    guess("polluted_web", 0.9, 0.65, "high"),
)


@pytest.mark.parametrize(
    ("value", "side"), [(0.0, "low"), (0.41, "close"), (0.59, "close"), (0.61, "high")]
)
def test_a_share_is_close_or_on_a_side(value, side):
    assert side_of(value, 0.5) == side
    place = guessed_share(1.0, "?")
    asked = Prediction("?", place, lambda _: "", lambda: [0.5], lambda g: side_of(g[0], 0.5))
    kept = KeptGuess.of("two_colours", asked, [value])
    assert kept.verdict == side
    assert kept.distance == pytest.approx(abs(value - 0.5))
    assert kept.said_truth == "50 %"


def test_a_curve_is_judged_by_its_average_distance():
    assert side_of_curve([100, 50], [100, 40], 100.0) == "close"
    assert side_of_curve([100, 100], [50, 40], 100.0) == "high"
    assert side_of_curve([0, 0], [50, 40], 100.0) == "low"


@pytest.mark.parametrize(
    ("scale", "ends", "value", "along"),
    [
        ("", (0.0, 60.0), 15.0, 0.25),
        ("", (0.0, 60.0), 90.0, 1.0),
        ("log", (0.01, 100.0), 1.0, 0.5),
        ("log", (0.01, 100.0), 0.0, 0.0),
        ("ln", (-6.0, 6.0), -math.inf, 0.0),
        ("ln", (-6.0, 6.0), 3.0, 0.75),
    ],
)
def test_how_far_along_its_scale_a_value_is(scale, ends, value, along):
    low, high = ends
    place = GuessPlace(at=[0], start=[low], low=low, high=high, step=1, labels=["?"], scale=scale)
    assert place.along([value]) == [pytest.approx(along)]


def test_an_answer_without_bound_is_told_as_the_end_of_the_scale():
    place = GuessPlace(at=[0], start=[1], low=0.1, high=10, step=1, labels=["?"], scale="log")
    asked = Prediction("?", place, lambda _: "", lambda: [math.inf], lambda _: "low")
    kept = KeptGuess.of("exponential_families", asked, [1.0])
    assert (kept.truth, kept.said_truth) == ((1.0,), "10")


def test_a_share_prediction_knows_its_answer():
    lesson = read_lesson("mixer_squeeze")
    asked = share_prediction(lesson, 3.0, 0.4, {"steps": 3, "step": 3})
    assert list(asked.truth()) == [0.4]
    assert asked.judge([0.9]) == "high"


def test_nothing_guessed_says_what_to_do():
    at = open_page(ENTRY)
    assert "Lock my guess" in at.info[0].value
    begin = at.main.page_link[0]
    assert "path=30&stop=1" in begin.proto.query_string
    assert not pictures(at)


def test_a_guess_is_kept_and_the_first_one_counts():
    at = open_page(TWO, {"guess": "0.1"})
    at.session_state["two_colours/guess"] = "0.64"
    at.run()
    kept = at.session_state[KEPT]
    assert [one.said_guess for one in kept.values()] == ["10 %"]
    at.session_state["two_colours/generations"] = 20
    at.session_state["two_colours/guess"] = "0.3~generations:20"
    at.run()
    assert len(at.session_state[KEPT]) == 2, "for other settings it is another question"


def test_what_is_skipped_asked_or_for_other_settings_is_not_kept():
    for link in ({"guess": "skip"}, {}, {"guess": "0.3", "generations": "20"}):
        assert KEPT not in open_page(TWO, link).session_state
    embedded = open_page(TWO, {"guess": "0.3"}, context={"is_embedded": True})
    assert KEPT not in embedded.session_state


@some_always(EXPERIMENTS)
def test_every_page_judges_as_it_says(entry, monkeypatch):
    monkeypatch.setattr(long_run, "FIRST_WATCH", 1e6)
    at = open_page(entry, {"guess": GUESSES.get(entry.key, "0.3")})
    (kept,) = at.session_state[KEPT].values()
    assert kept.verdict in VERDICTS
    assert kept.page == entry.key
    assert all(0.0 <= value <= 1.0 for value in kept.guess + kept.truth)
    told, predict = told_of_guess(at)["text"], read_lesson(entry.key).words("predict")
    other = {"close": ("low", "high"), "low": ("close", "high"), "high": ("close", "low")}
    for name in other.get(kept.verdict, ()):
        assert predict.get(name, "\0").split("{")[0] not in told
    words = {"close": ("close", "right", "all"), "wrong": ("wrong", "reveal")}
    names = words.get(kept.verdict, (kept.verdict, "wrong"))
    assert any(predict[name].split("{")[0] in told for name in names if name in predict)


def test_the_summary_counts_what_is_close():
    assert summary(LESSON, SOME).startswith("3 questions guessed. **Close: 1.** Too low: 1.")
    assert "24.3 % of the scale" in summary(LESSON, SOME)
    assert summary(LESSON, SOME[1:2]).startswith("1 question guessed, all close.")
    assert "none of them close" in summary(LESSON, SOME[:1])


def test_the_plot_has_a_sign_for_each_guess():
    moving = calibration_figure(SOME, alt="…")
    validated(moving)
    points = {
        trace["name"]: (trace["x"], trace["y"], trace["text"])
        for trace in moving.traces
        if "markers" in trace["mode"]
    }
    assert points["too low"] == ([0.65], [0.2], ["1"])
    assert points["too high"] == ([0.65], [0.9], ["3"])
    assert points["close enough"] == ([0.98], [0.95], ["2"])
    signs = [trace["marker"]["symbol"] for trace in moving.traces if "markers" in trace["mode"]]
    assert len(set(signs)) == 3, "colour alone tells nothing"


def test_signs_that_stand_close_together_have_their_number_once():
    truth, said = (0.1, 0.05, 0.02, 0.4, 0.09), (1.0, 1.0, 1.0, 1.0, 0.5)
    kept = KeptGuess("vanishing_tails", "?", said, truth, "", "", "high")
    (points,) = (t for t in calibration_figure([kept]).traces if "markers" in t["mode"])
    signs = zip(points["x"], points["y"], points["text"], strict=True)
    named = {(x, y) for x, y, text in signs if text}
    assert named == {(0.4, 1.0), (0.1, 1.0), (0.09, 0.5)}
    assert len(points["x"]) == len(truth)


def kept_state(guesses):
    return {KEPT: {(one.page, ""): one for one in guesses}}


def test_the_page_shows_what_was_off_and_where_it_is_explained():
    at = open_page(ENTRY, state=kept_state(SOME))
    assert not at.exception
    assert len(pictures(at)) == 1
    assert "**1. Two colours.** You guessed 20%; it is **65%**. Too low." in said(at)
    assert "**2. A room.**" not in said(at), "what was close surprised nobody"
    links = [link.value for link in at.main.page_link]
    assert links == ["Two colours", "One real point", "The polluted web", "One real point"]


def test_nothing_off_is_told_too():
    assert LESSON.text("surprise", "none") in said(open_page(ENTRY, state=kept_state(SOME[1:2])))


def test_the_table_is_read_by_other_programs():
    rows = list(csv.reader(io.StringIO(as_csv(LESSON, SOME))))
    assert len(rows) == 1 + len(SOME)
    assert {len(row) for row in rows} == {8}
    assert rows[1][1:2] + rows[1][3:6] == ["Two colours", "20%", "65%", "too low"]
    assert rows[1][6:] == ["0.2", "0.65"]


def test_forgetting_forgets_the_links_too():
    at = open_page(TWO, {"guess": "0.1"})
    at.switch_page(ENTRY.file).run()
    assert at.session_state[KEPT]
    at.button(key="forget_guesses").click().run()
    assert KEPT not in at.session_state
    assert at.info
    menu = {link.value: link.proto.query_string for link in at.sidebar.page_link}
    assert "guess" not in menu["Two colours"]


def test_every_page_that_asks_has_its_intuition():
    told = LESSON.words("intuitions")
    assert set(told) == {entry.key for entry in EXPERIMENTS}
    assert all(entry_named(one["page"]) for one in told.values())
    assert all(one["page"] != key for key, one in told.items())
