"""Opens a page: settings, menu, title, story; embed mode and projector mode."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from collapse_core.figures.look import DARK, LIGHT, Look
from collapse_core.lessons.lesson import Lesson, read_lesson, shell_words
from ui.catalogue import HOME, PAGES, SECTIONS, PageEntry
from ui.keyboard import component as keyboard
from ui.page_link import arrive, last_link
from ui.player import components
from ui.threads import one_thread_for_each_reader

__all__ = ["Page", "entry_of", "menu_link", "open_page", "say_errors"]

PROJECTOR_SCALE = 1.35
TOP = Path(__file__).resolve().parent.parent
# A file of our own: a Material symbol as the tab's icon would be fetched from a font server.
ICON = TOP / "assets" / "icon.svg"

# The player's program and its hand draw nothing. The chosen one of several options would be written
# in its own colour on a tint of it, which is too pale in the dark.
_STYLE = """<style>
.st-key-player_program, .st-key-keyboard, [class*="st-key-"][class*="_hand"] { display: none; }
[data-testid="stSidebar"][data-collapsed="true"] { visibility: hidden; }
#skip-to-picture {
  position: fixed; top: 0.4rem; left: 0.4rem; z-index: 1000001; padding: 0.5rem 0.9rem;
  border-radius: 0.5rem; background: #0072B2; color: #FFFFFF; font-family: sans-serif;
}
#skip-to-picture:not(:focus) { transform: translateY(-200%); }
[data-testid="stHeader"] { background: none; pointer-events: none; }
[data-testid="stHeader"] * { pointer-events: none; }
[data-testid="stHeader"] :is(button, button *, a) { pointer-events: auto; }
[data-testid="stMainBlockContainer"] { padding: 0.8rem 2.5rem 2rem 3.1rem; }
[data-testid="stMainBlockContainer"] h1 { font-size: 1.6rem; padding: 0; }
[data-testid="stMainBlockContainer"] h2 { font-size: 1.15rem; padding: 0.25rem 0 0.6rem; }
[data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] { gap: 0.5rem; }
[data-testid="stSidebarNavLink"], [data-testid="stPageLink"] a { min-height: 2rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.82; }
[data-testid="stSliderThumbValue"] { color: inherit; }
[data-testid="stMainBlockContainer"] button[data-variant][aria-checked="true"]:not(:disabled) {
  color: inherit; font-weight: 600;
}
.st-key-lesson [data-testid="stColumn"] { min-width: 0; }
.st-key-lesson [data-testid="stColumn"]:first-child { flex: 1 1 0; }
.st-key-lesson [data-testid="stColumn"]:last-child { flex: 0 0 17.5rem; }
.st-key-controls [data-testid="stSlider"] { margin-bottom: -0.8rem; }
.st-key-controls [data-testid="stSliderTickBar"] { display: none; }
[data-testid="stPageLink"] a:focus-visible {
  outline: 3px solid var(--st-primary-color); outline-offset: -3px;
}
.st-key-controls [data-testid="stSelectbox"] {
  display: grid; grid-template-columns: 6rem minmax(0, 1fr); align-items: center;
}
.st-key-controls [data-testid="stSelectbox"] > * { min-width: 0; }
.st-key-presets { gap: 0.35rem !important; }
.st-key-presets button { min-height: 1.9rem; padding: 0 0.55rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 3rem 1rem 2rem; }
  [data-testid="stMainBlockContainer"] h1 { font-size: 1.3rem; }
  /* The picture stays while its controls move below it, and hides none that has the focus. */
  [data-testid="stMain"] { scroll-padding-top: 60vh; }
  .st-key-lesson > div > [data-testid="stHorizontalBlock"] { flex-direction: column; }
  .st-key-lesson [data-testid="stColumn"]:first-child {
    position: sticky; top: 0; z-index: 5; flex: none; width: 100%;
    background: var(--st-background-color); padding-bottom: 0.25rem;
  }
  .st-key-lesson [data-testid="stColumn"]:last-child { flex: none; width: 100%; }
  .st-key-controls [data-testid="stSelectbox"] { display: block; }
  .st-key-controls { display: grid; grid-template-columns: 1fr 1fr; gap: 0.25rem 1rem; }
}
</style>"""
# A projector shows few lines: everything from the title to the clock has to fit on them.
_PROJECTOR_STYLE = """<style>
html { font-size: 19px; }
[data-testid="stMainBlockContainer"] h1 { font-size: 1.45rem; }
[data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] { gap: 0.3rem; }
[data-testid="stMainBlockContainer"] button { min-height: 2rem; padding-top: 0; padding-bottom: 0; }
</style>"""
# A frame in another page is small: presets stand in one line, which fades where it goes on.
_EMBEDDED_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding: 0.25rem 0.5rem 0; }
[data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] { gap: 0.3rem; }
.st-key-lesson > div > [data-testid="stHorizontalBlock"] { gap: 0.8rem; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { margin: 0; }
.st-key-lesson [data-testid="stColumn"]:last-child { flex: 0 0 14.5rem; }
.st-key-controls [data-testid="stSelectbox"] { grid-template-columns: 4.5rem minmax(0, 1fr); }
.st-key-presets {
  flex-wrap: nowrap; overflow-x: auto; padding-right: 3rem; scrollbar-width: none;
  mask-image: linear-gradient(to right, #000 80%, transparent);
}
.st-key-presets > * { flex-shrink: 0; }
@media (max-width: 640px) {
  .st-key-lesson [data-testid="stColumn"]:last-child { flex: none; width: 100%; }
  .player .clock .speed, .player .clock .png, .player .clock .full { display: none; }
  .player .clock { flex-wrap: nowrap; }
  .player .clock button { padding: 0 0.45rem; }
  .player .clock .hand { min-width: 4rem; }
  .player .caption { font-size: 0.85rem; min-height: 2.8em; }
}
</style>"""


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
    for entry in (HOME, *PAGES):
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
    entry = entry_of(key)
    lesson = read_lesson(key)
    one_thread_for_each_reader()
    st.set_page_config(
        page_title=f"{entry.title} · {read_lesson('shell').title}",
        page_icon=str(ICON),
        layout="wide",
        # On a page with a picture its width is worth more; one press opens the menu.
        initial_sidebar_state="auto" if entry is HOME else "collapsed",
    )
    arrive(key)
    # As it came: the menu's own control takes out of the link what it cannot use.
    st.session_state["opened_link"] = dict(st.query_params)
    embedded = bool(st.context.is_embedded)
    projector = False if embedded else _menu()
    more = _EMBEDDED_STYLE if embedded else _PROJECTOR_STYLE if projector else ""
    st.html(_STYLE + more)
    components.start()
    keyboard.start()
    corner = None
    if not embedded:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.title(lesson.title, anchor=False, help=lesson.story if projector else None)
            corner = st.container(width="content")
        if not projector:
            st.markdown(lesson.story)
            _read_first(lesson)
    return Page(entry, lesson, _look(projector), embedded, corner)


