"""A visit: its language, and whether Back led here.

The language is as the link says, as was picked in the menu, or as the browser prefers.
The link holds it as ``lang=``. A link that says nothing is in the language that the browser asks
for first, if there are lessons in it, and else in English; what a reader shares always says it.
"""

from __future__ import annotations

import functools

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from collapse_core.lessons.language import ENGLISH, language, languages, speak, speaking
from collapse_core.lessons.lesson import shell_words
from ui.settings import Choice

__all__ = [
    "LANGUAGE",
    "begin",
    "language_in_links",
    "languages_to_pick",
    "name_of",
    "picked",
    "went_back",
    "written",
]

LANGUAGE = Choice.of("lang", languages(), ENGLISH)
_PICKED = "language_picked"
_GONE_TO = "gone_to"


def begin() -> None:
    """Speak the language of the visit from here on; whoever reads a word before a page does so."""
    if _by_history():
        st.session_state[_GONE_TO] = st.query_params.to_dict()
    linked = st.query_params.get(LANGUAGE.name)
    held = picked().get(LANGUAGE.name, linked)
    speak(held if held in languages() else _preferred(st.context.locale))


def picked() -> dict[str, str]:
    """Return what the link is to hold of a language that was picked since it was written."""
    code = st.session_state.get(_PICKED)
    return {} if code is None else {LANGUAGE.name: str(code)}


def written() -> None:
    """Note that the link holds what was picked, and what Back led to."""
    st.session_state.pop(_PICKED, None)
    st.session_state.pop(_GONE_TO, None)


def language_in_links() -> dict[str, str]:
    """Return what a link to another page says: the language, where this page's link says it."""
    linked = st.query_params.get(LANGUAGE.name) in languages()
    return {LANGUAGE.name: language()} if linked or picked() else {}


def languages_to_pick() -> None:
    """Draw a button for each language, called as it calls itself."""
    if len(languages()) < 2:
        return
    with st.container(horizontal=True, gap="small", key="languages"):
        for code in languages():
            with speaking(code):
                help_text = shell_words("sidebar")["language_help"]
            st.button(
                name_of(code),
                key=f"language_{code}",
                type="primary" if code == language() else "secondary",
                on_click=st.session_state.update,
                args=({_PICKED: code},),
                help=help_text,
            )


def went_back() -> bool:
    """Return whether Back or Forward led to the address of this run.

    Or of one before it, which was stopped before its link was written.
    """
    return _by_history() or st.session_state.get(_GONE_TO) == st.query_params.to_dict()


def _by_history() -> bool:
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", True))


@functools.cache
def name_of(code: str) -> str:
    """Return what a language calls itself: ``name_of("de") == "Deutsch"``."""
    from babel import Locale

    found = Locale.parse(code).get_display_name()
    return str(found or code).capitalize()


def _preferred(locale: str | None) -> str:
    """Return the language of a browser, such as "de-AT", if there are lessons in it."""
    asked = (locale or ENGLISH).replace("-", "_")
    return next((c for c in (asked, asked.partition("_")[0]) if c in languages()), ENGLISH)
