"""The parts below the picture of every page: notes, details, table, formulas, what is next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import Lesson, read_lesson, shell_words
from ui.page_link import PageLink
from ui.shell import entry_of, menu_link
from ui.tables import show_table
from ui.terms import with_terms

__all__ = [
    "ignored",
    "limits",
    "more_precisely",
    "notes",
    "onward",
    "table",
    "told",
    "try_next",
    "why",
]

MOST_PROBLEMS = 20

Tables = Callable[[], Mapping[str, Mapping[str, Any]]]
Measured = tuple[str, Callable[[], Mapping[str, Any]]]


def ignored(link: PageLink) -> None:
    """Say what the link held and nobody can use, until it is read."""
    if not (unread := link.unread):
        return
    shell, words, more = read_lesson("shell"), shell_words("link"), len(unread) - MOST_PROBLEMS
    problems = "; ".join(unread[:MOST_PROBLEMS])
    if more > 0:
        problems = shell.say("link", "and_more", problems=problems, more=more)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(words["ignored"].format(problems=problems), icon=":material/link_off:")
        st.button(words["ignored_ok"], key="ignored_ok", on_click=link.read_problems)


def notes(sentences: Sequence[str]) -> None:
    """Draw what a reader should know about unusual settings."""
    for sentence in sentences:
        st.info(sentence, icon=":material/info:")


def more_precisely(sentences: Callable[[], Sequence[str]]) -> None:
    """Draw errors, single runs, caveats and limits as a list, which is made once it is opened.

    Parameters
    ----------
    sentences : callable
        Makes the points of the list.
    """
    expander = st.expander(
        shell_words("sections")["more_precisely"],
        icon=":material/straighten:",
        on_change="rerun",
        key="more_precisely",
    )
    if not expander.open:
        return
    with expander:
        st.markdown(with_terms("\n".join(f"- {sentence}" for sentence in sentences())))


def limits(lesson: Lesson) -> None:
    """Draw the box on what is exact, what is measured, and what the page cannot tell."""
    words = lesson.words("limits")
    with st.container(border=True):
        st.header(words["heading"], anchor=False)
        st.markdown(with_terms(words["text"]))


def told(columns: Callable[[], Mapping[str, Any]]) -> Callable[[], Mapping[str, Any]]:
    """Return what makes the columns that have a heading: what is left untold has none."""
    return lambda: {heading: values for heading, values in columns().items() if heading}


def table(columns: Callable[[], Mapping[str, Any]], further: Tables = dict) -> None:
    """Draw the numbers of the picture as a table, which is made once it is opened.

    Parameters
    ----------
    columns : callable
        Makes columns of equal length by their heading; those that are None are left out.
    further : callable
        Makes further tables by what stands above each, in Markdown.
    """
    expander = st.expander(
        shell_words("sections")["table"], icon=":material/table:", on_change="rerun", key="numbers"
    )
    if not expander.open:
        return
    with expander:
        show_table(
            {name: values for name, values in columns().items() if values is not None},
            height=320,
        )
        for heading, rows in further().items():
            st.markdown(heading)
            show_table(rows, height=200)


def why(lesson: Lesson, measured: Measured | None = None) -> None:
    """Draw the formulas with their sources and what they assume; then what was measured.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    measured : tuple of str and callable, optional
        The lesson's table with a ``heading`` and a ``text``, and what makes the columns.
    """
    words = shell_words("sections")
    expander = st.expander(words["why"], icon=":material/functions:", on_change="rerun", key="why")
    if not expander.open:
        return
    with expander:
        for reason in lesson.why:
            st.header(reason.heading, anchor=False)
            st.markdown(with_terms(reason.text))
            st.latex(reason.formula)
            assumes = words["assumes"].format(assumes=reason.assumes)
            st.caption(f"{assumes}  \n{words['source'].format(source=reason.source)}")
        if measured is not None:
            said, columns = lesson.words(measured[0]), measured[1]
            st.header(said["heading"], anchor=False)
            st.markdown(said["text"])
            show_table(columns())


def try_next(lesson: Lesson) -> None:
    """Draw one thing to try next; another at every visit of the session."""
    if not lesson.next:
        return
    words = shell_words("sections")
    st.session_state.setdefault("next_tip", 0)
    tip = lesson.next[st.session_state["next_tip"] % len(lesson.next)]

    def another() -> None:
        st.session_state["next_tip"] += 1

    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/lightbulb: **{words['try_next']}** {tip}", width="content")
        st.button(words["another"], on_click=another, type="tertiary", key="another_idea")


def onward(lesson: Lesson) -> None:
    """Draw which pages to go on to, and why."""
    if not lesson.onward:
        return
    st.markdown(f":material/signpost: **{shell_words('sections')['onward']}**")
    for place in lesson.onward:
        entry = entry_of(place.page)
        with st.container(horizontal=True, vertical_alignment="center"):
            menu_link(entry, entry.title)
            st.markdown(place.why, width="content")
