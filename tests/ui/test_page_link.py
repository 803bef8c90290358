"""The link of a page: who is right, what is written, and what stays as it is."""

import importlib

import pytest
from streamlit.testing.v1 import AppTest

from collapse_core import Param
from ui.settings import Choice, Number, Switch, Words

SIZE = Number.of(Param("size", "n", 0, 100, 10, "A number."))
WEIGHT = Number.of(Param("weight", "w", 0.0, 1.0, 0.5, "A share.", step=0.01))
RUNS = Number.of(Param("runs", "R", 1, 1000, 100, "On a log scale.", scale="log"))
VIEW = Choice.of("view", ("one", "two", "own"), unlinked=("own",), preset=False)
FRESH, JAR = Switch(name="fresh", default=True), Words(name="jar")
SETTINGS = (SIZE, WEIGHT, RUNS, VIEW, FRESH, JAR)


def page():
    import streamlit as st
    from test_page_link import SETTINGS

    from ui.page_link import PageLink, arrive, last_link

    arrive(st.session_state.get("go_to", "here"))
    link = PageLink(
        st.session_state.get("go_to", "here"), {item.name: item for item in SETTINGS}, {"resting"}
    )
    link.fixed = st.session_state.get("fixed", ())
    if "change" in st.session_state:
        link.change(st.session_state.pop("change"))
    if "choose" in st.session_state:
        link.set(st.session_state.pop("choose"))
    if st.session_state.pop("start_over", False):
        link.start_over()
    st.session_state["changed"] = bool(link.differs(link.settings))
    st.session_state["left"] = {name: last_link(name) for name in ("here", "there")}
    st.session_state["read"] = {name: link[name] for name in link.settings}
    st.session_state["told"] = link.problems
    st.session_state["unread"] = link.unread
    if st.session_state.pop("ok", False):
        link.read_problems()
    link.write()


def opened(**link):
    at = AppTest.from_function(page)
    at.query_params.update(link)
    return ran(at)


def ran(at):
    at.run()
    assert not at.exception
    return at


def query(at):
    link = at.query_params.items()
    return {name: value if isinstance(value, str) else value[0] for name, value in link}


def moved(at, **values):
    """Move controls, as the browser does before the script runs."""
    for name, value in values.items():
        at.session_state[f"here/{name}"] = value
    return ran(at)


def values(at):
    return at.session_state["read"]


@pytest.mark.parametrize(
    ("link", "name", "value"),
    [
        ({"size": "7"}, "size", 7),
        ({"size": "7.0"}, "size", 7),
        ({"weight": "1"}, "weight", 1.0),
        ({"runs": "120"}, "runs", 120),
        ({"view": "two"}, "view", "two"),
        ({"fresh": "false"}, "fresh", False),
        ({"jar": " 9 a, 1 b "}, "jar", "9 a, 1 b"),
        ({}, "size", 10),
    ],
)
def test_a_link_is_read(link, name, value):
    at = opened(**link)
    assert values(at)[name] == value
    assert type(values(at)[name]) is type(value)
    assert query(at) == link, "it says what is shown, and stays as it is"


def test_values_are_spelled_as_ever():
    at = moved(opened(), size=3, weight=0.25, runs=120, view="two", fresh=False, jar="9 a, 1 b")
    assert query(at) == {
        "size": "3",
        "weight": "0.25",
        "runs": "120",
        "view": "two",
        "fresh": "false",
        "jar": "9 a, 1 b",
    }
    assert query(moved(at, weight=1.0))["weight"] == "1"


def test_a_default_is_left_out_once_the_link_is_written():
    at = moved(opened(size="10", weight="0.1"), weight=0.2)
    assert query(at) == {"weight": "0.2"}


@pytest.mark.parametrize("text", ["abc", "", "nan", "1e999", "-1", "2.5", "9" * 400])
def test_junk_is_told_once_and_taken_out(text):
    at = opened(size=text, weight="0.25")
    assert values(at)["size"] == 10
    assert len(at.session_state["told"]) == 1
    assert query(at) == {"weight": "0.25"}
    assert not ran(at).session_state["told"]


def went(at, **link):
    """Change the address, as Back does."""
    at.query_params.clear()
    at.query_params.update(link)
    return ran(at)


def test_junk_that_was_read_is_told_no_more_and_none_hides_another():
    at = opened(size="1e309")
    went(at, weight="abc")
    assert len(at.session_state["unread"]) == 2, "the second does not take the place of the first"
    at.session_state["ok"] = True
    ran(at)
    went(at, size="1e309")
    assert not at.session_state["unread"]
    went(at, size="nan")
    assert len(at.session_state["unread"]) == 1


def test_junk_that_is_read_before_the_link_is_written_stays_read():
    at = opened()
    problem = "`size=abc` (whole numbers from 0 to 100 are allowed)"
    at.session_state["here/problems"] = {problem: True}
    went(at, size="abc")
    assert at.session_state["told"] == [problem]
    assert not at.session_state["unread"]


@pytest.mark.parametrize("link", [{"size": "abc"}, {"sise": "3"}, {"resting": "4"}])
def test_back_leads_past_a_link_that_holds_something_in_vain(link):
    at = opened(**link)
    assert query(at) == {}
    went(at, **link)
    assert query(at) == link, "one more entry would lead Back to it for ever"
    assert query(moved(at, size=3)) == {"size": "3"}


