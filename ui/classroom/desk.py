"""The teacher's desk: the class, what is on now, and what comes next."""

from __future__ import annotations

import streamlit as st

from ui.classroom.desk_class import draw_class
from ui.classroom.desk_next import draw_next
from ui.classroom.desk_now import draw_now
from ui.classroom.opening import Room
from ui.classroom.polling import DESK_EVERY, follow
from ui.classroom.teacher import Teacher, told

__all__ = ["draw_desk"]

CLASS_AND_ROUND = (1.0, 2.1)


def draw_desk(room: Room, teacher: Teacher) -> None:
    """Draw the desk, and go on when something changes.

    Parameters
    ----------
    room : Room
        The opened page.
    teacher : Teacher
        Of the class.
    """
    pulse = teacher.store.pulse(teacher.of.id)
    if pulse is None:  # ended between two queries, which the page says
        st.rerun()
    # First: what fails is drawn again.
    follow(lambda: teacher.store.pulse(teacher.of.id), pulse, DESK_EVERY)
    told(room)
    left, right = st.columns(CLASS_AND_ROUND, gap="large")
    with left:
        draw_class(room, teacher, pulse)
    with right:
        draw_now(room, teacher, pulse)
        draw_next(room, teacher)
