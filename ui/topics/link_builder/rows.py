"""One row for each setting of a page: its value, and whether it can be moved."""

from __future__ import annotations

import streamlit as st

from collapse_core.lessons.control_words import ControlWords
from ui.locks import HIDE, LOCK
from ui.page_link import PageLink
from ui.settings import Setting
from ui.topics.link_builder.asked import AskedOf
from ui.widgets import draw

__all__ = ["draw_rows"]

FREE = "free"


def draw_rows(asked: AskedOf, settings: tuple[Setting, ...], words: ControlWords) -> None:
    """Draw a row for each of these settings.

    Parameters
    ----------
    asked : AskedOf
        What the page can be asked; its link holds the values.
    settings : tuple of Setting
        Which of them.
    words : ControlWords
        Of the choice beside each value: ``label`` with a gap for the setting's, and ``options``.
    """
    for setting in settings:
        with st.container(key=f"row_{setting.name}"):
            value, state = st.columns([3, 2], vertical_alignment="bottom", gap="small")
            with value:
                draw(setting, asked.link, asked.words)
            with state:
                _state(asked, setting, words)


def _state(asked: AskedOf, setting: Setting, words: ControlWords) -> None:
    """Draw the choice between free, locked and hidden."""
    key = f"{asked.link.page}/state/{setting.name}_state"
    told = asked.words(setting.name).variant(setting.variant)
    label = words["label"].format(setting=setting.label or told["label"])
    st.session_state[key] = state_of(asked.link, setting.name)
    st.segmented_control(
        label,
        (FREE, LOCK, HIDE),
        required=True,
        format_func=words.option,
        key=key,
        help=words["help"],
        label_visibility="collapsed",
        on_change=_put,
        args=(asked.link, setting.name, key),
    )


def state_of(link: PageLink, name: str) -> str:
    """Return whether a setting is free, locked or hidden."""
    return next((state for state in (HIDE, LOCK) if name in link[state]), FREE)


def _put(link: PageLink, name: str, key: str) -> None:
    """Let the link hold what was chosen."""
    chosen = st.session_state[key]
    for state in (LOCK, HIDE):
        others = [other for other in link[state] if other != name]
        link.change({state: [*others, name] if state == chosen else others})
