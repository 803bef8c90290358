"""The way to a stop of a class: the same link in a button, in a text and on paper."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

import streamlit as st

from collapse_core.lessons.language import language
from collapse_core.topics.teach.steps import Stop
from ui import visit
from ui.share import full_link, spelled
from ui.shell import entry_of, menu_link

__all__ = ["address_of", "addresses", "stop_link"]


def address_of(stop: Stop, here: str | None = None) -> str:
    """Return the link to a stop.

    Parameters
    ----------
    stop : Stop
        The page and its settings.
    here : str, optional
        Address of the page that is shown; without it the link is relative to any page.
    """
    return full_link(urljoin(here or "", stop.page), stop.parameters())


def addresses() -> Callable[[Stop], str]:
    """Return what makes whole links, to be read on paper."""
    here, spoken = _here(), {visit.LANGUAGE.name: language()}
    return lambda stop: full_link(address_of(stop, here), stop.parameters() | spoken)


def _here() -> str | None:
    """Return the address of the page that is shown, or of one beside it.

    A run that no browser asked for, such as one after a lost connection, knows only from where the
    connection was opened.
    """
    origin = st.context.headers.get("Origin")
    if st.context.url or not origin:
        return st.context.url
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{origin}/{folder}/" if folder else f"{origin}/"


def stop_link(stop: Stop, label: str = "{page}") -> None:
    """Draw the link to a stop; its label may have the gap ``{page}``."""
    entry = entry_of(stop.page)
    menu_link(entry, label.replace("{page}", entry.title), spelled(stop.parameters()))
