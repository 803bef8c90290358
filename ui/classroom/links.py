"""The links of a class, to join it and to its wall; the desk's own link alone holds a token."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from collapse_core.lessons.language import language
from ui import visit
from ui.share import beside, full_link

__all__ = ["CODE", "KEY", "SEAT", "join_link", "only_here", "shown_address", "wall_link"]

# Names in the query: the code of a class, the token of its teacher, the token of a seat.
CODE, KEY, SEAT = "class", "key", "seat"

# Addresses that only the machine itself can open.
HERE_ONLY = ("localhost", "127.0.0.1", "::1", "0.0.0.0")


def join_link(code: str) -> str:
    """Return the link by which a phone joins; it holds the code, and no token."""
    return _link("join", {CODE: code})


def wall_link(code: str) -> str:
    """Return the link to the wall of a class; it holds the code, and no token."""
    return _link("wall", {CODE: code})


def shown_address() -> str:
    """Return the address of the page to join as it is read off a wall: without a scheme."""
    parts = urlsplit(beside(st.context.url, "join"))
    return f"{parts.netloc}{parts.path}"


def only_here() -> bool:
    """Return whether phones cannot open the links, since they name this machine as itself."""
    return urlsplit(st.context.url or "").hostname in HERE_ONLY


def _link(page: str, query: dict[str, str]) -> str:
    spoken = {visit.LANGUAGE.name: language()}
    return full_link(beside(st.context.url, page), query | spoken)