def menu_link(entry: PageEntry, label: str) -> None:
    """Draw the link to a page, as the reader left it."""
    query = last_link(entry.key)
    st.page_link(_registered(entry), label=label, icon=entry.icon, query_params=query or None)


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
        st.error(_plain(str(error)), icon=":material/error:")
        return None


def _menu() -> bool:
    """Draw the menu in sections; return whether projector mode is on."""
    # Kept beside the switch: Streamlit forgets what a link set when the page changes.
    linked = st.query_params.get("projector") == "true"
    wanted = bool(st.session_state.get("projector_on", linked))
    words = shell_words("sidebar")
    with st.sidebar:
        menu_link(HOME, HOME.title)
        for section in SECTIONS:
            entries = [entry for entry in PAGES if entry.section == section]
            if entries:
                st.caption(f"**{shell_words('menu_sections')[section]}**")
            for entry in entries:
                menu_link(entry, entry.title)
        st.space("small")
        projector = st.toggle(
            words["projector"],
            value=wanted,
            key="projector",
            help=words["projector_help"],
        )
        st.caption(read_lesson("shell").story)
    st.session_state["projector_on"] = bool(projector)
    return bool(projector)


def _look(projector: bool) -> Look:
    base = DARK if st.context.theme.type == "dark" else LIGHT
    return base.sized(PROJECTOR_SCALE if projector else 1.0)


def _plain(text: str) -> str:
    """Escape what Markdown would read as markup: messages may quote what a user typed."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>()#+!|$~" else sign for sign in text)
