"""Shows pictures with their clocks, each packed once for everyone who asks for the same one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from collapse_core.figures.player.picture import Picture
from collapse_core.lessons.language import language
from ui.kept import Kept
from ui.player import components
from ui.player.hand import hand_of, rest

__all__ = ["PICTURES", "packed_once", "show"]

PICTURES = Kept(64 * 2**20)


def show(
    make: Callable[[], Picture],
    of: object,
    *,
    key: str,
    tick: int = 0,
    autoplay: int = 0,
    asked: Mapping[str, Any] | None = None,
    on_guess: Callable[[str], None] | None = None,
    on_panels: Callable[[str], None] | None = None,
    private: bool = False,
) -> None:
    """Show a picture with its clock, where its figure has one.

    Parameters
    ----------
    make : callable
        Makes the picture, unless somebody has asked for the same one before.
    of : object
        What the picture depends on besides the language; its ``repr`` tells all of it.
    key : str
        Unique on the page, and the picture's name.
    tick : int
        The tick shown, from `clock_tick` or from the page's link.
    autoplay : int
        The clock starts by itself once for every other number but 0; where the reader prefers less
        motion it goes to its end instead.
    asked : mapping, optional
        More for the player: ``ask``, ``guess``, ``panels``, ``fits``, ``embedded``.
    on_guess, on_panels : callable, optional
        Take what the reader guessed, and which panels the reader chose.
    private : bool
        Whether it shows a reader's own data: then it is kept in the session alone.
    """
    data = {"name": key, "tick": tick, "seek": hand_of(key)["seek"], "autoplay": autoplay}

    def guessed() -> None:
        # The same guess may be made again: what is told has a number.
        if on_guess is not None and (guess := str(_told(key).get("guess") or "")):
            on_guess(guess.partition(" ")[2])

    def chosen() -> None:
        if on_panels is not None:
            on_panels(str(_told(key).get("panels") or ""))

    with st.container(key=f"{key}_player", gap=None):
        # The hand comes first, so that a new picture finds it where it belongs.
        components.hand(
            key,
            data | dict(asked or {}),
            on_tick_change=lambda: _rests(key),
            on_guess_change=guessed,
            on_panels_change=chosen,
        )
        kept = _own_pictures() if private else PICTURES
        components.stage(packed_once(kept, key, of, make), key)


def packed_once(kept: Kept, key: str, of: object, make: Callable[[], Picture]) -> bytes:
    """Return a picture in the language of the moment; the other parameters are those of `show`."""
    return kept.get(f"{key} {language()} {of!r}", lambda: make().packed())


def _own_pictures() -> Kept:
    """Return the pictures of the reader's own data, which go with the session."""
    kept: Kept = st.session_state.setdefault("own_pictures", Kept(8 * 2**20))
    return kept


def _told(key: str) -> dict[str, object]:
    return dict(st.session_state.get(f"{key}_hand") or {})


def _rests(key: str) -> None:
    tick = _told(key).get("tick")
    if isinstance(tick, int | float):
        rest(key, int(tick))
