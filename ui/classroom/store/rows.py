"""What comes back from the store: frozen rows, and how they are read from the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["NAMES", "Answer", "Class", "Pulse", "Round", "Seat"]

NAMES = 1600
"""Names that a class has: 0 to 1599. ``divmod(name, 40)`` is the pair of words of a name."""


@dataclass(frozen=True)
class Class:
    """A class. Times are seconds since 1970; ``ended`` is whether its time was over when read."""

    id: int
    code: str
    language: str
    opened: float
    ends: float
    joinable: bool
    ended: bool


@dataclass(frozen=True)
class Round:
    """A round of a class: its settings, and whether it is "asking", "closed" or "shown"."""

    id: int
    class_id: int
    number: int
    settings: dict[str, Any]
    state: str
    hidden: bool
    opened: float


@dataclass(frozen=True)
class Seat:
    """A seat. Its name is a number that no other seat of the class has, from 0 to ``NAMES - 1``."""

    id: int
    class_id: int
    name: int
    kind: str
    joined: float
    seen: float


@dataclass(frozen=True)
class Answer:
    """A turn that a seat has taken, and what it answered.

    While ``answered`` is None the seat is at it. A turn with a time in ``answered`` but the value
    None was freed: its seat slept too long, or the teacher skipped it. Another attempt follows.
    A guess is a chain of one seat alone: its ``chain`` is the seat's number, its role "guess".
    """

    id: int
    round_id: int
    seat_id: int
    chain: int
    step: int
    role: str
    attempt: int
    claimed: float
    answered: float | None
    value: Any | None


@dataclass(frozen=True)
class Pulse:
    """What a poll asks: where the version is the same as before, nothing has changed.

    ``round_id``, ``state`` and ``hidden`` are those of the newest round, None where there is none
    yet. ``answered`` counts its answers, and ``seats`` the class's phones: simulated learners
    are none.
    """

    version: int
    round_id: int | None
    state: str | None
    hidden: bool | None
    seats: int
    answered: int


def as_class(row: Mapping[str, Any], now: float) -> Class:
    """Read a row of ``classes``."""
    return Class(
        row["id"],
        row["code"],
        row["language"],
        row["opened"],
        row["ends"],
        bool(row["joinable"]),
        row["ends"] <= now,
    )


def as_round(row: Mapping[str, Any]) -> Round:
    """Read a row of ``rounds``."""
    return Round(
        row["id"],
        row["class_id"],
        row["number"],
        json.loads(row["settings"]),
        row["state"],
        bool(row["hidden"]),
        row["opened"],
    )


def as_seat(row: Mapping[str, Any]) -> Seat:
    """Read a row of ``seats``, but for its token."""
    return Seat(row["id"], row["class_id"], row["name"], row["kind"], row["joined"], row["seen"])


def as_answer(row: Sequence[Any]) -> Answer:
    """Read a row of ``answers``, its columns in their order."""
    value = None if row[9] is None else json.loads(row[9])
    return Answer(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], value)
