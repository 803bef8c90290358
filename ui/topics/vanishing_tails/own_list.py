"""A list of names and counts that a learner types, pastes or uploads."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import as_typed
from collapse_core.topics.vanishing_tails.own_counts import Counts, parse_counts
from collapse_core.topics.vanishing_tails.starts import EXAMPLE
from ui.own_data import OwnData, plain

__all__ = ["fits_a_link", "own_list"]

KEY = "counts"
LONGEST_IN_A_LINK = 1500
LARGEST_FILE = 2_000_000  # bytes; 10,000 rows of the longest names are fewer


def own_list(lesson: Lesson, place: Any, messages: Any) -> tuple[Counts, str]:
    """Draw the places for a list; return it, and its text as a link would hold it.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    place, messages : streamlit container
        Where the list is folded in, and where to say what is wrong with it.
    """
    read = plain(parse_counts, LARGEST_FILE)

    def noted(given: str | bytes) -> Counts:
        counts = read(given)
        for note in counts.notes:
            st.caption(as_typed(note))
        return counts

    own = OwnData(
        lesson.key, control_words(lesson, KEY), noted, EXAMPLE, endings=("csv", "tsv", "txt")
    )
    st.session_state.setdefault(own.key("kept"), st.query_params.get(KEY) or EXAMPLE)
    with place.popover(own.words["open"], icon=":material/edit_note:", width="stretch"):
        counts = own.ask(messages) or parse_counts(EXAMPLE)
    text = counts.to_text()
    _write_link(text if fits_a_link(text) and text != EXAMPLE else None)
    return counts, text


def fits_a_link(text: str) -> bool:
    """Return whether a list is short enough to be part of a link."""
    return len(text) <= LONGEST_IN_A_LINK


def _write_link(wanted: str | None) -> None:
    if st.query_params.get(KEY) != wanted:
        if wanted is None:
            st.query_params.pop(KEY, None)
        else:
            st.query_params[KEY] = wanted
