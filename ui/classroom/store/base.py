"""Transactions: one for each reading, and one for each change of a class, which waits its turn.

A change first takes the row of its class. So the changes of a class follow each other, its version
grows in the order in which they become visible, and what a change reads is not changed meanwhile.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, Executable, Insert, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ColumnElement

from collapse_core.checks import shown
from ui.classroom.store.engines import WRITES, in_memory, prepared
from ui.classroom.store.migrations import migrate
from ui.classroom.store.queueing import InTurn
from ui.classroom.store.refusals import RoundClosed
from ui.classroom.store.tables import classes, rounds
from ui.classroom.store.tokens import same

__all__ = ["LONGEST_JSON", "Base", "Row", "all_rows", "as_json", "first_row", "only_teacher"]

Row = dict[str, Any]
LONGEST_JSON = 20_000
"""Characters of an answer or of settings: a curve of 500 points has about 10,000."""


class Base:
    """An engine and a clock.

    Parameters
    ----------
    engine : Engine
        Of SQLite or PostgreSQL; `ui.classroom.store.engines.engine_at` makes one.
    clock : callable, optional
        Returns the time in seconds since 1970. It may go back.
    """

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self.engine = prepared(engine)
        self.clock = clock
        self._writer = self.engine.execution_options(**{WRITES: True})
        lite = self.engine.dialect.name == "sqlite"
        # A reading statement is sent alone: one way to the server and back.
        options = {} if lite else {"isolation_level": "AUTOCOMMIT"}
        self._reader = self.engine.execution_options(**options)
        # SQLite writes one transaction at a time: threads here queue. In memory there is but one
        # connection, and who reads queues as well.
        self._to_write: Any = InTurn() if lite else nullcontext()
        self._to_read: Any = nullcontext()
        if lite and in_memory(self.engine.url):
            self._to_read = self._to_write
        with self.writing() as connection:
            migrate(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that reads; each statement sees what is there when it begins."""
        with self._to_read, self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that writes: all of it is kept, or nothing."""
        with self._to_write, self._writer.begin() as connection:
            yield connection

    def insert(self, table: Table) -> Insert:
        """Return an insertion that does nothing where a unique constraint is against it."""
        if self.engine.dialect.name == "postgresql":
            return postgresql.insert(table).on_conflict_do_nothing()
        return sqlite.insert(table).on_conflict_do_nothing()

    def held(
        self, connection: Connection, which: ColumnElement[bool], *, hold: bool = True
    ) -> Row | None:
        """Return the row of a class that has not ended, and hold it until the transaction is over.

        Without ``hold`` it is looked at only.
        """
        query = select(classes).where(which, classes.c.ends > self.clock())
        return first_row(connection, query.with_for_update() if hold else query)

    def held_round(
        self, connection: Connection, round_id: int, *, hold: bool = True
    ) -> tuple[Row, Row]:
        """Hold the class of a round, or look at it; return both.

        Raises
        ------
        RoundClosed
            If there is no such round any more.
        """
        of_round = select(rounds.c.class_id).where(rounds.c.id == round_id).scalar_subquery()
        of_class = self.held(connection, classes.c.id == of_round, hold=hold)
        # Asked after the class is held: what others changed meanwhile is seen.
        found = first_row(connection, select(rounds).where(rounds.c.id == round_id))
        if of_class is None or found is None:
            raise RoundClosed("This round is over.")
        return of_class, found

    def grown(self, connection: Connection, class_id: int) -> None:
        """Count a change of a class, so that polls see it."""
        change = update(classes).where(classes.c.id == class_id)
        connection.execute(change.values(version=classes.c.version + 1))


def first_row(connection: Connection, query: Executable) -> Row | None:
    """Return the first row that a query finds, by the names of its columns; None without any."""
    found = connection.execute(query).mappings().first()
    return None if found is None else dict(found)


def all_rows(connection: Connection, query: Executable) -> list[Row]:
    """Return all rows that a query finds."""
    return [dict(row) for row in connection.execute(query).mappings()]


def only_teacher(of_class: Row | None, token: str) -> Row:
    """Return the class if the token is its teacher's.

    Raises
    ------
    PermissionError
        If it is not, or there is no such class.
    """
    if of_class is None or not same(token, of_class["token"]):
        raise PermissionError("Only the teacher who opened this class may do that.")
    return of_class


def as_json(name: str, value: Any) -> str:
    """Return a value as JSON.

    Raises
    ------
    ValueError
        If it is None, no JSON, not finite, or too long.
    """
    remedy = "Give numbers, texts, lists and dicts with names that are texts."
    try:
        written = json.dumps(value, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(
            f"{name}={shown(value)} is out of range: it is no JSON. {remedy}"
        ) from error
    if value is None or len(written) > LONGEST_JSON:
        raise ValueError(
            f"{name}={shown(value)} is out of range: it must be something, in at most "
            f"{LONGEST_JSON:,} characters of JSON. {remedy}"
        )
    return written
