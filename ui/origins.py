"""Where does each number come from? The table at the end of a page, and the way to the sources."""

from __future__ import annotations

import streamlit as st

from collapse_core.lessons.lesson import Lesson, read_lesson
from collapse_core.lessons.origin_table import origin_table, settings_line
from collapse_core.lessons.origins import WORDS, has_origins, read_origins
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
        _table(lesson)
        for view in read_origins(lesson.key).views:
            st.markdown(words.say("section", "view", view=read_lesson(view).title))
            _table(read_lesson(view))
        entry = entry_of(REFERENCES)
        label = words.text("section", "all_sources")
        menu_link(entry, label, query={"page": lesson.key})


def _table(lesson: Lesson) -> None:
    origins = read_origins(lesson.key)
    with st.container(key=f"origins_{lesson.key}"):
        st.markdown(origin_table(lesson, origins))
    if line := settings_line(lesson, origins):
        st.caption(line)
