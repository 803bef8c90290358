"""Predict first: who is asked, what is hidden until then, and what a guess is judged against."""

import pytest
from first_always import first_always
from opened import (
    charts,
    entry_named,
    guess_drawn,
    open_page,
    pictures,
    setting,
    told_of_guess,
    trace,
)
from some_pages import some_always

from collapse_core.figures.guess_place import FIRST_LOOK
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.two_colours.question import TwoColours
from ui import long_run
from ui.catalogue import EXPERIMENTS

TWO, TEACH = entry_named("two_colours"), entry_named("teach")
pages = pytest.mark.parametrize("entry", EXPERIMENTS, ids=lambda entry: entry.key)
GUESSES = {
    "vanishing_tails": "500_200_100_50",
    "language": "500_400_300_200",
    "digits_photographs": "0.6_0.4",
    "photocopier": "12.0",
    "eight_patterns": "0.5_0.5_2.0",
}
EMBEDDED = {"context": {"is_embedded": True}}


@pytest.fixture(autouse=True)
def in_one_go(monkeypatch):
    """Compute all generations before a page is drawn."""
    monkeypatch.setattr(long_run, "FIRST_WATCH", 1e6)
    monkeypatch.setattr(long_run, "LATER_WATCH", 1e6)


def guess_of(entry):
    return GUESSES.get(entry.key, "0.3")


@some_always(EXPERIMENTS)
@pytest.mark.parametrize(
    "link",
    first_always(
        [{}, {"projector": "true"}, {"lang": "en"}, {"utm_source": "mail"}, {"panels": "3"}], 2
    ),
)
def test_a_link_without_settings_is_asked_to_guess(entry, link):
    assert told_of_guess(open_page(entry, link))["state"] == "asking"


@pages
@pytest.mark.parametrize(
    "link", first_always([{"seed": "1"}, {"generation": "3"}, {"generations": "junk"}])
)
def test_a_link_with_settings_shows_its_picture(entry, link):
    assert told_of_guess(open_page(entry, link)) is None


@some_always(EXPERIMENTS)
def test_inside_another_page_nothing_is_told_of_guess(entry):
    at = open_page(entry, {"guess": guess_of(entry)}, **EMBEDDED)
    assert told_of_guess(at) is None
    assert guess_drawn(at) is None


@some_always(EXPERIMENTS)
def test_until_it_is_guessed_only_the_first_generations_are_there(entry):
    at = open_page(entry)
    picture = pictures(at)[0]
    assert 1 < len(picture["frames"]) <= FIRST_LOOK + 1
    assert len(picture["captions"]) == len(picture["frames"])
    where = picture["guess"]["x"]
    on_it = [
        item
        for item in picture["traces"]
        if item.get("xaxis", "x") == where and item.get("meta") != "guess" and item.get("name")
    ]
    assert not any(value is not None for item in on_it for value in item["y"])
    labels = {item.label for item in at.expander}
    assert read_lesson("shell").words("sections")["table"] not in labels
    assert not [
        item.help for item in at.button if str(item.key).startswith("preset_") and item.help
    ]


@pages
def test_a_locked_guess_is_drawn_and_set_beside_the_truth(entry):
    at = open_page(entry, {"guess": guess_of(entry)})
    assert not at.exception
    assert told_of_guess(at)["state"] == "told"
    assert "You" in told_of_guess(at)["text"]
    assert "computed" not in told_of_guess(at)["text"]
    values = [float(part) for part in guess_of(entry).split("_")]
    assert guess_drawn(at) == values
    (cross,) = trace(charts(at)[0], read_lesson("shell").text("predict", "yours"))
    assert cross["y"][-len(values) :] == values
    assert cross["x"][-len(values) :] == pictures(at)[0]["guess"]["at"]


