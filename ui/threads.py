"""One thread for each reader: see `collapse_core.models.one_thread`."""

from __future__ import annotations

import functools
import sys

from collapse_core.models.one_thread import one_thread

__all__ = ["one_thread_for_each_reader"]

# Each brings linear algebra of its own, which can be limited only once it is there.
_BRINGERS = ("numpy", "scipy.linalg", "sklearn")


def one_thread_for_each_reader() -> None:
    """Limit linear algebra to one thread, again whenever more of it was loaded."""
    _limit(tuple(name for name in _BRINGERS if name in sys.modules))


@functools.cache
def _limit(loaded: tuple[str, ...]) -> None:
    one_thread()
