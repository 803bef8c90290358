"""Mounts the turn of a learner on a phone: looking, answering and sending happen in the browser.

One picture and a few words go to the phone; one answer comes back. Nothing runs on the server
meanwhile, so that the seconds are the same for a class of five and of three hundred.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

__all__ = ["told_answer", "turn"]

_FOLDER = Path(__file__).parent


@functools.cache
def _mounted() -> Any:
    answering, turning, look = (
        (_FOLDER / name).read_text(encoding="utf-8")
        for name in ("answering.js", "turn.js", "turn.css")
    )
    return st.components.v2.component(
        "telephone_turn", html='<div class="turn"></div>', css=look, js=answering + turning
    )


def turn(data: Mapping[str, Any], key: str, on_answer: Callable[[], None]) -> None:
    """Draw a turn.

    Parameters
    ----------
    data : mapping
        ``turn`` (its id), ``language``, ``words``, ``seconds``; and either ``looked_at`` (an
        ``svg`` and what is ``told`` of it) with what is ``asked``, or what is for ``judging``.
    key : str
        Unique on the page; another turn needs another one.
    on_answer : callable
        Called when the phone has told its answer, perhaps more than once for one answer.
    """
    _mounted()(key=key, data=dict(data), on_answer_change=on_answer)


def told_answer(key: str) -> dict[str, Any] | None:
    """Return what the phone has told: ``turn`` and ``value``; None where that is nothing usable."""
    state = st.session_state.get(key)
    told = state.get("answer") if isinstance(state, Mapping) else None
    return dict(told) if isinstance(told, Mapping) and {"turn", "value"} <= set(told) else None
