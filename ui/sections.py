"""The parts that every page has below its picture: sentences, table, formulas, what to try next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import Lesson, shell_words

__all__ = ["ignored", "limits", "say", "table", "try_next", "why"]


def ignored(problems: Sequence[str]) -> None:
    """Say what the link held and nobody can use, until it is read."""
    state, words = st.session_state, shell_words("link")
    if problems:
        state["ignored"] = list(problems)
    if not (kept := state.get("ignored")):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(words["ignored"].format(problems="; ".join(kept)), icon=":material/link_off:")
        st.button(
            words["ignored_ok"], key="ignored_ok", on_click=lambda: state.pop("ignored", None)
        )


def say(notes: Sequence[str], sentences: Sequence[str]) -> None:
    """Draw what a reader should know about the settings, and what the picture shows."""
    for note in notes:
        st.info(note, icon=":material/info:")
    if sentences:
        st.markdown(" ".join(sentences))


def limits(lesson: Lesson) -> None:
    """Draw the box on what is exact, what is measured, and what the page cannot tell."""
    words = lesson.words("limits")
    with st.container(border=True):
        st.header(words["heading"], anchor=False)
        st.markdown(words["text"])


def table(columns: Callable[[], Mapping[str, Any]]) -> None:
    """Draw the numbers of the picture as a table, which is made once it is opened.

    Parameters
    ----------
    columns : callable
        Makes columns of equal length by their heading; those that are None are left out.
    """
    expander = st.expander(
        shell_words("sections")["table"], icon=":material/table:", on_change="rerun", key="numbers"
    )
    if not expander.open:
        return
    with expander:
        st.dataframe(
            {name: values for name, values in columns().items() if values is not None},
            hide_index=True,
            height=320,
        )


def why(lesson: Lesson) -> None:
    """Draw the formulas with their sources and what they assume."""
    words = shell_words("sections")
    expander = st.expander(words["why"], icon=":material/functions:", on_change="rerun", key="why")
    if not expander.open:
        return
    with expander:
        for reason in lesson.why:
            st.header(reason.heading, anchor=False)
            st.markdown(reason.text)
            st.latex(reason.formula)
            assumes = words["assumes"].format(assumes=reason.assumes)
            st.caption(f"{assumes}  \n{words['source'].format(source=reason.source)}")


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
