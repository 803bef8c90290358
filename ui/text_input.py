"""A text that a learner pastes or uploads. It stays in memory, and is in no link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from collapse_core.data.corpora import own_text, read_text
from collapse_core.models.ngram.model import Unit
from ui.shell import say_errors

__all__ = ["text_input"]

KEPT, GOOD = "own_text_kept", "own_text_good"


def text_input(label: Mapping[str, str], messages: Any, unit: Unit, words: int) -> str | None:
    """Draw the places for a text; return the last one that could be used, or None.

    Parameters
    ----------
    label : mapping of str to str
        Words of the controls.
    messages : streamlit container
        Where to say what is wrong with the text: in view, even when the text itself is folded.
    unit : {"words", "letters"}
        What a token is.
    words : int
        How many words of it are used.
    """
    uploaded = st.file_uploader(
        label["upload"], type=["txt"], key="own_text_file", help=label["upload_help"]
    )
    st.session_state.setdefault("own_text", st.session_state.get(KEPT, ""))
    typed = st.text_area(
        label["paste"],
        height=220,
        key="own_text",
        help=label["paste_help"],
        disabled=uploaded is not None,
    )
    given: str | bytes = str(typed or "")
    if uploaded is None:
        st.session_state[KEPT] = given
    else:
        given = uploaded.getvalue()

    def checked() -> str:
        text = read_text(given)
        own_text(text, unit, words)
        return text

    if given or uploaded is not None:
        with messages:
            found = say_errors(checked)
        if found is not None:
            st.session_state[GOOD] = found
    good = st.session_state.get(GOOD)
    if good is None and not given and uploaded is None:
        messages.info(label["no_text"], icon=":material/info:")
    return None if good is None else str(good)
