"""Guided paths: the place is in the link, every stop has a page, what is tried can be set."""

from importlib import import_module

import pytest
from first_always import first_always
from opened import HOME, entry_named, open_page, said, setting, told_of_guess

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.experiment import Experiment
from ui.catalogue import EXPERIMENTS
from ui.guided_path.stops import Place, guided_paths

TWO, TAILS, COPIER = (entry_named(key) for key in ("two_colours", "vanishing_tails", "photocopier"))
LAST = entry_named("early_warning")
PATHS = guided_paths()


def ways(at):
    """Return where the links of the strip lead, by their label."""
    return {
        link.value: dict(part.split("=") for part in link.proto.query_string.split("&") if part)
        for link in at.main.page_link
    }


@pytest.mark.parametrize(("key", "stops"), [("30", 8), ("90", 16)])
def test_a_path_takes_as_long_as_it_says(key, stops):
    path = PATHS[key]
    assert path.minutes == int(key)
    assert len(path.stops) == stops
    pages = [stop.page for stop in path.stops]
    assert len(set(pages)) == stops
    assert set(pages) <= {entry.key for entry in EXPERIMENTS}


@pytest.mark.parametrize("stop", PATHS["90"].stops, ids=lambda stop: stop.page)
def test_what_is_to_be_tried_can_be_set(stop):
    module = import_module(f"collapse_core.topics.{stop.page}.question")
    kinds = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Experiment) and kind is not Experiment
    ]
    # What is no field of an experiment is a switch of the page, which its presets set too.
    switches = {name for preset in read_lesson(stop.page).presets for name in preset.values}
    fitting = [kind for kind in kinds if set(stop.values) <= {*kind.defaults, *switches}]
    assert fitting, f"no experiment has {set(stop.values)}"
    for kind in fitting:
        asked = {name: value for name, value in stop.values.items() if name in kind.defaults}
        assert kind(**asked) != kind()


def test_a_stop_says_what_to_notice_and_leads_on():
    at = open_page(TAILS, {"path": "30", "stop": "2"})
    stop = PATHS["30"].stops[1]
    assert f"**Notice.** {stop.notice}" in said(at)
    assert "Longer" not in said(at)
    found = ways(at)
    assert found["Back to Two colours"] == {"path": "30", "stop": "1"}
    assert found["Next: Bell curve"] == {"path": "30", "stop": "3"}
    assert told_of_guess(at)["state"] == "asking", "the place tells no answer away"
    assert not at.warning


def test_the_long_path_has_more_to_try():
    assert PATHS["90"].stops[1].further in said(open_page(TAILS, {"path": "90", "stop": "2"}))


def test_without_a_path_and_inside_another_page_there_is_no_strip():
    assert "Notice" not in said(open_page(TWO))
    link = {"path": "30", "stop": "1"}
    assert "Notice" not in said(open_page(TWO, link, context={"is_embedded": True}))


def test_the_link_keeps_the_place_and_the_menu_carries_it():
    at = open_page(TWO, {"path": "30", "stop": "1"})
    at.session_state["two_colours/anchors"] = 2
    at.run()
    assert at.query_params["path"] == "30"
    assert at.query_params["anchors"] == "2"
    menu = {link.value: link.proto.query_string for link in at.sidebar.page_link}
    assert "path=30&stop=2" in menu["Vanishing tails"], "a page of the path is its own stop"
    assert "path=30&stop=1" in menu["Photocopier"], "another one keeps the place"


def test_beside_the_path_the_strip_leads_back():
    at = open_page(COPIER, {"path": "30", "stop": "2"})
    assert "You left the path at stop 2 of 8" in said(at)
    assert ways(at)["Go on: Vanishing tails"] == {"path": "30", "stop": "2"}
    assert "Go on: Vanishing tails" in ways(open_page(HOME, {"path": "30", "stop": "2"}))


def test_what_is_tried_moves_the_controls_and_keeps_guess_and_place():
    at = open_page(TWO, {"path": "30", "stop": "1", "guess": "0.5"})
    at.button(key="guided_path_try").click().run()
    assert setting(at, "anchors") == 1
    assert setting(at, "guess") == "0.5"
    assert dict(at.query_params.items())["stop"] == "1"
    assert "was for other settings" in told_of_guess(at)["text"]


def test_who_leaves_finds_the_stop_again_at_home():
    at = open_page(TAILS, {"path": "30", "stop": "2"})
    at.button(key="guided_path_close").click().run()
    assert "path" not in at.query_params
    assert "Notice" not in said(at)
    at.switch_page("app.py").run()
    assert ways(at)["Go on: stop 2 of 8"] == {"path": "30", "stop": "2"}


def test_all_stops_and_the_other_path_are_a_press_away():
    at = open_page(TWO, {"path": "30", "stop": "1"}, state={"guided_path_stops": True})
    found = ways(at)
    for number, stop in enumerate(PATHS["30"].stops, start=1):
        name = entry_named(stop.page).title
        label = f"{number}. {name} · {stop.minutes} minutes"
        assert found[label] == {"path": "30", "stop": str(number)}
    assert found["The path of 90 minutes (16 stops)"] == {"path": "90", "stop": "1"}


def test_the_last_stop_leads_to_the_guesses():
    at = open_page(LAST, {"path": "30", "stop": "8"})
    assert ways(at)["Next: your guesses"] == {"path": "30", "stop": "8"}
    assert "That was the path" in said(
        open_page(entry_named("your_guesses"), ways(at)["Next: your guesses"])
    )


@pytest.mark.parametrize(
    ("link", "shown"),
    first_always(
        [
            ({"path": "30", "stop": "99"}, True),
            ({"path": "30", "stop": "junk"}, False),
            ({"path": "31", "stop": "1"}, False),
            ({"path": "30"}, True),
            ({"stop": "3"}, False),
            ({"path": "30", "stop": "²"}, False),
        ],
        3,
    ),
)
def test_junk_in_the_link_is_no_stop(link, shown):
    at = open_page(TWO, link)
    assert not at.exception
    assert ("Notice" in said(at)) == shown
    assert bool(at.warning) == (link.get("path") == "31" or link.get("stop") in ("junk", "²"))


def test_a_place_stays_on_its_path():
    place = Place(PATHS["30"], 3)
    assert [place.at(number).number for number in (-4, 0, 5, 8, 9)] == [1, 1, 5, 8, 8]
    assert place.at(8).last
    assert not place.last
