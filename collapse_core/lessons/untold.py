"""What is left untold: words and curves that a picture or a sentence leaves out for a while.

Names are those of a lesson: ``chance`` is the gap ``{chance}`` in any sentence, and is filled with
a question mark; ``figure.exact`` is a text of the table ``[figure]``, and is empty: a curve without
a name is not drawn, and a column without a heading is not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["Untold", "leaving_untold", "untold_now"]


class Untold:
    """What stands in a gap in place of what is left untold."""

    def __str__(self) -> str:
        return "?"


_UNTOLD: ContextVar[frozenset[str]] = ContextVar("untold", default=frozenset())


@contextmanager
def leaving_untold(names: Collection[str]) -> Iterator[None]:
    """Leave these names untold in every figure that is made meanwhile."""
    before = _UNTOLD.set(frozenset(names))
    try:
        yield
    finally:
        _UNTOLD.reset(before)


def untold_now() -> frozenset[str]:
    """Return what figures leave untold at the moment."""
    return _UNTOLD.get()
