"""The settings form of the desk."""

import pytest
from telephone_class import draw_settings, drawn, playing

from collapse_core.classroom.games import GAMES
from collapse_core.classroom.rounds import DEFAULTS, VARIANTS


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_form_begins_with_the_defaults_and_names_everything(code):
    at = drawn(draw_settings, code=code)
    assert not at.exception
    made = at.session_state["made"]
    assert {**made, "seed": 0} == {**DEFAULTS, "seed": 0}
    assert [len(box.options) for box in at.selectbox] == [len(GAMES), len(VARIANTS)]
    assert all(control.label and control.help for control in (*at.selectbox, *at.slider))


@pytest.mark.parametrize("end", [0, 1])
def test_whatever_is_set_can_be_begun(end):
    at = drawn(draw_settings)
    for slider in at.slider:
        slider.set_value((slider.min, slider.max)[end])
    at.selectbox[0].set_value("bars")
    at.selectbox[1].set_value("judge")
    at.run()
    made = at.session_state["made"]
    assert (made["game"], made["variant"]) == ("bars", "judge")
    assert playing(**made).round.settings["draws"] == made["draws"] == (2, 24)[end]


def test_two_rounds_have_different_seeds():
    seeds = {drawn(draw_settings).session_state["made"]["seed"] for _ in range(3)}
    assert len(seeds) > 1
