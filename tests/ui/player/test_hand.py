"""The clock's tick: from the hand, from the link, or the default."""

import pytest
from streamlit.testing.v1 import AppTest

from ui.player import hand

WAITING = 50


def page():
    import streamlit as st

    from ui.page_link import PageLink, linked_tick
    from ui.player.hand import clock_tick
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


def test_a_hand_may_rest_on_a_clock_that_was_never_sent_anywhere(monkeypatch):
    state = {}
    monkeypatch.setattr(hand.st, "session_state", state)
    hand.rest("steps", 4)
    assert state["steps_rests"] == 4
