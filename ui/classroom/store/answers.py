"""Answers: guesses, and what is said in the turns of telephone. ``claims.py`` gives these out."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select, update

from collapse_core.classroom.turns import Turn
from ui.classroom.store.base import Base, Row, as_json, only_teacher
from ui.classroom.store.refusals import RoundClosed
from ui.classroom.store.rows import Answer, as_answer
from ui.classroom.store.seats import seat_by_token
from ui.classroom.store.tables import answers

__all__ = ["GUESS", "Answers"]

GUESS = "guess"


class Answers(Base):
    """What the seats of a class answer. Who has no seat in it gets a PermissionError."""

    def answers(self, round_id: int) -> list[Answer]:
        """Return all turns of a round, freed ones too, in the order in which they were taken."""
        with self.reading() as connection:
            return all_answers(connection, round_id)

    def own_guess(self, round_id: int, seat_id: int) -> Answer | None:
        """Return what a seat has guessed in a round; None where it has not."""
        query = select(answers).where(
            answers.c.round_id == round_id, answers.c.chain == seat_id, answers.c.role == GUESS
        )
        with self.reading() as connection:
            found = connection.execute(query).first()
        return None if found is None else as_answer(found)

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
            of_class, of_round, seat = self.taken_seat(connection, round_id, seat_token)
            mine = select(answers).where(
                answers.c.round_id == round_id,
                answers.c.chain == seat["id"],
                answers.c.role == GUESS,
            )
            found = connection.execute(mine).first()
            if found is not None:
                return as_answer(found)
            only_asked(of_round, GUESS)
            taken = self.take(connection, of_round, seat, Turn(seat["id"], 0, GUESS, 0), written)
            if taken is None:
                raise RoundClosed("Somebody else was faster.")
            self.grown(connection, of_class["id"])
        return taken

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
            of_class, of_round, seat = self.taken_seat(connection, round_id, seat_token)
            found = as_answer(connection.execute(select(answers).where(which)).one())
            if found.seat_id != seat["id"]:
                raise PermissionError("It is the turn of another seat.")
            if found.answered is None:
                if of_round["state"] != "asking":
                    raise RoundClosed("No more answers are taken.")
                given = update(answers).where(which).values(answered=self.clock(), value=written)
                found = as_answer(connection.execute(given.returning(answers)).one())
                self.grown(connection, of_class["id"])
            if found.value is None:
                raise RoundClosed("The turn has gone to somebody else.")
        return found

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

    def taken_seat(
        self, connection: Connection, round_id: int, seat_token: str, *, hold: bool = True
    ) -> tuple[Row, Row, Row]:
        """Hold the class of a round, or look at it; return class, round, and the seat of a token.

        Raises
        ------
        RoundClosed
            If there is no such round any more.
        PermissionError
            If the token has no seat in this class.
        """
        of_class, of_round = self.held_round(connection, round_id, hold=hold)
        seat = seat_by_token(connection, of_class["id"], seat_token)
        if seat is None:
            raise PermissionError("There is no seat for this token in this class.")
        return of_class, of_round, seat

    def take(
        self, connection: Connection, of_round: Row, seat: Row, turn: Turn, value: str | None = None
    ) -> Answer | None:
        """Take a turn, and answer it at once if there is a value; None where somebody has it."""
        now = self.clock()
        row = {"round_id": of_round["id"], "seat_id": seat["id"], **turn._asdict(), "claimed": now}
        row |= {"answered": None if value is None else now, "value": value}
        new = self.insert(answers).values(**row).returning(answers)
        found = connection.execute(new).first()
        return None if found is None else as_answer(found)


def all_answers(connection: Connection, round_id: int) -> list[Answer]:
    """Return all turns of a round in the order in which they were taken."""
    query = select(answers).where(answers.c.round_id == round_id).order_by(answers.c.id)
    return [as_answer(row) for row in connection.execute(query)]


def only_asked(of_round: Row, kind: str) -> None:
    """Complain if a round takes no answers of a kind.

    Raises
    ------
    RoundClosed
        If it takes no more of any.
    ValueError
        If it is a round of another kind.
    """
    if of_round["state"] != "asking":
        raise RoundClosed("No more answers are taken.")
    if json.loads(of_round["settings"])["kind"] != kind:
        raise ValueError(f"This round is no round of {kind}.")
