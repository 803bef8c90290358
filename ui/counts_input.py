"""A list of names and counts that a learner types, pastes or uploads. It stays in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from collapse_core.data.plain_text import read_plain_text
from collapse_core.lessons.wording import as_typed
from collapse_core.topics.vanishing_tails.own_counts import Counts, parse_counts
from collapse_core.topics.vanishing_tails.starts import EXAMPLE
from ui.shell import say_errors

__all__ = ["KEY", "LONGEST_IN_A_LINK", "counts_input", "fits_a_link"]

KEY = "counts"
LONGEST_IN_A_LINK = 1500
LARGEST_FILE = 2_000_000  # bytes; 10,000 rows of the longest names are fewer


def fits_a_link(text: str) -> bool:
    """Return whether a list is short enough to be part of a link."""
    return len(text) <= LONGEST_IN_A_LINK


def counts_input(label: Mapping[str, str], messages: Any) -> tuple[Counts, str]:
    """Draw the places for a list; return it, and its text as a link would hold it.

    Where the list cannot be read the reason is said, and the last one that could be read stays.

    Parameters
    ----------
    label : mapping of str to str
        Words of the controls.
    messages : streamlit container
        Where to say what is wrong with the list: in view, even when the list itself is folded.
    """
    kept = st.session_state.get("counts_kept") or st.query_params.get(KEY) or EXAMPLE
    uploaded = st.file_uploader(
        label["upload"], type=["csv", "tsv", "txt"], key="counts_file", help=label["upload_help"]
    )
    st.session_state.setdefault("counts_typed", kept)
    typed = st.text_area(
        label["list"],
        height=180,
        key="counts_typed",
        help=label["list_help"],
        disabled=uploaded is not None,
    )
    text = str(typed or "")
    with messages:
        if uploaded is None:
            st.session_state["counts_kept"] = text
            found = say_errors(lambda: parse_counts(text))
        else:
            content = uploaded.getvalue()
            found = say_errors(lambda: parse_counts(read_plain_text(content, LARGEST_FILE)))
    if isinstance(found, Counts):
        st.session_state["counts_good"] = found
        for note in found.notes:
            st.caption(as_typed(note))
    good = st.session_state.get("counts_good")
    counts = good if isinstance(good, Counts) else parse_counts(EXAMPLE)
    linked = counts.to_text()
    _write_link(linked)
    return counts, linked


def _write_link(text: str) -> None:
    wanted = text if fits_a_link(text) and text != EXAMPLE else None
    if st.query_params.get(KEY) != wanted:
        if wanted is None:
            st.query_params.pop(KEY, None)
        else:
            st.query_params[KEY] = wanted
