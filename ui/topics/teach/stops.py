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
    here, spoken = st.context.url, {visit.LANGUAGE.name: language()}
    return lambda stop: full_link(address_of(stop, here), stop.parameters() | spoken)


def stop_link(stop: Stop, label: str = "{page}") -> None:
    """Draw the link to a stop; its label may have the gap ``{page}``."""
    entry = entry_of(stop.page)
    menu_link(entry, label.replace("{page}", entry.title), spelled(stop.parameters()))
