"""The teacher of a class: who has the token, in the session and in the desk's own link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from collapse_core.lessons.language import language
from ui.classroom.connection import class_store
from ui.classroom.links import CODE, KEY
from ui.classroom.opening import Room
from ui.classroom.store import Class, ClassStore, RoundClosed, new_token

__all__ = ["Teacher", "open_a_class", "pressed", "teacher_of", "told"]

NEW, TOLD = "class/new", "class/desk_told"


@dataclass(frozen=True)
class Teacher:
    """The teacher at the desk.

    Parameters
    ----------
    store : ClassStore
        Of the class.
    of : Class
        The class.
    token : str
        Without it nothing is closed, read out or ended.
    """

    store: ClassStore
    of: Class
    token: str


def teacher_of(room: Room) -> Teacher | None:
    """Return the teacher of the class in the link; None, with a sentence, where it opens none."""
    code, token = st.query_params.get(CODE, ""), st.query_params.get(KEY, "")
    if not (code or token):
        return None
    store = class_store()
    found = store.find(code)
    if found is not None and store.teacher(found.id, token):
        return Teacher(store, found, token)
    for name in (CODE, KEY):
        st.query_params.pop(name, None)
    if st.session_state.get(TOLD) is None:
        st.session_state[TOLD] = "unknown"
    return None


def open_a_class() -> None:
    """Open a class, and let the link hold its token; pressed twice it is the same class."""
    state = st.session_state
    opened, token = class_store().open_class(language(), state.setdefault(NEW, new_token()))
    state.pop(NEW)
    state.pop(TOLD, None)
    st.query_params.update({CODE: opened.code, KEY: token})


def pressed(action: Callable[[], object], after: str = "") -> None:
    """Do what a button of the desk does; where that is refused the desk says so.

    Parameters
    ----------
    action : callable
        Changes the class.
    after : str
        What to say then: a key of ``[desk]``.
    """
    try:
        action()
    except (PermissionError, RoundClosed):
        st.session_state[TOLD] = "refused"
    else:
        if after:
            st.session_state[TOLD] = after


def told(room: Room) -> None:
    """Say once what became of the last press, where there is something to say."""
    if name := st.session_state.pop(TOLD, ""):
        st.info(room.text("desk", name), icon=":material/info:")
