"""The desk before there is a class: what a class is, and the button that opens one."""

from __future__ import annotations

import streamlit as st

from ui.classroom.guess.question import pages_that_ask
from ui.classroom.links import only_here
from ui.classroom.opening import Room
from ui.classroom.store.classes import DAY
from ui.classroom.teacher import open_a_class, told
from ui.shell import entry_of

__all__ = ["offer_a_class"]


def offer_a_class(room: Room) -> None:
    """Draw what a live class is, and the button that opens one."""
    st.title(room.text("desk", "title"), anchor=False)
    told(room)
    st.markdown(room.text("desk", "what"))
    if (page := st.query_params.get("page", "")) in pages_that_ask():
        entry = entry_of(page)
        said = room.lesson.say("desk", "opened_from", page=entry.title, question=entry.question)
        st.info(said, icon=":material/psychology_alt:")
    st.markdown(room.text("desk", "steps"))
    st.button(
        room.text("desk", "open"),
        type="primary",
        icon=":material/co_present:",
        on_click=open_a_class,
    )
    st.caption(room.lesson.say("desk", "kept", hours=DAY / 3600.0))
    if only_here():
        st.warning(room.text("desk", "here_only"), icon=":material/wifi_off:")