def test_a_complaint_stays_on_its_page():
    at = opened(size="abc")
    at.session_state["go_to"] = "there"
    went(at)
    assert not at.session_state["unread"]
    at.session_state["go_to"] = "here"
    assert went(at).session_state["unread"]


def test_unknown_names_are_told_and_those_of_another_view_are_not():
    at = opened(sise="3", resting="4", projector="true")
    assert [problem.split("=")[0] for problem in at.session_state["told"]] == ["`sise"]
    assert query(at) == {"projector": "true"}


def test_a_control_that_was_moved_outranks_a_link_that_has_not_followed_yet():
    at = moved(opened(size="3"), size=5)
    at.query_params["size"] = "3"  # the browser has not heard of the 5 yet
    moved(at, size=6)
    assert values(at)["size"] == 6
    assert query(at) == {"size": "6"}


@pytest.fixture
def by_no_history(monkeypatch):
    """Return a function after which no run says that Back led to it, as after a press."""
    runs = importlib.import_module("streamlit.testing.v1.local_script_runner")
    said = runs.RerunData.func
    return lambda: monkeypatch.setattr(runs, "RerunData", said)


def test_a_run_that_was_asked_for_before_the_link_followed_does_not_lead_back(by_no_history):
    at = moved(opened(size="3"), size=5)
    by_no_history()
    at.query_params["size"] = "3"  # the browser has not heard of the 5 yet
    ran(at)
    assert values(at)["size"] == 5
    assert query(at) == {"size": "5"}


def test_the_link_before_is_read_once_the_browser_has_surely_followed(by_no_history, monkeypatch):
    at = moved(opened(size="3"), size=5)
    by_no_history()
    monkeypatch.setattr("ui.page_link.FOLLOWS", 0.0)
    at.query_params["size"] = "3"
    ran(at)
    assert values(at)["size"] == 3


def test_another_link_is_read_whoever_led_to_it(by_no_history):
    at = moved(opened(size="3"), size=5)
    by_no_history()
    at.query_params["size"] = "4"
    ran(at)
    assert values(at)["size"] == 4


def test_back_takes_all_values_from_the_link():
    at = moved(opened(size="3"), size=5, fresh=False)
    at.query_params.clear()
    at.query_params["size"] = "3"
    ran(at)
    assert (values(at)["size"], values(at)["fresh"]) == (3, True)


def test_a_preset_sets_all_but_what_it_leaves_alone():
    at = opened(size="3", view="two", fresh="false")
    at.session_state["choose"] = {"weight": 1, "runs": 10}
    ran(at)
    assert query(at) == {"weight": "1", "runs": "10", "view": "two"}


def test_what_a_link_cannot_hold_is_not_in_it():
    at = moved(opened(view="two"), view="own")
    assert query(at) == {}
    assert values(ran(at))["view"] == "own", "a link without it does not undo it"


def test_settings_stay_on_their_page():
    at = moved(opened(), size=5)
    at.session_state["go_to"] = "there"
    at.query_params.clear()
    ran(at)
    assert values(at)["size"] == 10
    at.session_state["there/size"] = 8
    ran(at)
    at.session_state["go_to"] = "here"
    at.query_params.clear()
    at.query_params["size"] = "5"
    ran(at)
    assert values(at)["size"] == 5
    assert query(at) == {"size": "5"}


def test_starting_over_sets_everything_back_and_empties_the_link():
    at = opened(size="5", fresh="false", view="two", projector="true")
    assert at.session_state["changed"]
    at.session_state["start_over"] = True
    ran(at)
    assert values(at) == {item.name: item.default for item in SETTINGS}
    assert query(at) == {"projector": "true"}
    assert not at.session_state["changed"]


def test_the_menu_knows_how_another_page_was_left():
    at = opened(size="5")
    at.session_state["go_to"] = "there"
    at.query_params.clear()
    ran(at)
    assert at.session_state["left"] == {"here": {"size": "5"}, "there": {}}
    moved_there = at.session_state["left"]["here"]
    at.session_state["go_to"] = "here"
    at.query_params.update(moved_there)
    ran(at)
    assert values(at)["size"] == 5
    assert at.session_state["left"] == {"here": {}, "there": {}}


def test_a_link_with_an_older_name_of_a_choice_is_understood_and_left_alone():
    from opened import entry_named, open_page, setting

    link = {"policy": "fraction", "share": "0.5", "sample_size": "20", "generations": "1"}
    at = open_page(entry_named("any_model"), link)
    assert not at.warning
    assert setting(at, "policy") == "real_share"
    assert query(at)["policy"] == "fraction"


@pytest.mark.parametrize("how", ["choose", "change"])
def test_what_is_fixed_is_changed_by_no_action(how):
    at = opened(size="20", weight="0.7")
    at.session_state["fixed"] = ("size",)
    at.session_state[how] = {"size": 30, "weight": 0.2}
    assert values(ran(at))["size"] == 20
    assert values(at)["weight"] == 0.7, "and nothing of it is done in part"
    at.session_state[how] = {"size": 20, "weight": 0.2}
    assert values(ran(at))["weight"] == 0.2
