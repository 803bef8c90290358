"""Whole pages of phones are drawn one after the other, so that who acts does not wait for them.

When a question is opened, or a server ends and all its phones come to another one, hundreds of
pages are to be drawn within a few seconds. Were all of them drawn at once, a guess that somebody
sends meanwhile would wait for every one of them. What a phone sends is drawn in a fragment
(`ui.classroom.phone`), which waits for nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["AT_ONCE", "LONGEST_WAIT", "in_turn"]

AT_ONCE = 1
"""Pages that are drawn at the same time."""
LONGEST_WAIT = 20.0
"""Seconds after which a page is drawn, whoever else is at it."""

_PLACES = threading.Semaphore(AT_ONCE)


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait until a whole page may be drawn, and give the place to the next one after it."""
    mine = _PLACES.acquire(timeout=LONGEST_WAIT)
    try:
        yield
    finally:
        if mine:
            _PLACES.release()
