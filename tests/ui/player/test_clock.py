"""The clock's tick: from the hand, from the link, or the default."""

import pytest
from streamlit.testing.v1 import AppTest

from collapse_core import Anchors, ClosedLoop, families
from collapse_core.figures.look import LIGHT
from collapse_core.topics.two_colours.figure import two_colours_figure
from ui.player import clock

WAITING = 50


def page():
    import streamlit as st

    from ui.page_link import PageLink, linked_tick
    from ui.player.clock import clock_tick
    from ui.settings import TICK

    state = st.session_state
    last = state.get("last", 100)
    default = min(state.get("default", 50), last)
    if state.get("linked", True):
        link = PageLink("demo", {TICK.name: TICK})
        state["shown"] = linked_tick(link, "demo", last, default, done=state.get("done"))
        link.write()
    else:
        state["shown"] = clock_tick("demo", last, default)


def opened(link=None, **state):
    at = AppTest.from_function(page)
    for key, value in state.items():
        at.session_state[key] = value
    if link is not None:
        at.query_params["generation"] = link
    return at.run()


def hand_rests_at(at, tick):
    """Do what the browser's message does when the hand comes to rest."""
    state = at.session_state["demo_state"]
    state["moved"] = True
    at.session_state[state["rests_in"]] = tick
    return at.run()


def shown(at):
    assert not at.exception
    return at.session_state["shown"]


@pytest.mark.parametrize(
    ("link", "tick"),
    [
        (None, 50),
        ("0", 0),
        ("7", 7),
        ("100", 100),
        ("101", 100),
        ("999999999999", 50),  # out of range, which the page says
        ("-4", 50),
        ("soon", 50),
        ("", 50),
        ("1.5", 50),
        ("٧", 7),
    ],
)
def test_the_tick_of_a_link(link, tick):
    assert shown(opened(link)) == tick


def test_the_link_holds_the_tick_unless_it_is_the_default():
    at = opened()
    assert "generation" not in at.query_params
    hand_rests_at(at, 80)
    assert shown(at) == 80
    assert at.query_params["generation"] == "80"
    at.run()
    assert shown(at) == 80
    hand_rests_at(at, WAITING)
    assert "generation" not in at.query_params


def test_back_moves_the_hand():
    at = opened()
    hand_rests_at(at, 80)
    hand_rests_at(at, 90)
    moved = at.session_state["demo_state"]["seek"]
    at.query_params["generation"] = "80"
    at.run()
    assert shown(at) == 80
    assert at.session_state["demo_state"]["seek"] == moved + 1
    del at.query_params["generation"]
    at.run()
    assert shown(at) == WAITING
    assert at.session_state["demo_state"]["seek"] == moved + 2


def test_the_hand_wins_over_a_link_that_has_not_followed_yet():
    at = opened("30")
    hand_rests_at(at, 31)
    assert shown(at) == 31
    assert at.query_params["generation"] == "31"


def test_a_hand_that_nobody_moved_follows_the_default():
    at = opened()
    at.session_state["last"] = 20
    at.run()
    assert shown(at) == 20
    assert "generation" not in at.query_params


def test_a_hand_waits_for_what_is_computed_and_goes_where_the_link_says():
    at = opened("7", done=2)
    assert shown(at) == 2
    assert at.query_params["generation"] == "7"
    seek = at.session_state["demo_state"]["seek"]
    for done in (2, 5, 60):
        at.session_state["done"] = done
        at.run()
        assert shown(at) == min(done, 7)
        assert at.query_params["generation"] == "7"
    assert at.session_state["demo_state"]["seek"] == seek + 2


def test_a_hand_that_nobody_moved_stays_with_the_last_one_computed():
    at = opened(done=3, default=100)
    assert shown(at) == 3
    at.session_state["done"] = 100
    at.run()
    assert shown(at) == 100
    assert "generation" not in at.query_params


def test_a_hand_beyond_a_shorter_run_stands_at_its_end_and_comes_back():
    at = opened("90")
    at.session_state["last"] = 60
    at.run()
    assert shown(at) == 60
    at.session_state["last"] = 100
    at.run()
    assert shown(at) in (60, 90)


def test_a_clock_without_a_link_leaves_the_link_alone():
    at = opened("7", linked=False)
    assert shown(at) == 50
    assert at.query_params["generation"] == "7"
    hand_rests_at(at, 3)
    assert shown(at) == 3
    assert at.query_params["generation"] == "7"


# --------------------------------------------------------------------------- stamps of pictures


def figure(policy=None, *, seed=1, look=LIGHT, **changes):
    policy = policy or Anchors(0)
    loop = ClosedLoop(families.Bernoulli(0.1), policy, 20, 10)
    return two_colours_figure(loop.simulate(5, seed), loop.exact(), 0, look=look, **changes)


def test_the_same_picture_has_the_same_stamp():
    assert clock._stamp(figure()) == clock._stamp(figure())


@pytest.mark.parametrize(
    "changes",
    [
        {"policy": Anchors(1)},
        {"seed": 2},
        {"look": LIGHT.sized(1.35)},
        {"look": LIGHT.sized(narrow=True)},
        {"hidden": "guess first"},
        {"guess": (5, 0.5)},
        {"names": ("red", "green")},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_picture_has_another_stamp(changes):
    assert clock._stamp(figure(**changes)) != clock._stamp(figure())


def test_a_hand_may_rest_on_a_clock_that_was_never_sent_anywhere(monkeypatch):
    state = {"steps": {"tick": 4}}
    monkeypatch.setattr(clock.st, "session_state", state)
    clock._remember_tick("steps")
    assert state["steps_rests"] == 4
