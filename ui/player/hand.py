"""Where the clock's hand is: moved in the browser, sent from here, kept by the session.

The server learns which tick is shown only when the hand rests; the link then holds it.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

__all__ = ["clock_tick", "hand_of", "rest", "send_hand"]


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
    state = hand_of(key)
    if not state.pop("moved", False) and shown != state.get("shown", shown):
        # Not by hand: a link, a default that changed, or a tick that is computed by now.
        state["seek"] += 1
    state |= {"shown": shown, "rests_in": rests_in}
    return shown


def rest(key: str, tick: int) -> None:
    """Remember where somebody left the hand."""
    state = hand_of(key)
    state["moved"] = True
    # A clock that starts anew with each picture was never sent anywhere.
    st.session_state[state.get("rests_in", f"{key}_rests")] = int(tick)


def hand_of(key: str) -> dict[str, Any]:
    """Return what the session knows of a hand: ``seek`` is how often it was sent somewhere."""
    state: dict[str, Any] = st.session_state.setdefault(f"{key}_state", {"seek": 0})
    return state
