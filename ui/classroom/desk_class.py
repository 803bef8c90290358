"""The class at the desk: its code, its links, its door, its table, and its end."""

from __future__ import annotations

import streamlit as st

from ui.classroom.links import join_link, only_here, wall_link
from ui.classroom.names import seat_name
from ui.classroom.opening import Room
from ui.classroom.store import Pulse
from ui.classroom.table import answers_as_csv
from ui.classroom.teacher import Teacher, pressed
from ui.qr_code import qr_code

__all__ = ["draw_class"]

JOINABLE = "desk/joinable"


def draw_class(room: Room, teacher: Teacher, pulse: Pulse) -> None:
    """Draw how to join the class, and what can be done with the whole of it.

    Parameters
    ----------
    room : Room
        The opened page.
    teacher : Teacher
        Of the class.
    pulse : Pulse
        How many are there.
    """
    words, code = room.lesson.words("desk"), teacher.of.code
    with st.container(key="class_code_shown"):
        st.markdown(f"**{code}**")
    st.link_button(
        words["wall"],
        wall_link(code),
        icon=":material/cast_for_education:",
        help=words["wall_help"],
        width="stretch",
    )
    link = join_link(code)
    st.markdown(words["link"])
    st.code(link, language=None, wrap_lines=True)
    if only_here():
        st.warning(words["here_only"], icon=":material/wifi_off:")
    alt = room.lesson.say("wall", "qr_alt", link=link)
    with st.container(key="qr_code"):
        st.image(qr_code(link).svg(alt), width=190, alt=alt)
    _door(room, teacher, pulse)
    _table_and_end(room, teacher)
    st.caption(words["yours"])


def _door(room: Room, teacher: Teacher, pulse: Pulse) -> None:
    """Draw who is there, and the switch that lets others in or not."""
    words, state = room.lesson.words("desk"), st.session_state
    state[JOINABLE] = teacher.of.joinable

    def changed() -> None:
        store, of = teacher.store, teacher.of
        pressed(lambda: store.set_joinable(of.id, teacher.token, bool(state[JOINABLE])))

    st.toggle(words["joinable"], key=JOINABLE, help=words["joinable_help"], on_change=changed)
    st.markdown(room.lesson.say("desk", "phones", phones=pulse.seats))
    who = st.expander(words["names"], key="desk/names", on_change="rerun")
    if who.open:
        seats = teacher.store.seats(teacher.of.id)
        who.markdown(", ".join(seat_name(teacher.of, seat.name) for seat in seats) or "–")


def _table_and_end(room: Room, teacher: Teacher) -> None:
    """Draw the download of all answers, and the button that deletes them."""
    words, store = room.lesson.words("desk"), teacher.store
    of, token = teacher.of, teacher.token
    with st.container(horizontal=True):
        st.download_button(
            words["csv"],
            lambda: answers_as_csv(of, store.export(of.id, token)),
            file_name=f"class-{of.code}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/table:",
            help=words["csv_help"],
        )
        with st.popover(words["end"], icon=":material/logout:", help=words["end_help"]):
            st.markdown(words["end_help"])
            st.button(
                words["end_sure"],
                type="primary",
                icon=":material/delete_forever:",
                on_click=pressed,
                args=(lambda: store.end_class(of.id, token), "over"),
            )
