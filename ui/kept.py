"""What was computed once is kept for everyone, while there is room; nobody computes it twice.

Streamlit's own caches are bounded by a number of results, and a class with a seed for each learner
needs more small ones than there is room for large ones; they also keep a lock for ever for every
question that was ever asked. This one is bounded by bytes, and knows nothing of the screen.
"""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

import numpy as np

__all__ = ["SHARED", "Kept", "bytes_of"]

Asked = ParamSpec("Asked")
Result = TypeVar("Result")


MOST_BYTES = 128 * 2**20


@dataclass
class _Entry:
    value: Any
    size: int
    asked: int = 0


class Kept:
    """Results by their name, the least recently used of which go when there is no more room.

    Parameters
    ----------
    most_bytes : int
        Room for all of them. The newest one stays even if it alone is larger.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._being_made: dict[str, Future[Any]] = {}
        self._lock = threading.Lock()
        self._size = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return self._size

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._size = 0

    def get(self, name: str, make: Callable[[], Result]) -> Result:
        """Return what goes by a name. Who asks while somebody makes it waits for that.

        Parameters
        ----------
        name : str
            Names everything that the result depends on.
        make : callable
            Makes it. An error is raised to all who wait, and not kept. Where whoever made it was
            stopped (anything but an `Exception`), one of those who wait makes it.
        """
        while True:
            with self._lock:
                if entry := self._entries.get(name):
                    self._ask_again(name, entry)
                    found: Result = entry.value
                    return found
                made = self._being_made.get(name)
                if made is None:
                    mine = self._being_made[name] = Future()
                    break
            try:
                return made.result()  # type: ignore[no-any-return]
            except CancelledError:
                continue
        return self._make(name, make, mine)

    def measure(self, name: str) -> None:
        """Note how large a result is by now, if it is kept."""
        with self._lock:
            if entry := self._entries.get(name):
                self._measure(entry)

    def of(self, function: Callable[Asked, Result]) -> Callable[Asked, Result]:
        """Return a function whose results are kept, by its name and what was asked.

        What it is asked is told apart by its ``repr``, which names the type and all values of a
        frozen dataclass; a test checks that no two settings collide.
        """

        @functools.wraps(function)
        def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Result:
            name = f"{function.__qualname__} {args!r} {kwargs!r}"
            return self.get(name, lambda: function(*args, **kwargs))

        return asked

    def _make(self, name: str, make: Callable[[], Result], mine: Future[Any]) -> Result:
        try:
            value = make()
        except Exception as error:
            self._end(name)
            mine.set_exception(error)
            raise
        except BaseException:
            self._end(name)
            mine.cancel()
            raise
        with self._lock:
            del self._being_made[name]
            self._put(name, value)
        mine.set_result(value)
        return value

    def _end(self, name: str) -> None:
        with self._lock:
            del self._being_made[name]

    def _put(self, name: str, value: Any) -> None:
        """Keep a result; by now, what its page derived from the one before is kept in that one."""
        if self._entries:
            self._measure(next(reversed(self._entries.values())))
        entry = self._entries[name] = _Entry(value, bytes_of(value))
        self._size += entry.size
        self._make_room()

    def _ask_again(self, name: str, entry: _Entry) -> None:
        """Note that a result is the newest, and now and then how large it is by now.

        What is derived from a result may be kept in it.
        """
        self._entries.move_to_end(name)
        entry.asked += 1
        if entry.asked.bit_count() == 1:  # 1, 2, 4, 8, ...: measuring takes time
            self._measure(entry)

    def _measure(self, entry: _Entry) -> None:
        before, entry.size = entry.size, bytes_of(entry.value)
        self._size += entry.size - before
        self._make_room()

    def _make_room(self) -> None:
        """Let the oldest results go until the others have room."""
        while self._size > self.most_bytes and len(self._entries) > 1:
            self._size -= self._entries.popitem(last=False)[1].size


def bytes_of(value: Any) -> int:
    """Return about how many bytes a result holds: its arrays, with what they are views of."""
    total, seen, waiting = 0, set(), [value]
    while waiting:
        item = waiting.pop()
        while isinstance(item, np.ndarray) and isinstance(item.base, np.ndarray):
            item = item.base
        if id(item) in seen:
            continue
        seen.add(id(item))
        total += _own_bytes(item)
        if isinstance(item, dict):
            waiting.extend(list(item.values()))
        elif isinstance(item, list | tuple | set | frozenset):
            waiting.extend(item)
        elif not isinstance(item, type | ModuleType):
            waiting.extend(list(getattr(item, "__dict__", {}).values()))
    return total


def _own_bytes(item: Any) -> int:
    if isinstance(item, np.ndarray):
        return item.nbytes
    return len(item) if isinstance(item, str | bytes) else 64


SHARED = Kept(MOST_BYTES)
