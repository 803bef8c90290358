"""What the page of a reader's guesses shows: a picture, what was off, and ways to take it along."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from collapse_core.topics.your_guesses import sentences
from collapse_core.topics.your_guesses.figure import calibration_figure
from collapse_core.topics.your_guesses.kept import KeptGuess
from ui import sections
from ui.guide import Guide
from ui.guided_path.stops import Place, guided_paths
from ui.kept_guesses import forget_guesses
from ui.pictures import show
from ui.shell import entry_of, menu_link, path_link

__all__ = ["calibration", "nothing_yet", "surprises", "take_along"]

KEY = "your_guesses"


def nothing_yet(page: Guide) -> None:
    """Say what to do where nothing is guessed yet."""
    st.header(page.lesson.text("empty", "heading"), anchor=False)
    st.info(page.lesson.text("empty", "text"), icon=":material/target:")
    begin = Place(next(iter(guided_paths().values())), 1)
    label = page.lesson.text("empty", "start")
    path_link(begin.stop.page, label, ":material/route:", begin.query())


def calibration(page: Guide, guesses: Sequence[KeptGuess]) -> None:
    """Draw guesses against answers, with their summary and their table."""
    said = sentences.summary(page.lesson, guesses)
    st.markdown(said)
    alt = page.lesson.say("figure", "alt", summary=said.replace("*", ""))
    show(
        lambda: calibration_figure(guesses, look=page.look, alt=alt).picture(name=KEY, saves=False),
        (guesses, page.look, page.lesson.language),
        key=KEY,
        private=True,
    )
    st.caption(page.lesson.text("figure", "how"))
    sections.table(lambda: sentences.columns(page.lesson, guesses))


def surprises(page: Guide, guesses: Sequence[KeptGuess]) -> None:
    """Draw which intuitions were off, each with the pages that explain it."""
    off = [(n, one) for n, one in enumerate(guesses, start=1) if one.verdict != "close"]
    words = page.lesson.words("surprise")
    st.header(words["heading"], anchor=False)
    if not off:
        st.markdown(words["none"])
    for number, guess in off:
        told = page.lesson.words("intuitions").get(guess.page, {})
        with st.container(border=True, key=f"surprise_{number}"):
            st.markdown(sentences.surprise(page.lesson, number, guess))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(words["explained"], width="content")
                for key in dict.fromkeys([guess.page, told.get("page", guess.page)]):
                    entry = entry_of(key)
                    menu_link(entry, entry.title)


def take_along(page: Guide, guesses: Sequence[KeptGuess]) -> None:
    """Draw the download, the button that forgets, and where all this is kept."""
    words = page.lesson.words("take")
    with st.container(horizontal=True):
        st.download_button(
            words["csv"],
            lambda: sentences.as_csv(page.lesson, guesses),
            file_name="your-guesses.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/table:",
            help=words["csv_help"],
        )
        st.button(
            words["forget"],
            on_click=forget_guesses,
            icon=":material/delete:",
            help=words["forget_help"],
            key="forget_guesses",
        )
    st.caption(words["kept"])
