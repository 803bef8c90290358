"""How far the work is, on the stream for messages."""

from __future__ import annotations

import math
import sys

from collapse_core.sweeps.run import Standing

__all__ = ["CellProgress", "CountProgress", "Progress"]


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


class CellProgress:
    """Tells how many cells of a sweep are done, and about how long the others take.

    Parameters
    ----------
    quiet : bool
        Whether it tells nothing.
    """

    def __init__(self, quiet: bool = False) -> None:
        self._quiet, self._percent, self._length = quiet, -1, 0

    def __call__(self, standing: Standing) -> None:
        """Hear how far it is."""
        percent = 100 * standing.done // standing.cells
        if self._quiet or percent == self._percent:
            return
        line = f"cells: {standing.done:,} of {standing.cells:,}"
        if standing.kept:
            line += f" ({standing.kept:,} were finished before)"
        if math.isfinite(standing.seconds_left) and standing.done < standing.cells:
            line += f", about {spoken_time(standing.seconds_left)} left"
        print(f"\r{line.ljust(self._length)}", end="", file=sys.stderr, flush=True)
        self._percent, self._length = percent, len(line)

    def end(self) -> None:
        """Leave the line, if there is one."""
        if self._length:
            print(file=sys.stderr)
            self._length = 0


class CountProgress:
    """Tells how many of some things are done.

    Parameters
    ----------
    name : str
        What they are, in the plural.
    quiet : bool
        Whether it tells nothing.
    """

    def __init__(self, name: str, quiet: bool = False) -> None:
        self._name, self._quiet, self._told = name, quiet, False

    def __call__(self, done: int, of: int) -> None:
        """Hear how many are done."""
        if not self._quiet:
            print(f"\r{self._name}: {done:,} of {of:,}", end="", file=sys.stderr, flush=True)
            self._told = True

    def end(self) -> None:
        """Leave the line, if there is one."""
        if self._told:
            print(file=sys.stderr)
            self._told = False


def spoken_time(seconds: float) -> str:
    """Return a time that is left, in seconds, minutes or hours."""
    if seconds < 90:
        return f"{math.ceil(seconds)} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
