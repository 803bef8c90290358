"""Mounts the script that asks for a run of the page as soon as there is a server again.

Streamlit connects again by itself, but asks for nothing until a control is moved. A server that has
never met the page would then take its settings from the link, and that move would be lost. What was
downloaded from the old server would be missing, too. One run in between makes the page known.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["start", "was_unasked"]

_BACK = "came_back"
_TOLD = "told"


@functools.cache
def _script() -> Any:
    script = (Path(__file__).parent / "reconnect.js").read_text(encoding="utf-8")
    return st.components.v2.component("reconnect", js=script, isolate_styles=False)


def start(page: str) -> None:
    """Send the script; a page does so once, before its controls.

    Parameters
    ----------
    page : str
        Its key.
    """
    state = st.session_state
    if came := str(_script()(key="reconnect", on_back_change=lambda: None).back or ""):
        state[_BACK] = (page, came.startswith(_TOLD))
    elif state.get(_BACK, (page, False))[0] != page:
        del state[_BACK]


def was_unasked(page: str) -> bool | None:
    """Return whether a page came back with its answer in view; None where it did not come back.

    The link holds the settings, and need not say whether their answer was seen. What the browser
    told holds until another page is shown: the first run may be cut short and begin again.

    Parameters
    ----------
    page : str
        Its key.
    """
    came_back, told = st.session_state.get(_BACK, ("", False))
    return bool(told) if came_back == page else None
