"""Opens a page: settings, menu, title, story; embed mode and projector mode."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from collapse_core.figures.look import DARK, LIGHT, Look
from collapse_core.lessons.lesson import Lesson, read_lesson, shell_words
from collapse_core.lessons.typed import in_markdown
from ui import style, visit
from ui.catalogue import CLASSROOM, HOME, PAGES, SECTIONS, PageEntry
from ui.guided_path.stops import carried
from ui.guided_path.strip import strip
from ui.keyboard import component as keyboard
from ui.page_link import arrive, last_link
from ui.player import components
from ui.reconnect import component as reconnect
from ui.terms import with_terms
from ui.threads import one_thread_for_each_reader

__all__ = [
    "PROJECTOR_SCALE",
    "Page",
    "entry_of",
    "look_of",
    "menu_link",
    "open_page",
    "path_link",
    "say_errors",
    "set_up",
]

PROJECTOR_SCALE = 1.35
TOP = Path(__file__).resolve().parent.parent
# A file of our own: a Material symbol as the tab's icon would be fetched from a font server.
ICON = TOP / "assets" / "icon.svg"


@dataclass(frozen=True)
class Page:
    """An opened page.

    Parameters
    ----------
    entry : PageEntry
        What the menu says of it.
    lesson : Lesson
        Its words.
    look : Look
        Colours and sizes of its figures.
    embedded : bool
        Whether it is shown inside another page: picture and controls only.
    corner : streamlit container
        The place beside the title, for sharing.
    """

    entry: PageEntry
    lesson: Lesson
    look: Look
    embedded: bool
    corner: Any


def entry_of(key: str) -> PageEntry:
    """Return a page's entry in the catalogue.

    Raises
    ------
    KeyError
        If there is no such page.
    """
    for entry in (HOME, *PAGES, *CLASSROOM):
        if entry.key == key:
            return entry
    raise KeyError(f"no page {key!r} in ui/catalogue.py: add it to PAGES.")


def open_page(key: str) -> Page:
    """Set a page up and draw what comes before its controls.

    Parameters
    ----------
    key : str
        The page's key in the catalogue.
    """
    visit.begin()
    entry = entry_of(key)
    lesson = read_lesson(key)
    set_up(entry)
    # As it came: the menu's own control takes out of the link what it cannot use.
    st.session_state["opened_link"] = dict(st.query_params)
    embedded = bool(st.context.is_embedded)
    projector = not embedded and _projector()
    if not embedded:
        _first_of_the_menu()
        if entry is not HOME:
            rest_of_the_menu()
    look = look_of(PROJECTOR_SCALE if projector else 1.0)
    sheets = ("path", "home") if entry is HOME else ("path",)
    style.start(look, embedded=embedded, projector=projector, more=sheets)
    components.start()
    keyboard.start()
    reconnect.start(key)
    corner = None
    if not embedded:
        strip(key, path_link, lambda page: entry_of(page).title)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.title(lesson.title, anchor=False, help=lesson.story if projector else None)
            corner = st.container(width="content")
        if not projector:
            st.markdown(with_terms(lesson.story))
            _read_first(lesson)
    return Page(entry, lesson, look, embedded, corner)


def menu_link(entry: PageEntry, label: str, query: Mapping[str, str] | None = None) -> None:
    """Draw the link to a page, as the reader left it unless its settings are given."""
    held = last_link(entry.key) | carried(entry.key) if query is None else dict(query)
    held |= visit.language_in_links()
    st.page_link(_registered(entry), label=label, icon=entry.icon, query_params=held or None)


def path_link(key: str, label: str, icon: str, query: Mapping[str, str]) -> None:
    """Draw the link to a stop of a path, its page as the reader left it."""
    held = last_link(key) | dict(query) | visit.language_in_links()
    st.page_link(_registered(entry_of(key)), label=label, icon=icon, query_params=held)


def _read_first(lesson: Lesson) -> None:
    """Draw in one small line what a page needs, and what to read before it."""
    if not lesson.needs:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="read_first"):
        words = shell_words("sections")["read_first"]
        st.caption(f"{lesson.needs} {words if lesson.read_first else ''}", width="content")
        for key in lesson.read_first:
            entry = entry_of(key)
            menu_link(entry, entry.title)


@functools.cache
def _registered(entry: PageEntry) -> Any:
    """Return Streamlit's own page, once for all sessions: it would look for a name on the disk."""
    return st.Page(TOP / entry.file, default=entry is HOME)


def say_errors(action: Callable[[], Any]) -> Any | None:
    """Return what the action returns; a `ValueError` is said in a sentence, with None returned."""
    try:
        return action()
    except ValueError as error:
        st.error(in_markdown(str(error)), icon=":material/error:")
        return None


def rest_of_the_menu() -> None:
    """Draw the menu in sections, under its first entry; home does so after its picture."""
    words = shell_words("sidebar")
    with st.sidebar:
        visit.languages_to_pick()
        for section in SECTIONS:
            entries = [entry for entry in PAGES if entry.section == section]
            if entries:
                st.caption(f"**{shell_words('menu_sections')[section]}**")
            for entry in entries:
                menu_link(entry, entry.title)
        st.space("small")
        st.toggle(
            words["projector"],
            value=_projector(),
            key="projector",
            help=words["projector_help"],
        )
        st.caption(read_lesson("shell").story)


def _first_of_the_menu() -> None:
    with st.sidebar:
        menu_link(HOME, HOME.title)


def _projector() -> bool:
    """Return whether projector mode is on."""
    # Kept beside the switch: Streamlit forgets what a link set when the page changes.
    linked = st.query_params.get("projector") == "true"
    kept = st.session_state.get("projector_on", linked)
    st.session_state["projector_on"] = bool(st.session_state.get("projector", kept))
    return bool(st.session_state["projector_on"])


def set_up(entry: PageEntry) -> None:
    """Name a page to the browser, and note that it is the one that is shown."""
    one_thread_for_each_reader()
    st.set_page_config(
        page_title=f"{entry.title} · {read_lesson('shell').title}",
        page_icon=str(ICON),
        layout="wide",
        # On a page with a picture its width is worth more; one press opens the menu.
        initial_sidebar_state="auto" if entry is HOME else "collapsed",
    )
    arrive(entry.key)


def look_of(scale: float) -> Look:
    """Return colours and sizes of the figures: those of the reader's theme, ``scale`` as large."""
    base = DARK if st.context.theme.type == "dark" else LIGHT
    return base.sized(scale)
