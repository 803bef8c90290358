"""Comes into a class by its code, from a link or typed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from uuid import uuid4

import streamlit as st

from collapse_core.lessons.typed import in_code
from ui.classroom.connection import class_store
from ui.classroom.links import CODE, SEAT
from ui.classroom.opening import Room
from ui.classroom.store import Class, plain_code
from ui.classroom.tries import TRIES, Slowed

__all__ = ["ask_for_a_code", "class_in_link", "class_of", "sign"]

KNOWN = "class/known"  # the code of the class that this visit was in
TYPED = "class/typed"


def sign(room: Room, name: str, icon: str) -> None:
    """Draw a sentence that says what to do, in the place of all else."""
    with st.container(key="class_sign"):
        st.info(room.text("codes", name), icon=icon)


def class_in_link(room: Room) -> Class | None:
    """Return the class whose code the link holds; what is wrong with the code is said."""
    typed = st.query_params.get(CODE, "")
    if not typed:
        return None
    code = plain_code(typed)
    try:
        found = class_of(code)
    except Slowed as slowed:
        _say_slowed(room, slowed)
        return None
    if found is not None:
        return found
    if code and st.session_state.get(KNOWN) == code:
        sign(room, "ended", ":material/event_busy:")
    else:
        said = room.lesson.say("codes", "no_class", code=in_code(typed, 12))
        st.warning(said, icon=":material/search_off:")
    return None


def class_of(code: str) -> Class | None:
    """Return the class that a code opens; trying many wrong ones is slowed.

    Who is in already, by this visit or by a token in the link, tries nothing.

    Parameters
    ----------
    code : str
        As `plain_code` writes it.

    Raises
    ------
    Slowed
        If too many wrong codes were tried, from the same address or in all.
    """
    store, state = class_store(), st.session_state
    if not code or state.get(KNOWN) == code:
        return store.find(code)
    token = st.query_params.get(SEAT, "")
    found = store.find(code) if token else None
    if found is not None and store.seat(found.id, token) is not None:
        state[KNOWN] = code
        return found
    visit = state.setdefault("class/visit", uuid4().hex)
    address = st.context.ip_address
    found = TRIES.look_up(store.find, code, address, time.monotonic(), visit)
    if found is not None:
        state[KNOWN] = code
    return found


def _say_slowed(room: Room, slowed: Slowed) -> None:
    said = room.lesson.say("codes", "tries", seconds=max(1.0, math.ceil(slowed.seconds)))
    st.warning(said, icon=":material/hourglass_top:")


def ask_for_a_code(room: Room, button: str, pressed: Callable[[str], None]) -> None:
    """Draw the field for a code, and a button.

    Parameters
    ----------
    room : Room
        The opened page.
    button : str
        Key of the words on the button.
    pressed : callable
        Takes the code as it was typed.
    """
    state, words = st.session_state, room.lesson.words("codes")
    linked = st.query_params.get(CODE, "")
    if linked and state.get("class/linked") != linked:
        state["class/linked"] = linked
        state[TYPED] = plain_code(linked) or linked[:12]
    with st.form("class_code", border=False):
        st.text_input(
            words["label"],
            key=TYPED,
            help=words["help"],
            placeholder=words["placeholder"],
            max_chars=24,
            autocomplete="off",
        )
        st.form_submit_button(
            words[button],
            type="primary",
            width="stretch",
            on_click=lambda: pressed(str(state.get(TYPED, ""))),
        )
