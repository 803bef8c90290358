"""The clock under a figure: play, pause, step, scrub, and a sentence that follows the hand.

The figure is drawn once, and the clock changes it in the browser. The server learns which tick is
shown only when the hand rests; the link then holds it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from collapse_core.figures.moving import MovingFigure
from collapse_core.lessons.lesson import shell_words

__all__ = ["CONFIG", "clock", "clock_tick", "send_hand"]

CONFIG = {"displayModeBar": False, "responsive": True, "doubleClick": False}
# In the middle of the figure, so that it does not push the margins.
REMOTE = {"type": "buttons", "x": 0.5, "y": 0.5, "buttons": [{"method": "skip", "label": ""}]}

_HTML = """
<div class="clock" role="group">
  <button class="play" type="button"></button>
  <button class="back" type="button">‹</button>
  <button class="step" type="button">›</button>
  <input class="hand" type="range" min="0" step="1">
  <output class="now"></output>
  <select class="speed">
    <option class="slow" value="4"></option>
    <option class="normal" value="15" selected></option>
    <option class="fast" value="30"></option>
  </select>
  <button class="png" type="button">PNG</button>
  <button class="svg" type="button">SVG</button>
</div>
<p class="caption" aria-live="polite"></p>
"""


@st.cache_resource
def _component() -> Any:
    folder = Path(__file__).parent
    return st.components.v2.component(
        "clock",
        html=_HTML,
        css=(folder / "clock.css").read_text(encoding="utf-8"),
        js=(folder / "clock.js").read_text(encoding="utf-8"),
    )


def clock_tick(key: str, last: int, default: int) -> int:
    """Return the tick that is shown by a clock that no link knows.

    Parameters
    ----------
    key : str
        The clock's key.
    last : int
        The last tick.
    default : int
        Where the hand stands when nobody has moved it.
    """
    rests = st.session_state.get(f"{key}_rests")
    return send_hand(key, default if rests is None else min(last, rests), f"{key}_rests")


def send_hand(key: str, shown: int, rests_in: str) -> int:
    """Return the tick that is shown, and send the hand there unless it is there already.

    Parameters
    ----------
    key : str
        The clock's key.
    shown : int
        The tick.
    rests_in : str
        The session's key that is to hold where the hand rests, once somebody has moved it.
    """
    state = _state(key)
    if not state.pop("moved", False) and shown != state.get("shown", shown):
        # Not by hand: a link, a default that changed, or a tick that is computed by now.
        state["seek"] += 1
    state |= {"shown": shown, "rests_in": rests_in}
    return shown


def clock(
    moving: MovingFigure,
    captions: Sequence[str],
    tick: int,
    *,
    key: str,
    filename: str = "model-collapse",
    autoplay: bool = False,
    pictures: bool = True,
) -> None:
    """Draw a moving figure with its clock.

    Parameters
    ----------
    moving : MovingFigure
        The figure and its frames.
    captions : sequence of str
        One sentence per frame; ``**`` marks what is bold.
    tick : int
        The tick shown, from `clock_tick`.
    key : str
        Unique on the page.
    filename : str
        Name of a downloaded picture, without ending.
    autoplay : bool
        Whether the clock starts by itself, once, unless the reader prefers less motion.
    pictures : bool
        Whether to offer PNG and SVG.
    """
    state = _state(key)
    stamp = _stamp(moving)
    if state.get("stamp") != stamp:
        # A new picture starts where the hand is; from then on the browser moves it, and drawing it
        # anew at every rest of the hand would only make it flicker.
        state |= {"stamp": stamp, "start": tick}
    figure = moving.at(state["start"])
    figure.layout.meta = {"stamp": stamp}
    figure.layout.updatemenus = [REMOTE]
    st.plotly_chart(figure, key=f"{key}_figure", config=CONFIG, alt=moving.alt or None)
    _component()(
        key=key,
        data={
            "figure": f"{key}_figure",
            "frames": [frame.to_dict() for frame in moving.frames],
            "redraw": moving.redraws,
            "captions": list(captions),
            "start": tick,
            "drawn": state["start"],
            "seek": state["seek"],
            "stamp": stamp,
            "name": moving.clock_name,
            "words": dict(shell_words("clock")),
            "narrow": bool(st.session_state.get("narrow", False)),
            "filename": filename,
            "autoplay": autoplay,
            "pictures": pictures,
        },
        on_tick_change=lambda: _remember_tick(key),
        on_narrow_change=lambda: _remember_width(key),
    )


def _state(key: str) -> dict[str, Any]:
    """Return what the session knows of a clock.

    ``seek`` is how often the hand was sent somewhere, ``stamp`` and ``start`` which picture was
    drawn and at which tick.
    """
    state: dict[str, Any] = st.session_state.setdefault(f"{key}_state", {"seek": 0})
    return state


def _remember_tick(key: str) -> None:
    tick, state = (st.session_state.get(key) or {}).get("tick"), _state(key)
    if tick is not None:
        state["moved"] = True
        # A clock that starts anew with each picture was never sent anywhere.
        st.session_state[state.get("rests_in", f"{key}_rests")] = int(tick)


def _remember_width(key: str) -> None:
    st.session_state["narrow"] = bool((st.session_state.get(key) or {}).get("narrow"))


def _stamp(moving: MovingFigure) -> int:
    """Return a number that changes when the picture does, whichever part of it that is."""
    stamp = zlib.crc32(repr((moving.layout, moving.meta, moving.frames)).encode())
    for trace in moving.traces:
        for name, value in trace.items():
            content = value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode()
            stamp = zlib.crc32(content, zlib.crc32(name.encode(), stamp))
    return stamp
