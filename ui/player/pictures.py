"""Pictures as bytes, made once for everyone who asks for the same one."""

from __future__ import annotations

from collections.abc import Callable

from collapse_core.figures.player.picture import Picture
from ui.kept import Kept

__all__ = ["PICTURES", "packed"]

PICTURES = Kept(64 * 2**20)


def packed(name: str, make: Callable[[], Picture]) -> bytes:
    """Return a picture's bytes.

    Parameters
    ----------
    name : str
        Names everything that the picture depends on.
    make : callable
        Makes it, unless it is kept.
    """
    return PICTURES.get(name, lambda: make().packed())
