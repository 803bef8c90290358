"""Rounds: begun, closed, shown and hidden by the teacher; and the pulse that polls ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select, update

from collapse_core.checks import check_choice, check_switch, shown
from collapse_core.classroom.rounds import telephone_settings
from ui.classroom.store.base import Base, Row, all_rows, as_json, first_row, only_teacher
from ui.classroom.store.refusals import RoundClosed
from ui.classroom.store.rows import Round, as_round
from ui.classroom.store.tables import answers, classes, rounds, seats

__all__ = ["STATES", "Rounds"]

STATES = ("asking", "closed", "shown")


class Rounds(Base):
    """What is asked of a class, one round after the other."""

    def begin_round(self, class_id: int, token: str, settings: Mapping[str, Any]) -> Round:
        """Begin a round; one that is still asked is closed.

        Sent again while nobody has answered, with the same settings, it is the same round.

        Parameters
        ----------
        class_id : int
            Which class.
        token : str
            Its teacher's.
        settings : mapping
            Any JSON with ``"kind": "guess"``, or what `telephone_settings` takes: what is left
            out there is completed.

        Raises
        ------
        PermissionError
            If the token is not the teacher's.
        ValueError
            If the settings are no JSON, or of no such kind.
        """
        if not isinstance(settings, Mapping) or "kind" not in settings:
            raise ValueError(f"settings={shown(settings)} is out of range: name the kind of round.")
        check_choice("kind", settings["kind"], ("guess", "telephone"))
        telephone = settings["kind"] == "telephone"
        written = as_json("settings", telephone_settings(settings) if telephone else dict(settings))
        with self.writing() as connection:
            only_teacher(self.held(connection, classes.c.id == class_id), token)
            last = _newest(connection, class_id)
            if last is not None and _same_again(connection, last, written):
                return as_round(last)
            asked = (rounds.c.class_id == class_id) & (rounds.c.state == "asking")
            connection.execute(update(rounds).where(asked).values(state="closed"))
            row = {"class_id": class_id, "number": last["number"] + 1 if last else 1}
            row |= {"settings": written, "state": "asking", "hidden": False}
            new = self.insert(rounds).values(**row, opened=self.clock()).returning(rounds)
            found = dict(connection.execute(new).mappings().one())
            self.grown(connection, class_id)
        return as_round(found)

    def set_state(self, round_id: int, token: str, state: str) -> Round:
        """Close a round, show its truth, or ask again what was closed by mistake.

        Raises
        ------
        PermissionError
            If the token is not the teacher's.
        RoundClosed
            If there is no such round any more, or its truth was shown and it is to be asked again.
        """
        check_choice("state", state, STATES)
        with self.writing() as connection:
            of_class, found = self._of_teacher(connection, round_id, token)
            if found["state"] == "shown":  # what was shown is known: it is shown for good
                if state == "asking":
                    raise RoundClosed("The truth was shown: begin a new round.")
                return as_round(found)
            return self._changed(connection, of_class, found, state=state)

    def set_hidden(self, round_id: int, token: str, hidden: bool) -> Round:
        """Take a round from the wall, or put it back.

        Raises
        ------
        PermissionError
            If the token is not the teacher's.
        RoundClosed
            If there is no such round any more.
        """
        wanted = check_switch("hidden", hidden)
        with self.writing() as connection:
            of_class, found = self._of_teacher(connection, round_id, token)
            return self._changed(connection, of_class, found, hidden=wanted)

    def rounds(self, class_id: int) -> list[Round]:
        """Return all rounds of a class in their order."""
        query = select(rounds).where(rounds.c.class_id == class_id).order_by(rounds.c.id)
        with self.reading() as connection:
            return [as_round(row) for row in all_rows(connection, query)]

    def round(self, round_id: int) -> Round | None:
        """Return one round; None where there is none any more."""
        query = select(rounds).where(rounds.c.id == round_id)
        with self.reading() as connection:
            row = first_row(connection, query)
        return as_round(row) if row else None

    def export(self, class_id: int, token: str) -> list[dict[str, Any]]:
        """Return every answer of a class as a row of a table, without tokens.

        Raises
        ------
        PermissionError
            If the token is not the teacher's.
        """
        query = (
            select(answers, rounds.c.number, rounds.c.settings, rounds.c.opened)
            .add_columns(seats.c.name, seats.c.kind.label("learner"))
            .join(rounds, answers.c.round_id == rounds.c.id)
            .join(seats, answers.c.seat_id == seats.c.id)
            .where(rounds.c.class_id == class_id)
            .order_by(answers.c.id)
        )
        of_class = select(classes).where(classes.c.id == class_id, classes.c.ends > self.clock())
        with self.reading() as connection:
            only_teacher(first_row(connection, of_class), token)
            return [_exported(row) for row in all_rows(connection, query)]

    def _of_teacher(self, connection: Connection, round_id: int, token: str) -> tuple[Row, Row]:
        of_class, found = self.held_round(connection, round_id)
        return only_teacher(of_class, token), found

    def _changed(self, connection: Connection, of_class: Row, found: Row, **to: Any) -> Round:
        """Change a round if anything is to be changed."""
        if all(found[name] == value for name, value in to.items()):
            return as_round(found)
        connection.execute(update(rounds).where(rounds.c.id == found["id"]).values(**to))
        self.grown(connection, of_class["id"])
        return as_round({**found, **to})


def _newest(connection: Connection, class_id: int) -> Row | None:
    query = select(rounds).where(rounds.c.class_id == class_id)
    return first_row(connection, query.order_by(rounds.c.id.desc()).limit(1))


def _same_again(connection: Connection, last: Row, settings: str) -> bool:
    """Return whether the newest round is the one that is asked for, and nobody has begun it."""
    if last["state"] != "asking" or last["settings"] != settings:
        return False
    query = select(func.count()).where(answers.c.round_id == last["id"])
    return connection.execute(query).scalar_one() == 0


def _exported(row: Row) -> dict[str, Any]:
    """Return one row of the teacher's table; times are seconds since the round began."""
    kept = ("chain", "step", "role", "attempt")
    return {
        "round": row["number"],
        "settings": json.loads(row["settings"]),
        "name": row["name"],
        "learner": row["learner"],
        **{name: row[name] for name in kept},
        "begun_after": round_seconds(row["claimed"], row["opened"]),
        "answered_after": round_seconds(row["answered"], row["opened"]),
        "value": None if row["value"] is None else json.loads(row["value"]),
    }


def round_seconds(moment: float | None, since: float) -> float | None:
    """Return the seconds between two moments, never below 0; None where there is none."""
    return None if moment is None else round(max(0.0, moment - since), 1)
