"""Memory that nobody needs goes back to the system, a while after somebody was here.

What a reader's run computes is freed when the run ends, but not yet the system's: glibc keeps it in
heaps, up to eight for each processor, since each run has a thread of its own. A page here, a result
that is kept there, and the heaps grow for an hour though what is in use does not. So there are few
heaps, and what is free in them is given back now and then. Other systems see to it themselves.
"""

from __future__ import annotations

import ctypes
import functools
import os
import threading
from collections.abc import Callable

__all__ = ["GiveBack", "give_back", "given_back_soon", "small_heaps"]

AFTER = 15.0  # seconds
MEGABYTE = 2**20
# By their names in the environment; their numbers are of glibc's malloc.h.
OPTIONS = (
    ("MALLOC_ARENA_MAX", -8, 2),
    # glibc would let each heap keep up to 64 MB at its end, once something large was freed.
    ("MALLOC_TRIM_THRESHOLD_", -1, 2 * MEGABYTE),
    ("MALLOC_MMAP_THRESHOLD_", -3, 8 * MEGABYTE),
)


class GiveBack:
    """Gives memory back a while after it is asked to, and not more often than that.

    Parameters
    ----------
    give : callable
        Gives it back.
    after : float
        How long after, in seconds. Meanwhile others may ask as often as they like.
    """

    def __init__(self, give: Callable[[], object], after: float) -> None:
        self._give, self._after = give, after
        self._waiting = False
        self._lock = threading.Lock()

    def soon(self) -> None:
        """Give memory back in a while; whoever asks does not wait for it."""
        with self._lock:
            if self._waiting:
                return
            self._waiting = True
        timer = threading.Timer(self._after, self._now)
        timer.daemon = True
        timer.start()

    def _now(self) -> None:
        with self._lock:
            self._waiting = False
        self._give()


def give_back() -> bool:
    """Give free memory back to the system; return whether there was any that could be."""
    library = _glibc()
    # Python's other threads go on meanwhile: ctypes lets them.
    return library is not None and bool(library.malloc_trim(0))


@functools.cache
def small_heaps() -> bool:
    """Let threads share a few heaps that do not keep much, once; return whether they do.

    Whoever starts the server may have said otherwise, by glibc's own ``MALLOC_ARENA_MAX`` and so
    on.
    """
    library = _glibc()
    if library is None:
        return False
    said = [library.mallopt(*option) for name, *option in OPTIONS if name not in os.environ]
    return bool(said) and all(said)


def given_back_soon() -> None:
    """Let what the run that begins here frees go back to the system a while later."""
    if _glibc() is not None:
        small_heaps()
        _SOON.soon()


@functools.cache
def _glibc() -> ctypes.CDLL | None:
    """Return the C library this process runs on, if it is glibc: no other can trim."""
    try:
        library = ctypes.CDLL(None)
        library.malloc_trim.argtypes = [ctypes.c_size_t]
        library.mallopt.argtypes = [ctypes.c_int, ctypes.c_int]
    except (AttributeError, OSError, TypeError):  # TypeError: there is no such name on Windows
        return None
    return library


_SOON = GiveBack(give_back, AFTER)
