"""The list of sources: each in a frame of its own, with the pages that rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.references import bibtex
from collapse_core.topics.references.sources import Source, entry_line
from ui.guide import Guide
from ui.settings import Choice
from ui.shell import entry_of, menu_link
from ui.widgets import draw

__all__ = ["ALL", "choose_page", "draw_sources", "offer_bibtex"]

ALL = "all"


def choose_page(guide: Guide, setting: Choice) -> str:
    """Draw the choice of a page, by titles in the language of the visit; "" for all pages."""
    names = {
        key: guide.lesson.text("list", "all") if key == ALL else entry_of(key).title
        for key in setting.options
    }
    chosen = draw(replace(setting, names=names), guide.link, guide.words)
    return "" if chosen == ALL else str(chosen)


def draw_sources(lesson: Lesson, shown: Sequence[Source]) -> None:
    """Draw the sources, one frame for each: works first, then what is ours and what is common.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    shown : sequence of Source
        In the order wanted.
    """
    for heading, cited in (("works", True), ("ours", False)):
        those = [source for source in shown if source.reference.can_be_cited == cited]
        if those:
            st.header(lesson.text("list", heading), anchor=False)
        for source in those:
            _draw(lesson, source)


def _draw(lesson: Lesson, source: Source) -> None:
    with st.container(border=True, key=f"source_{source.reference.key}"):
        st.markdown(entry_line(lesson, source.reference))
        st.markdown(source.shows)
        st.caption(lesson.text("list", "rests"))
        for page, statements in source.rests:
            with st.container(horizontal=True, vertical_alignment="center"):
                entry = entry_of(page)
                menu_link(entry, entry.title)
                if statements:
                    st.markdown(" · ".join(statements), width="content")


def offer_bibtex(lesson: Lesson, shown: Sequence[Source]) -> None:
    """Draw the button that saves the sources shown as BibTeX."""
    st.download_button(
        lesson.text("list", "bibtex"),
        bibtex(source.reference for source in shown),
        "model-collapse.bib",
        "application/x-bibtex",
        help=lesson.text("list", "bibtex_help"),
        icon=":material/download:",
        on_click="ignore",
        disabled=not any(source.reference.can_be_cited for source in shown),
    )
