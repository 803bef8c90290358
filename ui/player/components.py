"""The player's three components: its program, its stage, its hand.

The program is sent once and begins to load what draws. The stage takes a picture as bytes. The hand
takes what changes without the picture, and tells where it comes to rest.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import streamlit as st

from collapse_core.figures.player.program import frame, program, style
from collapse_core.figures.player.stand_alone import BUNDLE
from collapse_core.lessons.language import language, speaking

__all__ = ["hand", "stage", "start"]

_FOLDER = Path(__file__).parent


@functools.cache
def _program() -> Any:
    players = (_FOLDER / "players.js").read_text(encoding="utf-8")
    players = players.replace("BUNDLE", BUNDLE).replace("STYLE", json.dumps(style()))
    return st.components.v2.component(
        "player_program", js=program() + players, isolate_styles=False
    )


@functools.cache
def _waiting(name: str, framed_in: str = "") -> Any:
    """Return a component that waits for the program and is then mounted by it.

    Parameters
    ----------
    name : str
        What the program calls it.
    framed_in : str
        The language of the frame that it fills; empty for one without a frame.
    """
    js = (_FOLDER / "meeting.js").read_text(encoding="utf-8").replace("METHOD", name)
    if not framed_in:
        return st.components.v2.component(f"player_{name}", js=js, isolate_styles=False)
    with speaking(framed_in):
        html = frame()
    return st.components.v2.component(
        f"player_{name}_{framed_in}", html=html, js=js, isolate_styles=False
    )


def start() -> None:
    """Send the player's program; a page does so before it computes anything."""
    _program()(key="player_program")


def stage(packed: bytes, key: str) -> None:
    """Show a picture.

    Parameters
    ----------
    packed : bytes
        A `Picture`, packed.
    key : str
        The player's; the picture has it as its name.
    """
    # What is said until the program is there is part of the component: each language has one.
    _waiting("stage", language())(key=f"{key}_stage", data=packed)


def hand(key: str, data: dict[str, Any], **callbacks: Any) -> None:
    """Send what changes without the picture.

    Parameters
    ----------
    key : str
        The player's.
    data : dict
        Its ``name``, ``tick``, ``seek``, ``autoplay``; perhaps ``ask``, ``guess``, ``panels``,
        ``fits`` (whether it is as high as its window has room for), ``anywhere`` (whether its
        keys act wherever nothing has the focus) and ``embedded``.
    **callbacks
        ``on_tick_change``, ``on_guess_change`` and ``on_panels_change``.
    """
    _waiting("hand")(key=f"{key}_hand", data=data, **callbacks)
