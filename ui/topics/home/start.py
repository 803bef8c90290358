"""Where to start: the guided paths, or where one was left, and the loop as a drawing."""

from __future__ import annotations

import streamlit as st

from collapse_core.figures.look import Look
from collapse_core.lessons.lesson import Lesson
from ui.guided_path.stops import Place, guided_paths
from ui.guided_path.strip import LEFT
from ui.shell import path_link
from ui.topics.home.loop_drawing import loop_drawing

__all__ = ["one_turn", "start_here"]


def start_here(lesson: Lesson) -> None:
    """Draw the ways into the guided paths."""
    short, long = guided_paths().values()
    with st.container(key="start"):
        if (left := _left()) is not None:
            facts = {"stop": left.number, "stops": len(left.path.stops)}
            _way(lesson.say("start", "resume", facts), left)
        _way(lesson.text("start", "short"), Place(short, 1))
    _way(lesson.say("start", "long", stops=len(long.stops)), Place(long, 1))


def one_turn(lesson: Lesson, look: Look) -> None:
    """Draw one turn of the loop."""
    with st.container(key="loop"):
        st.image(loop_drawing(lesson, look), width="stretch", alt=lesson.alt)
        st.caption(lesson.words("loop")["caption"])


def _way(label: str, place: Place) -> None:
    path_link(place.stop.page, label, ":material/route:", place.query())


def _left() -> Place | None:
    """Return where a path was left in this visit."""
    held: dict[str, str] = st.session_state.get(LEFT, {})
    path = guided_paths().get(held.get("path", ""))
    return None if path is None else Place(path, 1).at(int(held["stop"]))
