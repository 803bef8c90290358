"""Rows of the reader's own, watched by the same monitor. All of it stays in the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from collapse_core.data.own_generations import (
    ENDINGS,
    LARGEST_FILE,
    read_generations,
)
from collapse_core.lessons.control_words import ControlWords
from collapse_core.lessons.language import language
from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.typed import in_markdown
from collapse_core.topics.early_warning.example import example_table
from collapse_core.topics.early_warning.figure import early_warning_figure
from collapse_core.topics.early_warning.histories import History
from collapse_core.topics.early_warning.own_history import own_history
from collapse_core.topics.early_warning.sentences import EarlyWarningSentences
from collapse_core.topics.early_warning.watched import monitoring_of, watched
from ui.page import Page
from ui.shell import say_errors
from ui.tables import show_table
from ui.topics.early_warning.reports import report_buttons
from ui.topics.early_warning.runs import own_steps

__all__ = ["draw_own"]

Made = TypeVar("Made")

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
    work = say_errors(
        lambda: _once(
            f"{page.key}/own/work",
            (history.digest, seed, false_alarm),
            lambda: monitoring_of(history, seed, false_alarm),
        )
    )
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
    details = spoken.details(found.last)
    st.markdown(f"**{details[0]}**")
    with st.expander(lesson.text("own", "details")):
        st.markdown("\n".join(f"- {sentence}" for sentence in details[1:]))
    report_buttons(lesson, found.report, lesson.text("own", "title"), "drift-report")
    st.markdown(lesson.say("rows", "text", spoken.facts(found.last)))
    show_table(spoken.rows_table(found.last))
    show_table(spoken.columns())


def _files(place: Any, key: str, label: str, help_text: str) -> Any:
    """Draw a place for files with rows; return those that are there."""
    return place.file_uploader(
        label,
        type=list(ENDINGS),
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE // 10**6,
        key=key,
        help=help_text,
    )


def _asked(page: Page[Any], words: ControlWords) -> History | None:
    """Return the reader's history; None, with the reason said, where there is none."""
    left, right = st.columns(2)
    files = _files(left, f"{page.key}/own/rows/file", words["label"], words["help"])
    real = _files(
        right, f"{page.key}/own/reference/file", words["reference"], words["reference_help"]
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
        for part in ("history", "work", "steps"):  # nothing stays of files that are taken back
            st.session_state.pop(f"{page.key}/own/{part}", None)
        st.info(words["none"], icon=":material/info:")
        st.caption(words["stop"])
        return None
    # What was left out is said in the language of the page.
    given = (language(), *(tuple(file.file_id for file in each) for each in (files, real)))
    read: tuple[History, tuple[str, ...]] | None = say_errors(
        lambda: _once(f"{page.key}/own/history", given, lambda: _read(page.lesson, files, real))
    )
    if read is None:
        return None
    for note in read[1]:
        st.caption(in_markdown(note))
    return read[0]


def _once(key: str, asked: object, make: Callable[[], Made]) -> Made:
    """Return what is made of what is asked; it is kept in the session until another is asked."""
    state: Any = st.session_state
    known, made = state.get(key, (None, None))
    if known != asked:
        made = make()
        state[key] = (asked, made)
    found: Made = made
    return found


def _read(lesson: Lesson, files: Any, real: Any) -> tuple[History, tuple[str, ...]]:
    """Return the history that is in files, and what was left out of them."""
    own = read_generations(_named(files), FEWEST)
    fresh = read_generations(_named(real), FEWEST, 1) if real else None
    notes = own.notes + (fresh.notes if fresh else ())
    return own_history(lesson, own, fresh), notes


def _named(files: Any) -> list[tuple[str, bytes]]:
    return [(file.name, file.getvalue()) for file in files]
