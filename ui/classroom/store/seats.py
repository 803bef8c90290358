"""Seats: one for each phone, kept by a token."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, func, select, update

from collapse_core.checks import check_choice
from ui.classroom.store.base import Base, Row, all_rows, first_row
from ui.classroom.store.refusals import ClassClosed
from ui.classroom.store.rows import NAMES, Seat, as_seat
from ui.classroom.store.tables import classes, seats
from ui.classroom.store.tokens import hashed, is_token, new_token, plain_code

__all__ = ["KINDS", "MOST_SEATS", "SAW_EVERY", "Seats"]

KINDS = ("person", "ideal", "memory", "careless")
MOST_SEATS = 1000
SAW_EVERY = 20.0  # seconds


class Seats(Base):
    """Who is there."""

    def join(
        self, code: str, seat_token: str | None = None, kind: str = "person"
    ) -> tuple[Seat, str]:
        """Take a seat, or come back to the one that a token has.

        Parameters
        ----------
        code : str
            Of the class; blanks, dashes and small letters do no harm.
        seat_token : str, optional
            The token of a seat, or a new one made with ``new_token()``: sent again with the same,
            it is the same seat. What has not that form is replaced by a new one.
        kind : {"person", "ideal", "memory", "careless"}
            Who sits there; all but the first are simulated.

        Returns
        -------
        tuple of Seat and str
            The seat and its token.

        Raises
        ------
        ClassClosed
            If there is no such class, or it lets nobody else in, or it is full.
        ValueError
            If the kind is unknown.
        """
        check_choice("kind", kind, KINDS)
        token = seat_token if is_token(seat_token) and seat_token else new_token()
        with self.writing() as connection:
            of_class = self.held(connection, classes.c.code == plain_code(code))
            if of_class is None:
                raise ClassClosed("unknown")
            found = seat_by_token(connection, of_class["id"], token)
            if found is None:
                found = self._seated(connection, of_class, token, kind)
        return as_seat(found), token

    def _seated(self, connection: Connection, of_class: Row, token: str, kind: str) -> Row:
        """Take a new seat, with a name that nobody has."""
        if not of_class["joinable"]:
            raise ClassClosed("shut")
        where = seats.c.class_id == of_class["id"]
        taken = set(connection.execute(select(seats.c.name).where(where)).scalars())
        if len(taken) >= MOST_SEATS:
            raise ClassClosed("full")
        name = secrets.choice([name for name in range(NAMES) if name not in taken])
        now = self.clock()
        row = {"class_id": of_class["id"], "token": hashed(token), "name": name, "kind": kind}
        new = self.insert(seats).values(**row, joined=now, seen=now).returning(seats)
        found = dict(connection.execute(new).mappings().one())
        self.grown(connection, of_class["id"])
        return found

    def seat(self, class_id: int, seat_token: str) -> Seat | None:
        """Return the seat that a token has in a class; None where it has none."""
        alive = select(classes.c.id).where(classes.c.id == class_id, classes.c.ends > self.clock())
        query = select(seats).where(
            seats.c.class_id == alive.scalar_subquery(), seats.c.token == hashed(seat_token)
        )
        with self.reading() as connection:
            row = first_row(connection, query)
        return as_seat(row) if row else None

    def seats(self, class_id: int) -> list[Seat]:
        """Return all seats of a class in the order in which they were taken."""
        query = select(seats).where(seats.c.class_id == class_id).order_by(seats.c.id)
        with self.reading() as connection:
            return [as_seat(row) for row in all_rows(connection, query)]

    def saw(self, seat_id: int) -> None:
        """Note that somebody sits there: one write each 20 seconds at most.

        It is no change of the class: its version stays.
        """
        now = self.clock()
        query = select(seats.c.seen).where(seats.c.id == seat_id)
        with self.reading() as connection:
            seen = connection.execute(query).scalar()
        if seen is not None and due(seen, now):
            with self.writing() as connection:
                connection.execute(update(seats).where(seats.c.id == seat_id).values(seen=now))


def due(seen: float, now: float) -> bool:
    """Return whether somebody was last seen long enough ago, or in a time yet to come."""
    return abs(now - seen) >= SAW_EVERY


def seat_by_token(connection: Connection, class_id: int, token: str) -> Row | None:
    """Return the row of a seat of a class."""
    query = select(seats).where(seats.c.class_id == class_id, seats.c.token == hashed(token))
    return first_row(connection, query)


def present(
    connection: Connection,
    class_id: int,
    now: float,
    within: float = 3 * SAW_EVERY,
    asks: int | None = None,
) -> int:
    """Return how many seats of a class were seen lately; the one that asks is there."""
    there = (seats.c.seen > now - within) | (seats.c.id == asks)
    query = select(func.count()).select_from(seats).where(seats.c.class_id == class_id, there)
    return int(connection.execute(query).scalar_one())
