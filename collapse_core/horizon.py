"""How far to compute so that a few more or fewer generations need no new computation.

Runs and laws over few generations are the first part of those over more: what is computed to a
round number of generations is cut by ``until``, and neighbouring numbers share it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from collapse_core.checks import check_whole_number

__all__ = ["furthest", "rounded_horizon"]

SHORTEST = 50
LEADING = (1, 2, 3, 5)


def rounded_horizon(generations: int) -> int:
    """Return the next round number of generations: 50, 100, 200, 300, 500, 1000, 2000, ...

    Never fewer than asked, and above 50 less than twice as many.

    Parameters
    ----------
    generations : int
        At least 0.

    Raises
    ------
    ValueError
        If it is not a whole number of at least 0.
    """
    generations = check_whole_number("generations", generations, 0)
    if generations <= SHORTEST:
        return SHORTEST
    power: int = 10 ** (len(str(generations)) - 1)
    return next(leading * power for leading in (*LEADING, 10) if leading * power >= generations)


def furthest(generations: int, holds: Callable[[int], bool]) -> int:
    """Return how far to compute at most: up to the rounded horizon, as long as something holds.

    Parameters
    ----------
    generations : int
        Asked for; it holds there.
    holds : callable
        Whether it still holds at so many generations. Once it does not, it never does again.
    """
    longer = range(generations + 1, rounded_horizon(generations) + 1)
    return generations + bisect_left(longer, True, key=lambda reached: not holds(reached))
