"""What the phones of a class believe, compared with what the store of the class holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.phone import Given, Phone
from ui.classroom.store import Answer, ClassStore

__all__ = ["Compared", "compare"]


@dataclass(frozen=True)
class Compared:
    """How an account of the phones and the rows of a round differ.

    Parameters
    ----------
    stored : int
        Answers that the store has.
    lost : int
        Answers that a phone believes taken, and the store has not, or has otherwise.
    unknown : int
        Answers that the store has, and no phone knows of.
    double : int
        Answers beyond the first of one seat to one question, and seats beyond one for each phone.
    """

    stored: int
    lost: int
    unknown: int
    double: int

    @property
    def wrong(self) -> int:
        """How many there are of all kinds."""
        return self.lost + self.unknown + self.double


def compare(store: ClassStore, class_id: int, round_id: int, phones: Sequence[Phone]) -> Compared:
    """Compare a round.

    Parameters
    ----------
    store : ClassStore
        Which holds the rows.
    class_id, round_id : int
        Which class and round.
    phones : sequence of Phone
        All phones of the class, with what they have given in this round alone.
    """
    seats = [store.seat(class_id, phone.seat) for phone in phones]
    ids = [seat.id for seat in seats if seat is not None]
    rows = [row for row in store.answers(round_id) if row.value is not None]
    stored = Counter((*_turn(row), _values(row)) for row in rows)
    believed = Counter(
        (*_task(seat.id, given), tuple(given.value))
        for seat, phone in zip(seats, phones, strict=True)
        if seat is not None
        for given in phone.given
    )
    without_seat = sum(len(p.given) for s, p in zip(seats, phones, strict=True) if s is None)
    turns = Counter(map(_turn, rows))
    return Compared(
        stored=len(rows),
        lost=(believed - stored).total() + without_seat,
        unknown=(stored - believed).total(),
        double=_beyond_one(turns.values()) + len(store.seats(class_id)) - len(set(ids)),
    )


def _turn(row: Answer) -> tuple[int, int]:
    """Return what names a turn: of a guess its seat, of telephone its number; and the seat."""
    return (0 if row.role == "guess" else row.id), row.seat_id


def _task(seat: int, given: Given) -> tuple[int, int]:
    return given.task.turn, seat


def _values(row: Answer) -> tuple[float, ...]:
    value = row.value
    if isinstance(value, dict):  # a jar
        return (float(value["share"]),)
    return tuple(float(one) for one in value)


def _beyond_one(counts: Iterable[int]) -> int:
    return sum(count - 1 for count in counts)
