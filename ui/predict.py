"""Predict first: a guess that is locked, and then set beside the truth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import Lesson

__all__ = ["ask", "ask_choice", "guess_of", "is_waiting", "show_reveal"]


def _state(key: str) -> dict[str, Any]:
    state: dict[str, Any] = st.session_state.setdefault(
        f"predict_{key}", {"guess": None, "skipped": False}
    )
    return state


def guess_of(key: str) -> Any:
    """Return the locked guess, 0 to 1, or the key of the locked answer; None without one."""
    return _state(key)["guess"]


def is_waiting(key: str, embedded: bool, settings: Collection[str] = ()) -> bool:
    """Return whether the reader is still to guess, and the answer must not show.

    Parameters
    ----------
    key : str
        The page's key.
    embedded : bool
        Whether it is shown inside another page, which asks nothing.
    settings : collection of str
        What the page can be asked. A link that the page was opened with and that holds one of these
        was made to show a picture; everybody else is asked to guess first.
    """
    if f"predict_{key}" not in st.session_state:
        # As it came: values that equal the defaults are by now taken out of the address.
        link = st.session_state.get("opened_link", st.query_params)
        _state(key)["skipped"] = not set(link).isdisjoint(settings)
    state = _state(key)
    return not embedded and state["guess"] is None and not state["skipped"]


def ask(key: str, lesson: Lesson, question: str) -> None:
    """Draw the question with a slider, a button that locks the guess, and one that skips it."""
    state = _state(key)
    words = lesson.words("predict")

    def lock() -> None:
        state["guess"] = st.session_state[f"guess_{key}"] / 100.0

    def skip() -> None:
        state["skipped"] = True

    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f":material/quiz: **{question}**", width="content")
        st.slider(
            question,
            0,
            100,
            50,
            format="%d %%",
            key=f"guess_{key}",
            width=260,
            label_visibility="collapsed",
        )
        st.button(words["lock"], on_click=lock, type="primary", icon=":material/lock:")
        st.button(words["skip"], on_click=skip, type="tertiary")


def ask_choice(key: str, lesson: Lesson, question: str, options: Mapping[str, str]) -> None:
    """Draw the question with one button per answer, which locks it, and one that skips it.

    Parameters
    ----------
    options : mapping of str to str
        From the answer that `choice_of` returns to the words on its button.
    """
    state = _state(key)

    def lock(answer: str) -> None:
        state["guess"] = answer

    def skip() -> None:
        state["skipped"] = True

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/quiz: **{question}**", width="content")
        for answer, words in options.items():
            st.button(words, on_click=lock, args=(answer,), key=f"answer_{key}_{answer}")
        st.button(lesson.words("predict")["skip"], on_click=skip, type="tertiary")


def show_reveal(key: str, lesson: Lesson, sentence: Callable[[Any], str]) -> None:
    """Draw the locked guess beside the truth, with a button to guess again.

    Parameters
    ----------
    sentence : callable
        From the guess, a number or the key of an answer, to the sentence.
    """
    guess = _state(key)["guess"]
    if guess is None:
        return

    def again() -> None:
        _state(key).update(guess=None, skipped=False)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/lock: {sentence(guess)}", width="content")
        st.button(
            lesson.words("predict")["again"], on_click=again, type="tertiary", key=f"again_{key}"
        )
