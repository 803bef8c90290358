"""A phone takes a seat, and comes back to it: by its link, or by what its browser keeps."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui.classroom.connection import class_store
from ui.classroom.entering import ask_for_a_code, class_in_link, class_of
from ui.classroom.links import CODE, SEAT
from ui.classroom.opening import Room
from ui.classroom.seat_memory.component import kept_seat, remember
from ui.classroom.store import Class, ClassClosed, ClassStore, Seat, new_token, plain_code
from ui.classroom.tries import Slowed

__all__ = ["Seated", "take_a_seat"]

TOLD = "class/told"  # what is to be said of the last press: a key of [codes]
LOST = "class/lost"  # a token that has no seat any more


@dataclass(frozen=True)
class Seated:
    """A phone in its class.

    Parameters
    ----------
    store : ClassStore
        Of the class.
    of : Class
        The class.
    seat : Seat
        The phone's.
    token : str
        By which it answers.
    """

    store: ClassStore
    of: Class
    seat: Seat
    token: str


def take_a_seat(room: Room) -> Seated | None:
    """Return the seat of this phone; without one draw what to do, and return None."""
    found = class_in_link(room)
    if found is None:
        st.query_params.pop(SEAT, None)
        _door(room)
        return None
    store, token = class_store(), st.query_params.get(SEAT) or kept_seat(found.code)
    if token == st.session_state.get(LOST):
        token = ""
    seat = store.seat(found.id, token) if token else None
    if seat is None:
        if token:
            st.session_state.update({LOST: token, TOLD: "lost_seat"})
            st.query_params.pop(SEAT, None)
        remember(found.code, "" if token else None)
        _door(room)
        return None
    if st.query_params.get(SEAT) != token:
        st.query_params[SEAT] = token
    remember(found.code, token)
    return Seated(store, found, seat, token)


def _door(room: Room) -> None:
    """Draw what to type, and what was wrong."""
    st.title(room.text("pages", "join"), anchor=False)
    if told := st.session_state.pop(TOLD, ""):
        st.warning(room.text("codes", told), icon=":material/door_front:")
    ask_for_a_code(room, "join", _join)
    st.caption(room.text("codes", "private"))


def _join(typed: str) -> None:
    """Take a seat in the class whose code was typed; pressed twice it is the same seat."""
    code, state = plain_code(typed), st.session_state
    st.query_params[CODE] = code or typed.strip()[:24]
    if not code:
        return
    token = state.setdefault(f"class/new_seat/{code}", new_token())
    try:
        if class_of(code) is None:  # which the page says
            return
        class_store().join(code, token)
    except Slowed:
        return
    except ClassClosed as closed:
        if closed.reason != "unknown":
            state[TOLD] = closed.reason
        return
    st.query_params[SEAT] = token
