"""The wall of a class, for the projector: how to join, and the round that is on."""

from __future__ import annotations

import streamlit as st

from collapse_core.lessons.lesson import read_lesson
from ui.classroom.connection import class_store
from ui.classroom.entering import ask_for_a_code, class_in_link
from ui.classroom.guess.question import GUESS, is_results
from ui.classroom.guess.results import draw_results
from ui.classroom.guess.wall import draw_question
from ui.classroom.links import CODE, join_link, shown_address
from ui.classroom.opening import Room
from ui.classroom.polling import WALL_EVERY, follow
from ui.classroom.store import Class, Pulse, Round, plain_code
from ui.classroom.telephone.wall import wall as telephone_wall
from ui.qr_code import qr_code

__all__ = ["class_of_the_wall", "draw_wall"]

SIDE_AND_ROUND = (1.0, 3.4)


def class_of_the_wall(room: Room) -> Class | None:
    """Return the class of the link; without one draw where to type its code."""
    found = class_in_link(room)
    if found is None:
        st.title(room.text("pages", "wall"), anchor=False)
        ask_for_a_code(room, "show", _show)
        st.caption(room.text("codes", "wall_help"))
    return found


def draw_wall(room: Room, of: Class) -> None:
    """Draw the wall of a class, and go on when something changes."""
    store = class_store()
    pulse = store.pulse(of.id)
    if pulse is None:  # ended between two queries, which the page says
        st.rerun()
    follow(lambda: store.pulse(of.id), pulse, WALL_EVERY)  # first: what fails is drawn again
    asked = None if pulse.round_id is None else store.round(pulse.round_id)
    if asked is None:
        _door(room, of, pulse)
        return
    with st.container(key="class_wall"):
        side, stage = st.columns(SIDE_AND_ROUND, gap="medium")
    with side:
        _how_to_join(room, of, pulse)
    with stage:
        _round(room, of, asked, pulse)


def _show(typed: str) -> None:
    st.query_params[CODE] = plain_code(typed) or typed.strip()[:24]


def _round(room: Room, of: Class, asked: Round, pulse: Pulse) -> None:
    """Draw what is on."""
    store = class_store()
    if asked.hidden:
        st.header(room.text("wall", "hidden"), anchor=False)
    elif asked.settings["kind"] != GUESS:
        telephone_wall(store, of, asked, read_lesson("telephone"), room.look)
    elif is_results(asked.settings):
        draw_results(room, store, asked.class_id)
    else:
        draw_question(room, store, asked, pulse)


def _door(room: Room, of: Class, pulse: Pulse) -> None:
    """Draw large how to join, before anything has begun."""
    with st.container(key="class_door"):
        code, words = st.columns([1.0, 1.6], gap="large", vertical_alignment="center")
        with code:
            _qr_code(room, of)
        with words:
            _address(room, of)
            st.markdown(room.text("wall", "wait" if of.joinable else "shut"))
            st.markdown(room.lesson.say("wall", "in_class", phones=pulse.seats))


def _how_to_join(room: Room, of: Class, pulse: Pulse) -> None:
    """Draw small how to join, beside what is on."""
    with st.container(key="class_side"):
        if of.joinable:
            _qr_code(room, of)
            _address(room, of)
        st.markdown(room.lesson.say("wall", "in_class", phones=pulse.seats))


def _address(room: Room, of: Class) -> None:
    st.markdown(room.lesson.say("wall", "join_at", address=shown_address()))
    with st.container(key="class_code_shown"):
        st.markdown(f"**{of.code}**")


def _qr_code(room: Room, of: Class) -> None:
    link = join_link(of.code)
    alt = room.lesson.say("wall", "qr_alt", link=link)
    with st.container(key="qr_code"):
        st.image(qr_code(link).svg(alt), width="stretch", alt=alt)
