"""A control for some of several: what it holds, how a link spells it, what it refuses."""

import pytest
from streamlit.testing.v1 import AppTest

from collapse_core.topics.mitigation_lab.question import REMEDIES, MitigationLab
from ui.settings import Several, settings_of

REMEDY = settings_of(MitigationLab)["remedies"]


def test_it_follows_the_experiment():
    assert isinstance(REMEDY, Several)
    assert (REMEDY.options, REMEDY.most) == (REMEDIES, 4)
    assert REMEDY.write(REMEDY.default) == MitigationLab().remedies


def test_the_order_is_that_of_the_options_and_a_link_is_read_back():
    chosen = REMEDY.usable(["judge", "fresh"])
    assert chosen == ["fresh", "judge"]
    assert REMEDY.write(chosen) == "fresh-judge"
    assert REMEDY.read("judge-fresh") == chosen == REMEDY.in_link(["judge", "fresh"])
    assert REMEDY.usable("") == []
    assert MitigationLab(remedies=REMEDY.write(chosen)).asked == ("fresh", "judge")


@pytest.mark.parametrize("bad", ["nothing", "fresh-nothing", "fresh-fixed-golden-hybrid-prior"])
def test_what_is_no_such_choice_is_refused(bad):
    with pytest.raises(ValueError, match="at most 4 of fresh"):
        REMEDY.usable(bad)


def drawn():
    import streamlit as st

    from collapse_core.topics.mitigation_lab.question import MitigationLab
    from ui.settings import settings_of
    from ui.widgets import draw

    setting = settings_of(MitigationLab)["remedies"]

    class Link:
        def key(self, name):
            return f"lab/{name}"

    class Said(dict):
        def variant(self, name):
            return self

        def option(self, name):
            return name.title()

    st.session_state.setdefault("lab/remedies", setting.default)
    words = Said(label="Remedies", help="What is tried.", placeholder="Choose some")
    st.session_state["answer"] = draw(setting, Link(), lambda name: words)


def test_the_control_gives_the_text_of_the_experiment():
    at = AppTest.from_function(drawn).run()
    assert at.session_state["answer"] == MitigationLab().remedies
    at.multiselect[0].set_value(["judge", "accumulate"]).run()
    assert not at.exception
    assert at.session_state["answer"] == "accumulate-judge"
