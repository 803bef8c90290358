"""The map of all pages: each with its question and a small picture of what is to be seen there.

A card is one link, its picture a background: the home page has many, and is to be there at once.
"""

from __future__ import annotations

import base64
import functools
import time

import streamlit as st

from collapse_core.figures.look import Look
from collapse_core.figures.small_picture import in_look
from collapse_core.lessons.lesson import shell_words
from ui.catalogue import PAGES, SECTIONS
from ui.shell import TOP, menu_link

__all__ = ["let_the_picture_come_first", "page_map", "small_picture_of"]

# Drawn by assets/map/make_pictures.py with the pages' own figures.
FOLDER = TOP / "assets" / "map"
WAIT = 0.8  # seconds
_RULE = (
    '.st-key-card_{key} a::before {{ content: ""; '
    'background-image: url("data:image/svg+xml;base64,{data}"); }}'
)


def page_map(look: Look) -> None:
    """Draw the way to every page, by section."""
    st.html(_pictures(look))
    for section in SECTIONS:
        entries = [entry for entry in PAGES if entry.section == section]
        if not entries:
            continue
        st.header(shell_words("menu_sections")[section], anchor=False)
        with st.container(key=f"map_{section}", horizontal=True):
            for entry in entries:
                with st.container(key=f"card_{entry.key}"):
                    menu_link(entry, f"**{entry.title}** {entry.question}")


def let_the_picture_come_first() -> None:
    """Wait a moment in the first run of a visit: a browser draws all it has before it paints."""
    if not st.session_state.setdefault("home_map", False):
        st.session_state["home_map"] = True
        time.sleep(WAIT)


@functools.cache
def small_picture_of(key: str, look: Look) -> str | None:
    """Return the small picture of a page as SVG, in the colours of a look; None if it has none."""
    path = FOLDER / f"{key}.svg"
    return in_look(path.read_text(encoding="utf-8"), look) if path.is_file() else None


@functools.cache
def _pictures(look: Look) -> str:
    """Return the sheet that puts the small pictures onto the cards."""
    rules = []
    for entry in PAGES:
        if (picture := small_picture_of(entry.key, look)) is not None:
            data = base64.b64encode(picture.encode()).decode()
            rules.append(_RULE.format(key=entry.key, data=data))
    return f"<style>{''.join(rules)}</style>"
