"""Asks now and then whether something changed; only then the page is drawn anew.

A fragment that draws nothing asks: what it costs is one small query. Phones do not ask all at once:
each has a rhythm of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import streamlit as st

__all__ = ["DESK_EVERY", "PHONE_EVERY", "WALL_EVERY", "follow", "rhythm"]

PHONE_EVERY, DESK_EVERY, WALL_EVERY = 5.0, 2.0, 1.0  # seconds
JITTER = 0.2  # of the time between two polls, up or down


def rhythm(every: float) -> float:
    """Return a time between polls near ``every``, in seconds; it stays the same in a visit."""
    drawn: float = st.session_state.setdefault("class/rhythm", random.uniform(-JITTER, JITTER))
    return every * (1.0 + drawn)


def follow(watched: Callable[[], object], shown: object, every: float) -> None:
    """Run the page again once what is watched is no longer what it shows.

    Parameters
    ----------
    watched : callable
        Asks what there is to show now; it costs one small query and draws nothing.
    shown : object
        What the page shows.
    every : float
        Seconds between two polls.
    """
    drawing = True

    @st.fragment(run_every=every)
    def poll() -> None:
        # The page was just drawn from it.
        if not drawing and watched() != shown:
            st.rerun()

    poll()
    drawing = False
