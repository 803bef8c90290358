"""A class in memory that plays telephone, and what its phones and its wall drew."""

import json
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from ui.classroom.store import ClassStore
from ui.classroom.telephone.rehearsal import rehearse

START = 1_800_000_000.0
TIMEOUT = 60


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


def playing(**settings):
    """Return a class with one round of telephone: store, clock, round, code and teacher."""
    clock = Clock()
    store = ClassStore.at("sqlite://", clock)
    opened, teacher = store.open_class("en")
    asked = store.begin_round(opened.id, teacher, {"kind": "telephone", **settings})
    return SimpleNamespace(
        store=store, clock=clock, round=asked, code=opened.code, of=opened, teacher=teacher
    )


def rehearsed(room, kinds=("ideal",) * 6, turns=10**6, round_=None):
    """Let simulated learners play up to so many turns; return how many they played."""
    played = 0
    while played < turns and (
        more := rehearse(
            room.store, round_ or room.round, room.teacher, kinds=kinds, plays=turns - played
        )
    ):
        played += more
    return played


def drawn(function, **given):
    """Return a page that draws one function of telephone."""
    return AppTest.from_function(function, kwargs=given, default_timeout=TIMEOUT).run()


def draw_phone(store, round_id, token, code="en"):
    from collapse_core.figures.look import LIGHT
    from collapse_core.lessons.language import speak
    from ui.classroom.telephone.phone import draw_telephone, standing

    speak(code)
    asked = store.round(round_id)
    stands = standing(store, asked, store.seat(asked.class_id, token), token)
    draw_telephone(store, asked, stands, LIGHT, token=token)


def draw_wall(store, round_id, code="en"):
    from collapse_core.figures.look import DARK
    from collapse_core.lessons.language import speak
    from collapse_core.lessons.lesson import read_lesson
    from ui.classroom.telephone.wall import wall

    speak(code)
    asked = store.round(round_id)
    of = store.class_of(asked.class_id)
    wall(store, of, asked, read_lesson("telephone"), DARK)


def draw_settings(code="en"):
    import streamlit as st

    from collapse_core.lessons.language import speak
    from collapse_core.lessons.lesson import read_lesson
    from ui.classroom.telephone.settings import settings_form

    speak(code)
    st.session_state["made"] = settings_form(read_lesson("telephone"))


def draw_rehearsal(store, round_id, token, code="en"):
    from collapse_core.lessons.language import speak
    from collapse_core.lessons.lesson import read_lesson
    from ui.classroom.telephone.rehearsal import rehearsal

    speak(code)
    rehearsal(store, store.round(round_id), token, read_lesson("telephone"))


def turn_of(at):
    """Return what was sent to a phone for its turn; None where it has none."""
    assert not at.exception
    sent = [part.proto for part in at.get("bidi_component")]
    found = [json.loads(part.json) for part in sent if part.component_name == "telephone_turn"]
    return found[0] if found else None


def phone_of(room, token, code="en"):
    """Return the page of a phone."""
    return drawn(draw_phone, store=room.store, round_id=room.round.id, token=token, code=code)


def wall_of(room, round_=None, code="en"):
    """Return the page of the wall."""
    at = drawn(draw_wall, store=room.store, round_id=(round_ or room.round).id, code=code)
    assert not at.exception
    return at


def words_of(at):
    """Return every text of a page in one."""
    kinds = ("markdown", "caption", "info", "success", "warning", "header")
    return "\n".join(str(part.value) for kind in kinds for part in at.get(kind))
