"""What a phone shows in its class: the round that is on, and nothing of anybody else."""

from __future__ import annotations

import time

import streamlit as st

from collapse_core.lessons.lesson import read_lesson
from ui.classroom.guess.phone import draw_guess, draw_own_results
from ui.classroom.guess.question import GUESS, is_results
from ui.classroom.names import seat_name
from ui.classroom.opening import Room
from ui.classroom.polling import PHONE_EVERY, follow, rhythm
from ui.classroom.seats import Seated
from ui.classroom.store import Pulse
from ui.classroom.telephone.phone import phone as telephone_phone

__all__ = ["draw_phone"]

SEEN_EVERY = 20.0  # seconds
SEEN = "class/seen"


def draw_phone(room: Room, place: Seated) -> None:
    """Draw the name of a seat and its round; go on when the round does."""
    pulse = place.store.pulse(place.of.id)
    asked = None if pulse is None or pulse.round_id is None else place.store.round(pulse.round_id)
    kind = "" if asked is None else str(asked.settings["kind"])
    name = seat_name(room.lesson, place.seat.name)
    st.caption(room.lesson.say("phone", "seat", name=name, code=place.of.code))
    with st.container(key="class_phone"):
        if asked is None:
            st.header(room.text("phone", "wait"), anchor=False)
        elif kind != GUESS:
            words = read_lesson("telephone")
            telephone_phone(place.store, asked, place.seat, words, room.look, token=place.token)
        elif is_results(asked.settings):
            draw_own_results(room, place)
        else:
            draw_guess(room, place, asked)
    shown = _watched(pulse, kind)

    def now() -> object:
        _note_that_it_is_there(place)
        return _watched(place.store.pulse(place.of.id), kind)

    follow(now, shown, rhythm(PHONE_EVERY))


def _watched(pulse: Pulse | None, kind: str) -> object:
    """Return what the phone shows of the class: of a guess it is not how many have answered."""
    if pulse is None:
        return None
    shown = (pulse.round_id, pulse.state)
    return shown if kind in ("", GUESS) else (*shown, pulse.version)


def _note_that_it_is_there(place: Seated) -> None:
    """Tell the store now and then that somebody sits there."""
    state, now = st.session_state, time.monotonic()
    if now - state.get(SEEN, -SEEN_EVERY) >= SEEN_EVERY:
        state[SEEN] = now
        place.store.saw(place.seat.id)
