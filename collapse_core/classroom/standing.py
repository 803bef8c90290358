"""How every chain of a round stands, from the rows of the round alone.

A row is a turn that somebody took: it is **open** until its seat answers, **answered** with a
value, or **empty**: the teacher skipped it (``answered`` is set and ``value`` is None), or its wait
is over and it has no answer. An empty row keeps its place in the table; the turn is asked again
with the next attempt. In each chain one thing is open at a time.

With the variant ``"judge"`` each answer is followed by a turn with the role ``"judge"``, whose
value is True (accepted) or False (refused). Attempts are counted per chain, step and role: the i-th
verdict of a step is about its i-th answer. After a refusal the step is answered again.

Whoever stores rows must take no answer to a turn that is empty: `turns.freed` names the turns whose
wait is over. Order comes from attempts, never from times; a clock that goes back makes no wait
negative.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from collapse_core.checks import check_number
from collapse_core.classroom.rounds import telephone_settings

__all__ = ["JUDGE", "MODEL", "Chain", "Row", "Turn", "chains"]

MODEL, JUDGE = "model", "judge"


class Row(Protocol):
    """A turn that somebody took, as it is stored."""

    @property
    def seat_id(self) -> int:
        """Whose turn."""

    @property
    def chain(self) -> int:
        """Number of the chain, from 0."""

    @property
    def step(self) -> int:
        """Number of the step, from 0."""

    @property
    def role(self) -> str:
        """``"model"`` or ``"judge"``."""

    @property
    def attempt(self) -> int:
        """Number of the attempt, from 0."""

    @property
    def claimed(self) -> float:
        """When it was taken, in seconds."""

    @property
    def answered(self) -> float | None:
        """When it was answered or skipped."""

    @property
    def value(self) -> Any:
        """The answer, None where there is none."""


class Turn(NamedTuple):
    """Something to do, once in a round."""

    chain: int
    step: int
    role: str
    attempt: int


@dataclass(frozen=True)
class Chain:
    """One chain as it stands.

    Attributes
    ----------
    number : int
        From 0.
    models : tuple
        Accepted answers, the oldest first.
    seats : tuple of int
        Who gave them.
    attempts : tuple of int
        At which attempt each was given: with it `shown_draws` makes again what was seen.
    turn : Turn or None
        What is to be done next; None where the chain is finished.
    seat : int or None
        Who has taken that turn and not answered yet; None where it is free.
    waiting_since : float or None
        When the turn was taken.
    unjudged : Any
        The answer that a judge is to look at; else None.
    refused : int
        Answers of the current step that were refused.
    barred : frozenset of int
        Seats that should not take the turn if others are there: who took the step before, or
        this one in vain.
    author : int or None
        Who gave the answer to be judged.
    """

    number: int
    models: tuple[Any, ...]
    seats: tuple[int, ...]
    attempts: tuple[int, ...]
    turn: Turn | None
    seat: int | None = None
    waiting_since: float | None = None
    unjudged: Any = None
    refused: int = 0
    barred: frozenset[int] = frozenset()
    author: int | None = None


def chains(rows: Iterable[Row], settings: Mapping[str, Any], now: float) -> list[Chain]:
    """Return every chain of a round as it stands.

    Parameters
    ----------
    rows : iterable of Row
        Of one round, in any order.
    settings : mapping
        Of the round.
    now : float
        The time, by the clock of ``claimed``.
    """
    asked = telephone_settings(settings)
    check_number("now", now)
    by_place: dict[tuple[int, int, str], list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.attempt):
        by_place.setdefault((row.chain, row.step, row.role), []).append(row)
    return [_chain(number, by_place, asked, now) for number in range(asked["chains"])]


def _chain(
    number: int,
    by_place: Mapping[tuple[int, int, str], Sequence[Row]],
    settings: Mapping[str, Any],
    now: float,
) -> Chain:
    """Follow one chain from its first step to the one that has no accepted answer."""
    kept: list[Row] = []
    for step in range(settings["length"]):
        answers = by_place.get((number, step, MODEL), ())
        verdicts = by_place.get((number, step, JUDGE), ())
        given = [row for row in answers if row.value is not None]
        ruled = [row for row in verdicts if row.value is not None]
        judged = settings["variant"] == "judge"
        accepted = _kept(given, ruled) if judged else (given[0] if given else None)
        if accepted is None:
            asked = given[len(ruled)] if judged and len(given) > len(ruled) else None
            taken = verdicts if asked else answers
            chain = _waiting(number, step, kept, asked, taken, settings["wait"], now)
            return replace(chain, refused=sum(row.value is False for row in ruled))
        kept.append(accepted)
    return _with(number, kept, None)


def _waiting(
    number: int,
    step: int,
    kept: Sequence[Row],
    asked: Row | None,
    taken: Sequence[Row],
    wait: float,
    now: float,
) -> Chain:
    """Return a chain that waits: for a judge of the answer asked about, or for an answer."""
    open_row = _open(taken, wait, now)
    attempt = open_row.attempt if open_row else _next_attempt(taken)
    before = {kept[-1].seat_id} if kept and asked is None else set()
    tried = {row.seat_id for row in taken if row is not open_row}
    return _with(
        number,
        kept,
        Turn(number, step, JUDGE if asked else MODEL, attempt),
        seat=open_row.seat_id if open_row else None,
        waiting_since=open_row.claimed if open_row else None,
        unjudged=asked.value if asked else None,
        author=asked.seat_id if asked else None,
        barred=frozenset(before | tried),
    )


def _with(number: int, kept: Sequence[Row], turn: Turn | None, **more: Any) -> Chain:
    """Return a chain with these accepted answers."""
    models = tuple(row.value for row in kept)
    seats, attempts = tuple(row.seat_id for row in kept), tuple(row.attempt for row in kept)
    return Chain(number, models, seats, attempts, turn, **more)


def _kept(given: Sequence[Row], ruled: Sequence[Row]) -> Row | None:
    """Return the answer that a judge accepted."""
    for answer, verdict in zip(given, ruled, strict=False):
        if verdict.value is True:
            return answer
    return None


def _open(rows: Sequence[Row], wait: float, now: float) -> Row | None:
    """Return the last row if it waits for its answer."""
    last = rows[-1] if rows else None
    return last if last and last.answered is None and now - last.claimed < wait else None


def _next_attempt(rows: Sequence[Row]) -> int:
    return rows[-1].attempt + 1 if rows else 0
