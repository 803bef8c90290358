"""Shows pictures with their clocks, each packed once for everyone who asks for the same one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from collapse_core.figures.player.picture import Picture
from ui.kept import Kept
from ui.player import components
from ui.player.hand import hand_of, rest

__all__ = ["PICTURES", "show"]

PICTURES = Kept(64 * 2**20)


def show(
    make: Callable[[], Picture],
    of: object,
    *,
    key: str,
    tick: int = 0,
    guess: float | None = None,
    autoplay: bool = False,
) -> None:
    """Show a picture with its clock, where its figure has one.

    Parameters
    ----------
    make : callable
        Makes the picture, unless somebody has asked for the same one before.
    of : object
        What the picture depends on; its ``repr`` tells all of it.
    key : str
        Unique on the page, and the picture's name.
    tick : int
        The tick shown, from `clock_tick` or from the page's link.
    guess : float, optional
        The reader's guess, 0 to 1, drawn where the figure has a place for it.
    autoplay : bool
        Whether the clock starts by itself, once, unless the reader prefers less motion.
    """
    data = {
        "name": key,
        "tick": tick,
        "seek": hand_of(key)["seek"],
        "guess": guess,
        "autoplay": autoplay,
        "narrow": bool(st.session_state.get("narrow", False)),
    }
    with st.container(key=f"{key}_player", gap=None):
        # The hand comes first, so that a new picture finds it where it belongs.
        components.hand(
            key,
            data,
            on_tick_change=lambda: _rests(key),
            on_narrow_change=lambda: _remember_width(key),
        )
        components.stage(PICTURES.get(f"{key} {of!r}", lambda: make().packed()), key)


def _told(key: str) -> dict[str, object]:
    return dict(st.session_state.get(f"{key}_hand") or {})


def _rests(key: str) -> None:
    tick = _told(key).get("tick")
    if isinstance(tick, int | float):
        rest(key, int(tick))


def _remember_width(key: str) -> None:
    st.session_state["narrow"] = bool(_told(key).get("narrow"))
