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

from collapse_core import Param
from collapse_core.figures.moving import MovingFigure
from collapse_core.lessons.lesson import shell_words
from ui.page_link import PageLink

__all__ = ["TICK", "clock", "clock_tick", "linked_tick"]

CONFIG = {"displayModeBar": False, "responsive": True, "doubleClick": False}
TICK = Param("generation", "t", 0, 10**6, 0, "The generation that the clock shows.")
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


def clock_tick(
    key: str, last: int, default: int, *, done: int | None = None, linked: bool = True
) -> int:
    """Return the tick that is shown: the hand's, or the link's, or the default.

    Parameters
    ----------
    key : str
        The clock's key.
    last : int
        The last tick.
    default : int
        Where the hand stands when nobody has moved it.
    done : int, optional
        The last tick that is computed so far, where that takes a while: the hand waits there, and
        the link keeps the tick that was asked for.
    linked : bool
        Whether the link holds the tick.
    """
    state = _state(key)
    link = st.query_params.get(TICK.name) if linked else None
    moved = state.pop("moved", False)
    if not moved and linked and link != state["link"]:
        # The link changed and the hand did not: a shared link, Back or Forward.
        state["tick"] = _whole(link)
    tick = default if state["tick"] is None else max(0, min(last, state["tick"]))
    if linked:
        _write_link(state, tick, default)
    return _sought(state, tick if done is None else min(tick, done), moved)


def linked_tick(
    link: PageLink, key: str, last: int, default: int, *, done: int | None = None
) -> int:
    """Return the tick that is shown, where a page's link holds it.

    Parameters
    ----------
    link : PageLink
        Of the page.
    key, last, default, done
        As for `clock_tick`.
    """
    state, rests = _state(key), link[TICK.name]
    state["rests_in"] = link.key(TICK.name)
    tick = default if rests is None else max(0, min(last, rests))
    link.show(TICK.name, tick, default)
    return _sought(state, tick if done is None else min(tick, done), state.pop("moved", False))


def _sought(state: dict[str, Any], shown: int, moved: bool) -> int:
    """Return the tick that is shown, and send the hand there unless it is there already."""
    if not moved and shown != state.get("shown", shown):
        # Not by hand: a link, a default that changed, or a tick that is computed by now.
        state["seek"] += 1
    state["shown"] = shown
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
    frames = [frame.to_dict() for frame in moving.frames]
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
            "frames": frames,
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

    ``tick`` is where the hand rests (None: nobody moved it), ``link`` what the link said last,
    ``seek`` how often the link moved the hand, ``stamp`` and ``start`` which picture was drawn and
    at which tick.
    """
    state: dict[str, Any] = st.session_state.setdefault(
        f"{key}_state", {"tick": None, "link": None, "seek": 0}
    )
    return state


def _remember_tick(key: str) -> None:
    tick = (st.session_state.get(key) or {}).get("tick")
    if tick is None:
        return
    state = _state(key)
    state.update(tick=int(tick), moved=True)
    if "rests_in" in state:
        st.session_state[state["rests_in"]] = int(tick)


def _remember_width(key: str) -> None:
    st.session_state["narrow"] = bool((st.session_state.get(key) or {}).get("narrow"))


def _write_link(state: dict[str, Any], tick: int, default: int) -> None:
    wanted = None if tick == default else str(tick)
    if st.query_params.get(TICK.name) != wanted:
        if wanted is None:
            del st.query_params[TICK.name]
        else:
            st.query_params[TICK.name] = wanted
    state["link"] = wanted


def _whole(text: str | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def _stamp(moving: MovingFigure) -> int:
    """Return a number that changes when the picture does, whichever part of it that is."""
    stamp = zlib.crc32(repr((moving.layout, moving.meta, moving.frames)).encode())
    for trace in moving.traces:
        for name, value in trace.items():
            content = value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode()
            stamp = zlib.crc32(content, zlib.crc32(name.encode(), stamp))
    return stamp
