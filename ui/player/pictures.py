"""Pictures as bytes, made once for everyone who asks for the same one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from collapse_core.figures.player.picture import Picture

__all__ = ["Pictures", "packed"]

MOST_BYTES = 64_000_000


@dataclass
class Pictures:
    """Keeps packed pictures by name, those used last, up to a number of bytes.

    Parameters
    ----------
    most : int
        Bytes that may be kept in all.
    """

    most: int = MOST_BYTES
    kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _making: dict[str, threading.Lock] = field(default_factory=dict)

    def packed(self, name: str, make: Callable[[], Picture]) -> bytes:
        """Return a picture's bytes; of many who ask for the same one, the first makes it.

        Parameters
        ----------
        name : str
            Names everything that the picture depends on.
        make : callable
            Makes it.
        """
        with self._lock:
            if (found := self._found(name)) is not None:
                return found
            turn = self._making.setdefault(name, threading.Lock())
        try:
            with turn:
                with self._lock:
                    if (found := self._found(name)) is not None:
                        return found
                made = make().packed()
                with self._lock:
                    self._keep(name, made)
                return made
        finally:
            with self._lock:
                self._making.pop(name, None)

    def _found(self, name: str) -> bytes | None:
        if name in self.kept:
            self.kept.move_to_end(name)
        return self.kept.get(name)

    def _keep(self, name: str, made: bytes) -> None:
        self.kept[name] = made
        self.size += len(made)
        while self.size > self.most and len(self.kept) > 1:
            self.size -= len(self.kept.popitem(last=False)[1])


@st.cache_resource
def _pictures() -> Pictures:
    return Pictures()


def packed(name: str, make: Callable[[], Picture]) -> bytes:
    """Return a picture's bytes, from those that are kept for all sessions if it is there."""
    return _pictures().packed(name, make)
