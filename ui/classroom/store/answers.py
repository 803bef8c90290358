"""Answers: guesses, and the turns of telephone, which are claimed, answered, freed and skipped."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select, update

from collapse_core.classroom.turns import Turn, freed, next_turn
from ui.classroom.store.base import Base, Row, all_rows, as_json, first_row, only_teacher
from ui.classroom.store.refusals import RoundClosed
from ui.classroom.store.rows import Answer, as_answer
from ui.classroom.store.seats import due, present, seat_by_token
from ui.classroom.store.tables import answers, seats

__all__ = ["GUESS", "Answers"]

GUESS = "guess"
SKEW = 5.0
"""Seconds by which clocks of two servers may differ: what was claimed later is still to come."""


class Answers(Base):
    """What the seats of a class answer. Who has no seat in it gets a PermissionError."""

    def answers(self, round_id: int) -> list[Answer]:
        """Return all turns of a round, freed ones too, in the order in which they were taken."""
        with self.reading() as connection:
            return _all(connection, round_id)

    def guess(self, round_id: int, seat_token: str, value: Any) -> Answer:
        """Answer a round of guesses. A second answer is not counted: the first comes back.

        Raises
        ------
        RoundClosed
            If no more answers are taken.
        PermissionError
            If the token has no seat in this class.
        ValueError
            If the value is no JSON.
        """
        written = as_json("value", value)
        with self.writing() as connection:
            of_class, of_round, seat = self._taken_seat(connection, round_id, seat_token)
            mine = select(answers).where(
                answers.c.round_id == round_id,
                answers.c.chain == seat["id"],
                answers.c.role == GUESS,
            )
            found = first_row(connection, mine)
            if found is None:
                _only_asked(of_round, GUESS)
                turn = Turn(seat["id"], 0, GUESS, 0)
                found = self._new(connection, of_round, seat, turn, written)
                if found is None:
                    raise RoundClosed("Somebody else was faster.")
                self.grown(connection, of_class["id"])
        return as_answer(found)

    def claim(self, round_id: int, seat_token: str) -> Answer | None:
        """Take the next turn of telephone; None where there is nothing to do for this seat now.

        The turn that a seat is at comes back until it is answered or freed. Turns whose wait is
        over are freed here.

        Raises
        ------
        RoundClosed
            If no more answers are taken.
        PermissionError
            If the token has no seat in this class.
        """
        with self.writing() as connection:
            of_class, of_round, seat = self._taken_seat(connection, round_id, seat_token)
            _only_asked(of_round, "telephone")
            now = self.clock()
            if due(seat["seen"], now):
                seen = update(seats).where(seats.c.id == seat["id"])
                connection.execute(seen.values(seen=now))
            changed = self._free(connection, of_round, now)
            rows, settings = _all(connection, round_id), json.loads(of_round["settings"])
            mine = [row for row in rows if row.seat_id == seat["id"] and row.answered is None]
            people = present(connection, of_class["id"], now)
            turn = next_turn(rows, settings, seat["id"], now, seats=people) if not mine else None
            found = self._new(connection, of_round, seat, turn) if turn else None
            if changed or found:
                self.grown(connection, of_class["id"])
        return mine[0] if mine else (as_answer(found) if found else None)

    def answer(self, answer_id: int, seat_token: str, value: Any) -> Answer:
        """Answer a turn of telephone. A second answer is not counted: the first comes back.

        Raises
        ------
        RoundClosed
            If the turn was freed or skipped meanwhile, or no more answers are taken.
        PermissionError
            If it is the turn of another seat.
        ValueError
            If the value is no JSON.
        """
        written = as_json("value", value)
        which = answers.c.id == answer_id
        with self.writing() as connection:
            round_id = connection.execute(select(answers.c.round_id).where(which)).scalar()
            if round_id is None:
                raise RoundClosed("This round is over.")
            of_class, of_round, seat = self._taken_seat(connection, round_id, seat_token)
            found = dict(connection.execute(select(answers).where(which)).mappings().one())
            if found["seat_id"] != seat["id"]:
                raise PermissionError("It is the turn of another seat.")
            if found["answered"] is None:
                if of_round["state"] != "asking":
                    raise RoundClosed("No more answers are taken.")
                change = {"answered": self.clock(), "value": written}
                connection.execute(update(answers).where(which).values(**change))
                self.grown(connection, of_class["id"])
                found = {**found, **change}
            if found["value"] is None:
                raise RoundClosed("The turn has gone to somebody else.")
        return as_answer(found)

    def skip(self, round_id: int, token: str, chain: int, turn: int | None = None) -> None:
        """Free the turn that a chain waits for.

        Parameters
        ----------
        round_id : int
            Which round.
        token : str
            The teacher's.
        chain : int
            Which chain.
        turn : int, optional
            The ``id`` of the turn that the teacher saw: sent again, nobody else is skipped.

        Raises
        ------
        PermissionError
            If the token is not the teacher's.
        RoundClosed
            If there is no such round any more.
        """
        which = (answers.c.round_id == round_id) & (answers.c.chain == chain)
        which &= answers.c.answered.is_(None)
        if turn is not None:
            which &= answers.c.id == turn
        with self.writing() as connection:
            of_class, _ = self.held_round(connection, round_id)
            only_teacher(of_class, token)
            change = update(answers).where(which).values(answered=self.clock())
            if connection.execute(change).rowcount:
                self.grown(connection, of_class["id"])

    def free(self, round_id: int) -> bool:
        """Free the turns of a round whose wait is over; return whether there were any."""
        with self.writing() as connection:
            of_class, of_round = self.held_round(connection, round_id)
            changed = self._free(connection, of_round, self.clock())
            if changed:
                self.grown(connection, of_class["id"])
        return changed

    def _free(self, connection: Connection, of_round: Row, now: float) -> bool:
        """Free what waits for too long; a claim of a time to come waits from now on."""
        settings = json.loads(of_round["settings"])
        at_it = (answers.c.round_id == of_round["id"]) & answers.c.answered.is_(None)
        ahead = update(answers).where(at_it, answers.c.claimed > now + SKEW)
        connection.execute(ahead.values(claimed=now))
        late = freed(_all(connection, of_round["id"]), settings, now)
        over = [row.id for row in late if isinstance(row, Answer)]
        if over:
            change = update(answers).where(answers.c.id.in_(over), at_it)
            connection.execute(change.values(answered=now))
        return bool(over)

    def _taken_seat(
        self, connection: Connection, round_id: int, seat_token: str
    ) -> tuple[Row, Row, Row]:
        """Take the class of a round; return class, round, and the seat of a token."""
        of_class, of_round = self.held_round(connection, round_id)
        seat = seat_by_token(connection, of_class["id"], seat_token)
        if seat is None:
            raise PermissionError("There is no seat for this token in this class.")
        return of_class, of_round, seat

    def _new(
        self, connection: Connection, of_round: Row, seat: Row, turn: Turn, value: str | None = None
    ) -> Row | None:
        """Take a turn, and answer it at once if there is a value; None where somebody has it."""
        now = self.clock()
        row = {"round_id": of_round["id"], "seat_id": seat["id"], **turn._asdict(), "claimed": now}
        row |= {"answered": None if value is None else now, "value": value}
        new = self.insert(answers).values(**row).returning(answers)
        return first_row(connection, new)


def _all(connection: Connection, round_id: int) -> list[Answer]:
    query = select(answers).where(answers.c.round_id == round_id).order_by(answers.c.id)
    return [as_answer(row) for row in all_rows(connection, query)]


def _only_asked(of_round: Row, kind: str) -> None:
    if of_round["state"] != "asking":
        raise RoundClosed("No more answers are taken.")
    if json.loads(of_round["settings"])["kind"] != kind:
        raise ValueError(f"This round is no round of {kind}.")
