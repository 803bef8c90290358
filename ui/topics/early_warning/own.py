"""Rows of the reader's own, watched by the same monitor. All of it stays in the session."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.data.own_generations import (
    ENDINGS,
    LARGEST_FILE,
    OwnGenerations,
    read_generations,
)
from collapse_core.lessons.control_words import ControlWords
from collapse_core.lessons.typed import in_markdown
from collapse_core.topics.early_warning.example import example_table
from collapse_core.topics.early_warning.figure import early_warning_figure
from collapse_core.topics.early_warning.histories import History
from collapse_core.topics.early_warning.own_history import own_history
from collapse_core.topics.early_warning.sentences import EarlyWarningSentences
from collapse_core.topics.early_warning.watched import monitoring_of, watched
from ui.page import Page
from ui.shell import say_errors
from ui.topics.early_warning.reports import report_buttons
from ui.topics.early_warning.runs import own_steps

__all__ = ["draw_own"]

FEWEST = 8  # rows of a generation, as the monitor needs them


def draw_own(page: Page[Any]) -> None:
    """Draw the places for files, and what the monitor finds in them.

    Parameters
    ----------
    page : Page
        The opened page.
    """
    lesson, words = page.lesson, page.words("own_rows")
    st.markdown(lesson.text("own", "text"))
    history = _asked(page, words)
    if history is None:
        return
    seed, false_alarm = int(page["seed"]), float(page["false_alarm"])
    work = say_errors(lambda: monitoring_of(history, seed, false_alarm))
    if work is None:
        return
    found = watched(history, work, own_steps(lesson, work, f"{page.key}/own/steps"))
    spoken = EarlyWarningSentences(lesson, found)
    page.beside(
        lambda: early_warning_figure(found, look=page.look, alt=spoken.alt()),
        spoken.captions,
        (history, seed, false_alarm),
        key=f"{page.key}_own",
        tick=found.last,
        private=True,
    )
    st.markdown("\n".join(f"- {sentence}" for sentence in spoken.details(found.last)))
    report_buttons(lesson, found.report, lesson.text("own", "title"), "drift-report")
    st.dataframe(spoken.columns(), hide_index=True)
    st.markdown(lesson.say("rows", "text", spoken.facts(found.last)))
    st.dataframe(spoken.rows_table(found.last), hide_index=True)


def _asked(page: Page[Any], words: ControlWords) -> History | None:
    """Return the reader's history; None, with the reason said, where there is none."""
    left, right = st.columns(2)
    files = left.file_uploader(
        words["label"],
        type=list(ENDINGS),
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE // 10**6,
        key=f"{page.key}/own/rows/file",
        help=words["help"],
    )
    real = right.file_uploader(
        words["reference"],
        type=list(ENDINGS),
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE // 10**6,
        key=f"{page.key}/own/reference/file",
        help=words["reference_help"],
    )
    st.download_button(
        words["example"],
        example_table,
        file_name="generations-example.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=f"{page.key}/own/example",
        help=words["example_help"],
    )
    if not files:
        st.info(words["none"], icon=":material/info:")
        st.caption(words["stop"])
        return None
    own = say_errors(lambda: _read(files, 2))
    fresh = say_errors(lambda: _read(real, 1)) if real else None
    if own is None or (real and fresh is None):
        return None
    for note in (*own.notes, *(fresh.notes if fresh else ())):
        st.caption(in_markdown(note))
    return say_errors(lambda: own_history(page.lesson, own, fresh))


def _read(files: Any, least: int) -> OwnGenerations:
    given = [(file.name, file.getvalue()) for file in files]
    return read_generations(given, FEWEST, least)
