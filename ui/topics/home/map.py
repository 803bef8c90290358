"""The map of all pages: each with its question and a small picture of what is to be seen there."""

from __future__ import annotations

import functools
from pathlib import Path

import streamlit as st

from collapse_core.figures.look import Look
from collapse_core.figures.small_picture import in_look
from collapse_core.lessons.lesson import Lesson, shell_words
from ui.catalogue import PAGES, SECTIONS, PageEntry
from ui.shell import TOP, menu_link

__all__ = ["page_map", "small_picture_of"]

# Drawn by assets/map/make_pictures.py with the pages' own figures.
FOLDER = TOP / "assets" / "map"


def page_map(lesson: Lesson, look: Look) -> None:
    """Draw the way to every page, by section."""
    for section in SECTIONS:
        entries = [entry for entry in PAGES if entry.section == section]
        if not entries:
            continue
        st.header(shell_words("menu_sections")[section], anchor=False)
        with st.container(key=f"map_{section}", horizontal=True):
            for entry in entries:
                _card(entry, lesson, look)


def small_picture_of(key: str, look: Look) -> str | None:
    """Return the small picture of a page as SVG, in the colours of a look; None if it has none."""
    path = FOLDER / f"{key}.svg"
    return in_look(_read(path), look) if path.is_file() else None


def _card(entry: PageEntry, lesson: Lesson, look: Look) -> None:
    with st.container(key=f"card_{entry.key}", border=True):
        if (picture := small_picture_of(entry.key, look)) is not None:
            st.image(picture, width="stretch", alt=lesson.say("map", "alt", title=entry.title))
        menu_link(entry, f"**{entry.title}**")
        st.markdown(entry.question)


@functools.cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
