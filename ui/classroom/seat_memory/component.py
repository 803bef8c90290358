"""Mounts the script that keeps a phone's seat in its browser, and looks for one that is kept.

A seat is a random text that says nothing of a person. The page's own link has it too; what the
browser keeps helps where the link is opened without it: by the QR code again, or in another tab.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["keep_seat", "kept_seat"]


@functools.cache
def _script() -> Any:
    script = (Path(__file__).parent / "seat.js").read_text(encoding="utf-8")
    return st.components.v2.component("seat_memory", js=script, isolate_styles=False)


def kept_seat(code: str) -> str:
    """Return the seat that the browser keeps for a class; nothing until it has been asked.

    Parameters
    ----------
    code : str
        Of the class. A found seat runs the page again.
    """
    told = _mounted({"class": code, "seat": None}).seat
    kept, _, seat = str(told or "").partition(" ")
    return seat if kept == code else ""


def keep_seat(code: str, seat: str) -> None:
    """Let the browser keep the seat of a class; an empty one is forgotten."""
    _mounted({"class": code, "seat": seat})


def _mounted(data: dict[str, Any]) -> Any:
    return _script()(key="seat_memory", data=data, on_seat_change=lambda: None)
