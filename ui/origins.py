"""Where does each number come from? The table at the end of a page, and the way to the sources."""

from __future__ import annotations

import streamlit as st

from collapse_core.lessons.lesson import Lesson, read_lesson
from collapse_core.lessons.origin_table import origin_table, settings_line
from collapse_core.lessons.origins import WORDS, Numbers, has_origins, read_origins
from ui.shell import entry_of, menu_link

__all__ = ["where_from"]

REFERENCES = "references"


def where_from(lesson: Lesson) -> None:
    """Draw formula, source and test of every number of a page; made once it is opened.

    Nothing is drawn for a page whose origins are not written down.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    """
    if not has_origins(lesson.key):
        return
    words = read_lesson(WORDS)
    expander = st.expander(
        words.text("section", "heading"),
        icon=":material/fact_check:",
        on_change="rerun",
        key="origins",
    )
    if not expander.open:
        return
    with expander:
        st.markdown(words.text("section", "text"))
        origins = read_origins(lesson.key)
        _table(lesson, origins)
        for place in filter(lambda place: place.rows, origins.places):
            _folded(lesson, place, words.words("places")[lesson.key][place.place])
        for view in map(read_lesson, origins.views):
            heading = words.say("section", "view", view=view.title)
            _folded(view, read_origins(view.key), heading)
        entry = entry_of(REFERENCES)
        label = words.text("section", "all_sources")
        menu_link(entry, label, query={"page": lesson.key})


def _folded(lesson: Lesson, origins: Numbers, heading: str) -> None:
    """Draw the numbers of further sentences, made once they are asked for."""
    name = f"origins_of_{lesson.key}_{origins.place}"
    part = st.expander(heading, on_change="rerun", key=name)
    if part.open:
        with part:
            _table(lesson, origins)


def _table(lesson: Lesson, origins: Numbers) -> None:
    with st.container(key=f"origins_{lesson.key}_{origins.place}"):
        st.markdown(origin_table(lesson, origins))
    if line := settings_line(lesson, origins):
        st.caption(line)
