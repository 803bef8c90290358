"""Turns of telephone: given out, and freed once their wait is over."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, update

from collapse_core.classroom.turns import Turn, freed, next_turn
from ui.classroom.store.answers import Answers, all_answers, only_asked
from ui.classroom.store.base import Row
from ui.classroom.store.rows import Answer
from ui.classroom.store.seats import present
from ui.classroom.store.tables import answers

__all__ = ["SKEW", "Claims"]

SKEW = 5.0
"""Seconds by which clocks of two servers may differ: what was claimed later is still to come."""


class _Place(NamedTuple):
    """Where a seat stands in a round: the turn it is at, or the one it may take."""

    of_class: Row
    of_round: Row
    seat: Row
    late: bool  # whether some turn of the round waits for too long
    mine: Answer | None
    turn: Turn | None


class Claims(Answers):
    """Who is at what."""

    def claim(self, round_id: int, seat_token: str) -> Answer | None:
        """Take the next turn of telephone; None where there is nothing to do for this seat now.

        The turn that a seat is at comes back until it is answered or freed. Turns whose wait is
        over are freed here. Who was seen within the last minute (`saw`) counts as being there.

        Raises
        ------
        RoundClosed
            If no more answers are taken.
        PermissionError
            If the token has no seat in this class.
        """
        with self.reading() as connection:  # most who ask have nothing to do: they hold up nobody
            place = self._place(connection, round_id, seat_token, hold=False)
        if not place.late and place.turn is None:
            return place.mine
        with self.writing() as connection:
            place = self._place(connection, round_id, seat_token, hold=True)
            if place.late:
                self._free(connection, place.of_round)
                place = self._place(connection, round_id, seat_token, hold=True)
            taken = None
            if place.turn is not None:
                taken = self.take(connection, place.of_round, place.seat, place.turn)
                self.grown(connection, place.of_class["id"])
        return place.mine or taken

    def free(self, round_id: int) -> bool:
        """Free the turns of a round whose wait is over; return whether there were any.

        Raises
        ------
        RoundClosed
            If there is no such round any more.
        """
        with self.writing() as connection:
            _, of_round = self.held_round(connection, round_id)
            return self._free(connection, of_round)

    def _place(
        self, connection: Connection, round_id: int, seat_token: str, *, hold: bool
    ) -> _Place:
        of_class, of_round, seat = self.taken_seat(connection, round_id, seat_token, hold=hold)
        only_asked(of_round, "telephone")
        now, rows = self.clock(), all_answers(connection, round_id)
        settings = json.loads(of_round["settings"])
        late = any(late_or_ahead(rows, settings, now))
        mine = [row for row in rows if row.seat_id == seat["id"] and row.answered is None]
        turn = None
        if not late and not mine:
            people = present(connection, of_class["id"], now, asks=seat["id"])
            turn = next_turn(rows, settings, seat["id"], now, seats=max(1, people))
        return _Place(of_class, of_round, seat, late, mine[0] if mine else None, turn)

    def _free(self, connection: Connection, of_round: Row) -> bool:
        """Free what waits for too long; a claim of a time to come waits from now on."""
        now, rows = self.clock(), all_answers(connection, of_round["id"])
        late, ahead = late_or_ahead(rows, json.loads(of_round["settings"]), now)
        for which, change in ((late, {"answered": now}), (ahead, {"claimed": now})):
            if which:
                these = update(answers).where(answers.c.id.in_(which))
                connection.execute(these.values(**change))
        if late or ahead:
            self.grown(connection, of_round["class_id"])
        return bool(late)


def late_or_ahead(
    rows: Sequence[Answer], settings: Mapping[str, Any], now: float
) -> tuple[list[int], list[int]]:
    """Return the turns that wait for too long, and those that were taken in a time to come."""
    late = [row.id for row in freed(rows, settings, now) if isinstance(row, Answer)]
    ahead = [row.id for row in rows if row.answered is None and row.claimed > now + SKEW]
    return late, ahead
