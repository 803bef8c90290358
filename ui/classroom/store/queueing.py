"""A lock that threads get in the order in which they came: who asks again and again waits too."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType

__all__ = ["InTurn"]


class InTurn:
    """Lets one thread in at a time, first come, first served; used with ``with``.

    `threading.Lock` often goes to the thread that has just released it. Of many that poll and one
    that writes, the one could then wait for minutes.
    """

    def __init__(self) -> None:
        self._mine = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()  # the first is inside

    def __enter__(self) -> None:
        place = threading.Lock()
        place.acquire()
        with self._mine:
            self._waiting.append(place)
            if len(self._waiting) == 1:
                return
        place.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._mine:
            self._waiting.popleft()
            if self._waiting:
                self._waiting[0].release()
