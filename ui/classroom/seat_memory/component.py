"""Mounts the script that keeps a phone's seat in its browser, and looks for one that is kept.

A seat is a random text that says nothing of a person. The page's own link has it too; what the
browser keeps helps where the link is opened without it: by the QR code again, or in another tab.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["kept_seat", "remember"]

_KEY = "seat_memory"


@functools.cache
def _script() -> Any:
    script = (Path(__file__).parent / "seat.js").read_text(encoding="utf-8")
    return st.components.v2.component(_KEY, js=script, isolate_styles=False)


def kept_seat(code: str) -> str:
    """Return the seat that the browser keeps for a class; nothing where it has told of none yet."""
    told = dict(st.session_state.get(_KEY) or {}).get("seat")
    kept, _, seat = str(told or "").partition(" ")
    return seat if kept == code else ""


def remember(code: str, seat: str | None) -> None:
    """Let the browser keep the seat of a class; a page does so once.

    Parameters
    ----------
    code : str
        Of the class.
    seat : str, optional
        Its token; an empty one is forgotten. With None the browser is asked for the one it keeps:
        if there is one the page runs again.
    """
    _script()(key=_KEY, data={"class": code, "seat": seat}, on_seat_change=lambda: None)
