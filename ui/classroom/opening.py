"""Opens a page of a class: no menu, no story; what all pages have besides."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from collapse_core.figures.look import Look
from collapse_core.lessons.lesson import Lesson, read_lesson
from ui import style, visit
from ui.keyboard import component as keyboard
from ui.player import components
from ui.reconnect import component as reconnect
from ui.shell import PROJECTOR_SCALE, entry_of, look_of, set_up

__all__ = ["LESSON", "Room", "open_room"]

LESSON = "classroom"


@dataclass(frozen=True)
class Room:
    """An opened page of a class.

    Parameters
    ----------
    key : {"join", "wall", "desk"}
        Which one.
    lesson : Lesson
        The words of all three.
    look : Look
        Colours and sizes of its figures: on the wall they are those of a projector.
    """

    key: str
    lesson: Lesson
    look: Look

    def text(self, table: str, name: str) -> str:
        """Return a text of the lesson."""
        return self.lesson.text(table, name)


def open_room(key: str) -> Room:
    """Set a page of a class up.

    Parameters
    ----------
    key : {"join", "wall", "desk"}
        Of the page.
    """
    visit.begin()
    set_up(entry_of(key))
    _keep_language()
    wall = key == "wall"
    look = look_of(PROJECTOR_SCALE if wall else 1.0)
    style.start(look, embedded=False, projector=wall, more=("classroom",))
    components.start()
    keyboard.start()
    reconnect.start(key)
    return Room(key, read_lesson(LESSON), look)


def _keep_language() -> None:
    """Let the link hold the language that was picked, and the menu offer the others."""
    st.query_params.update(visit.picked())
    visit.written()
    with st.sidebar:
        visit.languages_to_pick()
