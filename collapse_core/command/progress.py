"""How far the work is, on the stream for messages."""

from __future__ import annotations

import sys

__all__ = ["Progress"]


class Progress:
    """Tells how much is done, in whole percent, on one line that is written over.

    Parameters
    ----------
    quiet : bool
        Whether it tells nothing.
    """

    def __init__(self, quiet: bool = False) -> None:
        self._quiet, self._told = quiet, -1

    def __call__(self, share: float) -> None:
        """Hear how much is done, 0 to 1."""
        percent = int(100.0 * min(1.0, max(0.0, share)))
        if percent > self._told and not self._quiet:
            print(f"\rcomputing: {percent} %", end="", file=sys.stderr, flush=True)
            self._told = percent

    def end(self) -> None:
        """Leave the line, if there is one."""
        if self._told >= 0:
            print(file=sys.stderr)
            self._told = -1
