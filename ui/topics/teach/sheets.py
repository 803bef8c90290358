"""Sheets to print: a button for each, and the worksheet whose answers follow the seed."""

from __future__ import annotations

import streamlit as st

from collapse_core.lessons.language import language
from collapse_core.topics.teach.printed import printed_worksheet
from collapse_core.topics.teach.worksheet import Task, worksheet
from ui.guide import Guide
from ui.kept import SHARED
from ui.terms import with_terms
from ui.topics.teach.stops import addresses, stop_link

__all__ = ["draw_worksheet", "sheet_button"]


def sheet_button(page: Guide, name: str, html: str, filename: str) -> None:
    """Draw the button that downloads a sheet.

    Parameters
    ----------
    page : Guide
        The opened page.
    name : str
        Of its words in ``[print]``.
    html : str
        The sheet.
    filename : str
        Without its ending.
    """
    words = page.lesson.words("print")
    st.download_button(
        words[name],
        html,
        file_name=f"{filename}.html",
        mime="text/html",
        on_click="ignore",
        icon=":material/print:",
        help=words["help"],
        key=f"{page.key}/{name}",
    )


def draw_worksheet(page: Guide) -> None:
    """Draw the worksheet for the seed that is chosen, with its key where that is asked for.

    Parameters
    ----------
    page : Guide
        The opened page.
    """
    lesson, words = page.lesson, page.lesson.words("worksheet")
    st.markdown(words["text"])
    with st.container(width=330):
        seed = int(page.draw("seed"))
    tasks: tuple[Task, ...] = SHARED.get(
        f"worksheet {language()} {seed}", lambda: worksheet(lesson, seed)
    )
    with st.container(horizontal=True):
        for name, key in (("print_worksheet", False), ("print_key", True)):
            html = printed_worksheet(lesson, tasks, seed, addresses(), key=key)
            sheet_button(page, name, html, f"{'key' if key else 'worksheet'}-seed-{seed}")
    shown = st.toggle(words["answers"], key=f"{page.key}/show/answers", help=words["answers_help"])
    # One text, so that each word leads to the glossary once.
    numbered = (f"**{number}.** {task.question}" for number, task in enumerate(tasks, start=1))
    questions = with_terms("\n\n".join(numbered)).split("\n\n")
    for question, task in zip(questions, tasks, strict=True):
        with st.container(border=True):
            st.markdown(question)
            if shown:
                st.markdown(lesson.say("worksheet", "answer", text=task.answer))
                st.markdown(lesson.say("worksheet", "why", text=task.why))
                st.caption(lesson.say("print", "page_says", sentence=task.says))
            stop_link(task.stop)
