"""A recording of the reader's own: from the microphone of this computer, or from a file."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.echoes.recording import LARGEST_FILE, RATE, Recording, read_recording
from collapse_core.lessons.typed import in_markdown
from ui.page import Page
from ui.shell import say_errors

__all__ = ["own_recording"]


def own_recording(page: Page[Any], name: str) -> Recording | None:
    """Draw the places for a recording; return it, or None where there is none that can be used.

    Parameters
    ----------
    page : Page
        The opened page.
    name : str
        Of its words: ``own_sound`` or ``own_response``.
    """
    words, found = page.words(name), None
    with page.stage.expander(words["label"], icon=":material/mic:", expanded=not page.embedded):
        left, right = st.columns(2)
        spoken = None
        if words.get("record"):
            spoken = left.audio_input(
                words["record"],
                sample_rate=RATE,
                key=f"{page.key}/own/{name}/record",
                help=words["record_help"],
            )
        file = right.file_uploader(
            words["upload"],
            type=["wav"],
            max_upload_size=LARGEST_FILE // 10**6,
            key=f"{page.key}/own/{name}/file",
            help=words["help"],
        )
        given = file or spoken
        if given is None:
            st.info(words["none"], icon=":material/info:")
        else:
            title = words["recorded"] if file is None else given.name
            content = given.getvalue()
            found = say_errors(lambda: read_recording(content, title))
        for note in found.notes if found else ():
            st.caption(in_markdown(note))
        st.caption(words["unlinked"])
    return found
