"""Classes: opened, found by their code, ended, and swept away when their day is over."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select, update

from collapse_core.checks import check_switch, check_text, shown
from ui.classroom.store.base import Base, first_row, only_teacher
from ui.classroom.store.cleaning import cleaned
from ui.classroom.store.rows import Class, as_class
from ui.classroom.store.tables import classes
from ui.classroom.store.tokens import hashed, is_token, new_code, new_token, plain_code, same

__all__ = ["DAY", "Classes"]

DAY = 24 * 3600.0
"""Seconds that a class lasts at most."""
CODES_TRIED = 50  # a free one among 47 million is found at once


class Classes(Base):
    """What is done with whole classes."""

    _unclean = False

    def open_class(self, language: str, token: str | None = None) -> tuple[Class, str]:
        """Open a class; return it with its teacher's token, which is nowhere else.

        Parameters
        ----------
        language : str
            Code of the language of the wall, such as ``"de"``.
        token : str, optional
            One made with ``new_token()``: sent again with the same, it is the same class.

        Raises
        ------
        ValueError
            If the language is no code, or the token is not of that form.
        """
        if not 1 <= len(check_text("language", language)) <= 12:
            raise ValueError(
                f"language={shown(language)} is out of range: it must be a code of at most 12 "
                'letters. Write it as in "de".'
            )
        if token is not None and not is_token(token):
            raise ValueError("token is out of range: make one with new_token().")
        token, now = token or new_token(), self.clock()
        self.sweep()
        row: dict[str, Any] = {"language": language, "opened": now, "ends": now + DAY}
        row |= {"token": hashed(token), "joinable": True, "version": 1}
        with self.writing() as connection:
            same_token = select(classes).where(classes.c.token == row["token"])
            found = first_row(connection, same_token)
            for _ in range(CODES_TRIED):
                if found is not None:
                    return as_class(found, now), token
                inserted = self.insert(classes).values(**row, code=new_code()).returning(classes)
                found = first_row(connection, inserted)
        raise RuntimeError("no free code was found")

    def find(self, code: str) -> Class | None:
        """Return the class that a code opens; None where there is none, or none any more."""
        now = self.clock()
        query = select(classes).where(classes.c.code == plain_code(code), classes.c.ends > now)
        with self.reading() as connection:
            row = first_row(connection, query)
        return as_class(row, now) if row else None

    def class_of(self, class_id: int) -> Class | None:
        """Return a class by its number; None where there is none any more."""
        now = self.clock()
        query = select(classes).where(classes.c.id == class_id, classes.c.ends > now)
        with self.reading() as connection:
            row = first_row(connection, query)
        return as_class(row, now) if row else None

    def teacher(self, class_id: int, token: str) -> bool:
        """Return whether a token is the one of the teacher of a class that has not ended."""
        query = select(classes.c.token).where(
            classes.c.id == class_id, classes.c.ends > self.clock()
        )
        with self.reading() as connection:
            kept = connection.execute(query).scalar()
        return kept is not None and same(token, kept)

    def set_joinable(self, class_id: int, token: str, joinable: bool) -> None:
        """Let newcomers in, or nobody else. Who has a seat comes back to it either way.

        Raises
        ------
        PermissionError
            If the token is not the teacher's.
        """
        wanted = check_switch("joinable", joinable)
        with self.writing() as connection:
            kept = only_teacher(self.held(connection, classes.c.id == class_id), token)
            if bool(kept["joinable"]) != wanted:
                change = update(classes).where(classes.c.id == class_id)
                connection.execute(change.values(joinable=wanted))
                self.grown(connection, class_id)

    def end_class(self, class_id: int, token: str) -> None:
        """Delete a class with all its rounds, seats and answers; nothing where there is none.

        SQLite overwrites what is deleted, and its write-ahead log is emptied.

        Raises
        ------
        PermissionError
            If the token is not the teacher's.
        """
        with self.writing() as connection:
            of_class = self.held(connection, classes.c.id == class_id)
            if of_class is None:
                return
            only_teacher(of_class, token)
            connection.execute(delete(classes).where(classes.c.id == class_id))
        self._unclean = not cleaned(self.engine)

    def sweep(self) -> int:
        """Delete the classes whose day is over; return how many there were.

        A class that was opened while the clock was ahead lasts a day from now.
        """
        now = self.clock()
        over, ahead = classes.c.ends <= now, classes.c.ends > now + DAY
        with self.reading() as connection:
            due = connection.execute(select(func.count()).where(over | ahead)).scalar_one()
        swept = 0
        if due:
            with self.writing() as connection:
                connection.execute(update(classes).where(ahead).values(ends=now + DAY))
                swept = connection.execute(delete(classes).where(over)).rowcount
        if swept or self._unclean:
            self._unclean = not cleaned(self.engine)
        return swept
