"""The sounds of the page: the first one and the recording that is shown, equally loud."""

from __future__ import annotations

import streamlit as st

from collapse_core.echoes.recording import as_wav
from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.sentences import RoomSentences
from ui.page import Page
from ui.topics.room.runs import heard

__all__ = ["listen"]


def listen(
    page: Page[SoundInARoom], experiment: SoundInARoom, spoken: RoomSentences, tick: int
) -> None:
    """Draw both sounds side by side; nothing plays by itself.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : SoundInARoom
        What was asked.
    spoken : RoomSentences
        The words.
    tick : int
        Which recording is shown.
    """
    if page.embedded:
        return
    st.header(page.lesson.text("listen", "heading"), anchor=False)
    places, labels = st.columns(2), spoken.heard(tick)
    for place, label, generation in zip(places, labels, (0, tick), strict=True):
        with place:
            st.caption(label)
            st.audio(as_wav(heard(experiment, generation)), format="audio/wav")
    st.caption(page.lesson.text("listen", "loudness"))
    st.header(page.lesson.text("reading", "heading"), anchor=False)
    st.markdown(page.lesson.text("reading", "text"))
