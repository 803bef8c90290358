"""The glossary: every word of the trade, or the one that a link asks for."""

from __future__ import annotations

import streamlit as st

from collapse_core.lessons.glossary import Term, glossary_terms
from collapse_core.lessons.lesson import Lesson, read_lesson
from ui.guide import Guide
from ui.settings import Choice
from ui.shell import entry_of, menu_link

__all__ = ["draw_glossary", "term_choice"]

ALL = "all"


def term_choice() -> Choice:
    """Return the choice of a word, which the words of the language name."""
    every = read_lesson("teach").words("controls")["term"]["options"][ALL]
    names = {ALL: every} | {term.key: term.name for term in glossary_terms()}
    return Choice.of("term", tuple(names), names=names)


def draw_glossary(page: Guide) -> None:
    """Draw what the words mean.

    Parameters
    ----------
    page : Guide
        The opened page.
    """
    lesson = page.lesson
    st.markdown(lesson.text("glossary", "text"))
    with st.container(width=330):
        chosen = page.draw("term")
    terms = {term.key: term for term in glossary_terms()}
    shown = terms.values() if chosen == ALL else [terms[chosen]]
    listed = list(shown)
    for start in range(0, len(listed), 2):
        for place, term in zip(st.columns(2), listed[start : start + 2], strict=False):
            with place.container(border=True, height="stretch"):
                _entry(lesson, term, terms)


def _entry(lesson: Lesson, term: Term, terms: dict[str, Term]) -> None:
    st.header(term.name, anchor=False)
    st.markdown(term.meaning)
    if term.also:
        names = ", ".join(terms[key].name for key in term.also)
        st.caption(lesson.say("glossary", "also", names=names))
    entry = entry_of(term.page)
    menu_link(entry, entry.title)
