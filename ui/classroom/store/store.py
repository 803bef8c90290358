"""The store of live classes: all that is asked of it, in one object."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from ui.classroom.store.claims import SKEW
from ui.classroom.store.classes import Classes
from ui.classroom.store.engines import engine_at
from ui.classroom.store.refusals import RoundClosed
from ui.classroom.store.rounds import Rounds
from ui.classroom.store.rows import Pulse
from ui.classroom.store.seats import Seats
from ui.classroom.store.tables import answers, classes, rounds, seats
from ui.classroom.store.watching import Watching

__all__ = ["ClassStore"]


def _pulse_query() -> Select[Any]:
    """Return the query of a poll; it is made once."""
    every = rounds.alias()
    newest = select(func.max(every.c.id)).where(every.c.class_id == classes.c.id)
    here, at_it = answers.c.round_id == rounds.c.id, answers.c.answered.is_(None)
    people = (seats.c.class_id == classes.c.id) & (seats.c.kind == "person")
    taken = select(func.count()).select_from(seats).where(people)
    given = select(func.count()).where(here, answers.c.value.is_not(None))
    return (
        select(
            classes.c.version,
            rounds.c.id,
            rounds.c.state,
            rounds.c.hidden,
            taken.scalar_subquery().label("seats"),
            given.scalar_subquery().label("answered"),
            rounds.c.settings,
            select(func.min(answers.c.claimed)).where(here, at_it).scalar_subquery().label("first"),
            select(func.max(answers.c.claimed)).where(here, at_it).scalar_subquery().label("last"),
        )
        .select_from(classes)
        .outerjoin(rounds, rounds.c.id == newest.scalar_subquery())
        .where(classes.c.id == bindparam("which"), classes.c.ends > bindparam("now"))
    )


_PULSE = _pulse_query()


class ClassStore(Classes, Seats, Rounds, Watching):
    """Classes with their rounds, seats and answers; threads and replicas may share one database.

    Examples
    --------
    >>> store = ClassStore.at("sqlite://")
    >>> opened, teacher = store.open_class("en")
    >>> seat, token = store.join(opened.code)
    >>> asked = store.begin_round(opened.id, teacher, {"kind": "guess", "page": "two_colours"})
    >>> store.guess(asked.id, token, {"value": 0.3}).value
    {'value': 0.3}
    >>> store.pulse(opened.id).answered
    1
    """

    @classmethod
    def at(cls, address: str, clock: Callable[[], float] = time.time) -> ClassStore:
        """Open a database by its address, and bring its tables up to date.

        Raises
        ------
        ValueError
            If it is neither SQLite nor PostgreSQL, or was made by a later version.
        """
        return cls(engine_at(address), clock)

    def end_class(self, class_id: int, token: str) -> None:
        """Delete a class with all its rounds, seats and answers, also what was kept of them here.

        Raises
        ------
        PermissionError
            If the token is not the teacher's.
        """
        super().end_class(class_id, token)
        self.forget_what_was_seen()

    def sweep(self) -> int:
        """Delete the classes whose day is over; return how many there were."""
        swept = super().sweep()
        if swept:
            self.forget_what_was_seen()
        return swept

    def pulse(self, class_id: int) -> Pulse | None:
        """Return what a poll needs, by one query; None where the class has ended.

        Where a turn's wait is over, the poll that finds it frees it: the version grows, and
        phones that wait for a turn ask for one.
        """
        row, now = self._beat(class_id)
        if row is not None and row.state == "asking" and row.first is not None and _over(row, now):
            with suppress(RoundClosed):
                self.free(row.id)
            row, now = self._beat(class_id)
        if row is None:
            self.forget_what_was_seen()
            return None
        hidden = None if row.hidden is None else bool(row.hidden)
        return Pulse(row.version, row.id, row.state, hidden, row.seats, row.answered)

    def _beat(self, class_id: int) -> tuple[Any, float]:
        """Ask once; return the row, or None, and the time."""
        now = self.clock()
        with self.reading() as connection:
            return connection.execute(_PULSE, {"which": class_id, "now": now}).first(), now


def _over(row: Any, now: float) -> bool:
    """Return whether a turn of the round waits for too long, or since a time to come."""
    wait = json.loads(row.settings).get("wait", float("inf"))
    return bool(now - row.first >= wait or row.last > now + SKEW)
