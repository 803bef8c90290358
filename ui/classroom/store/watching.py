"""What all phones of a round look at while they wait, read once for each change of their class."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from sqlalchemy import Engine

from ui.classroom.store.claims import Claims
from ui.classroom.store.rows import Answer
from ui.classroom.store.seats import present

__all__ = ["MOST_ROUNDS", "Watching"]

MOST_ROUNDS = 8
"""Rounds whose turns are kept; a server seldom has that many classes at once."""


class Watching(Claims):
    """Who waits."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        super().__init__(engine, clock)
        self._seen: OrderedDict[int, tuple[int, list[Answer]]] = OrderedDict()
        self._looking = threading.Lock()

    def answers_at(self, round_id: int, version: int) -> list[Answer]:
        """Return all turns of a round as they were at a version of its class, or a little later.

        Parameters
        ----------
        round_id : int
            Which round.
        version : int
            From a `Pulse`: whoever has seen it sees at least what it counts.
        """
        with self._looking:  # who asks for the same meanwhile waits for it
            before = self._seen.pop(round_id, None)
            if before is None or before[0] != version:
                before = version, self.answers(round_id)
            self._seen[round_id] = before
            while len(self._seen) > MOST_ROUNDS:
                self._seen.popitem(last=False)
        return before[1]

    def people(self, class_id: int, asks: int) -> int:
        """Return how many seats of a class were seen lately, as `claim` counts for a seat."""
        with self.reading() as connection:
            return max(1, present(connection, class_id, self.clock(), asks=asks))

    def forget_what_was_seen(self) -> None:
        """Keep no turns: a class that has ended is nowhere any more."""
        with self._looking:
            self._seen.clear()