@some_always(EXPERIMENTS)
def test_other_settings_let_the_guess_go_and_say_so(entry):
    at = open_page(entry, {"guess": guess_of(entry), "generations": "12"})
    assert told_of_guess(at)["state"] == "changed"
    assert "other settings" in told_of_guess(at)["text"]
    assert guess_drawn(at) is None
    again = open_page(entry, {"guess": f"{guess_of(entry)}~generations:12", "generations": "12"})
    assert told_of_guess(again)["state"] == "told"
    assert (
        told_of_guess(open_page(entry, {"guess": guess_of(entry), "seed": "9"}))["state"] == "told"
    )


@pytest.mark.parametrize("text", ["abc", "nan", "1e999", "~", "0.3_", "_", "1e12"])
def test_a_junk_guess_is_named_and_taken_out(text):
    at = open_page(TWO, {"guess": text})
    assert f"guess={text}" in at.warning[0].value
    assert "guess" not in at.query_params


@pytest.mark.parametrize(
    ("name", "value"), [("anchors", 2), ("seed", 5), ("runs", 300), ("generation", 1)]
)
def test_settings_changed_before_the_guess_keep_the_question_over_a_reload(name, value):
    at = open_page(TWO)
    at.session_state[f"two_colours/{name}"] = value
    at.run()
    link = dict(at.query_params.items())
    assert link == {name: str(value), "guess": "ask"}
    again = open_page(TWO, {"guess": "ask", name: str(value)})
    assert told_of_guess(again)["state"] == "asking"
    assert setting(again, name) == value


def test_a_skipped_question_stays_skipped_over_a_reload():
    assert told_of_guess(open_page(TWO, {"guess": "skip"})) is None


def follow(at, entry, link):
    """Go to a page of the same visit by a link."""
    at.query_params.clear()
    at.query_params.update(link)
    at.switch_page(entry.file).run()
    assert not at.exception
    return told_of_guess(at) if pictures(at) else None


SET = {"sample_size": "10", "generations": "30", "seed": "1"}


@pytest.mark.parametrize(
    "link",
    [SET, {"seed": "1"}, SET | {"guess": "skip"}, SET | {"guess": "ask"}, SET | {"guess": "0.3"}],
    ids=["settings", "seed", "skip", "ask", "guess"],
)
def test_a_link_to_a_page_left_waiting_opens_as_for_a_newcomer(link):
    at = open_page(TWO)
    assert told_of_guess(at)["state"] == "asking"
    follow(at, TEACH, {"view": "cures"})
    assert follow(at, TWO, link) == told_of_guess(open_page(TWO, link))
    assert {name: at.query_params[name] for name in link} == link


def test_by_the_menu_a_page_is_as_it_was_left():
    at = open_page(TWO)
    follow(at, TEACH, {})
    assert follow(at, TWO, {})["state"] == "asking"
    follow(at, TEACH, {})
    assert follow(at, TWO, SET) is None
    left = dict(at.query_params.items())
    follow(at, TEACH, {})
    assert follow(at, TWO, left) is None


def exact():
    return float(TwoColours().loop().exact().lost[50])


@pytest.mark.parametrize(
    ("guess", "verdict"),
    [(0.0, "low"), (exact() - 0.09, "close"), (exact() + 0.09, "close"), (1.0, "high")],
)
def test_the_verdict_on_a_guess(guess, verdict):
    said = told_of_guess(open_page(TWO, {"guess": f"{guess:.4f}"}))["text"]
    assert f"**{100 * exact():.1f} %**" in said
    assert read_lesson("two_colours").say("predict", verdict, rare="blue") in said


@pytest.mark.parametrize(("guess", "end"), [("1e8", 1.0), ("-1e8", 0.0)])
def test_a_guess_in_a_link_beyond_the_ends_stands_at_the_end(guess, end):
    at = open_page(TWO, {"guess": guess})
    assert guess_drawn(at) == [end]
    assert f"**{100 * end:.0f} %**" in told_of_guess(at)["text"].replace("\u00a0", " ")


def test_a_guess_in_a_link_that_is_the_logarithm_of_no_number_is_left_alone():
    at = open_page(entry_named("bell_curve"), {"guess": "1e8"})
    assert not at.exception
    assert told_of_guess(at) is None
    assert guess_drawn(at) is None
