"""Who is to do what next, from the rows of a round alone: see `standing` for what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from collapse_core.checks import check_number, check_whole_number
from collapse_core.classroom.rounds import telephone_settings
from collapse_core.classroom.standing import JUDGE, MODEL, Chain, Row, Turn, chains

__all__ = ["JUDGE", "MODEL", "Chain", "Row", "Turn", "chains", "freed", "next_turn"]


def freed(rows: Iterable[Row], settings: Mapping[str, Any], now: float) -> list[Row]:
    """Return the rows without an answer whose wait is over.

    Parameters
    ----------
    rows : iterable of Row
        Of one round.
    settings : mapping
        Of the round.
    now : float
        The time, by the clock of ``claimed``.
    """
    wait = telephone_settings(settings)["wait"]
    check_number("now", now)
    return [row for row in rows if row.answered is None and now - row.claimed >= wait]


def next_turn(
    rows: Iterable[Row],
    settings: Mapping[str, Any],
    seat: int,
    now: float,
    *,
    seats: int | None = None,
) -> Turn | None:
    """Return what a seat is to do next; None if there is nothing for it now.

    A seat that has an open turn gets that one again. Else it joins the shortest chain that waits
    for nobody. It takes one turn per role, slept over or not, and more where the others are too few
    for the turns that are left. If somebody else is there it never takes two steps of a chain in a
    row, nor a step again that it answered in vain or slept over. Nobody judges an answer of their
    own, so that one person alone cannot play with a judge.

    Parameters
    ----------
    rows : iterable of Row
        Of one round.
    settings : mapping
        Of the round.
    seat : int
        Who asks.
    now : float
        The time, by the clock of ``claimed``.
    seats : int, optional
        How many people are there, the one who asks included; by default those of the rows.

    Raises
    ------
    ValueError
        If a number is out of range.
    """
    asked, known = telephone_settings(settings), list(rows)
    check_whole_number("seat", seat, 0)
    standing = chains(known, asked, now)
    for chain in standing:
        if chain.seat == seat:
            return chain.turn
    people = len({row.seat_id for row in known} | {seat})
    if seats is not None:
        people = max(check_whole_number("seats", seats, 0), 1)
    left = sum(asked["length"] - len(chain.models) for chain in standing)
    took = {role: {row.seat_id for row in known if row.role == role} for role in (MODEL, JUDGE)}
    waiting = sorted(
        (chain for chain in standing if chain.turn is not None and chain.seat is None),
        key=lambda chain: (len(chain.models), (chain.number - seat) % asked["chains"]),
    )
    offered = (chain.turn for chain in waiting if _may_take(chain, seat, people, left, took))
    return next(offered, None)


def _may_take(
    chain: Chain, seat: int, people: int, left: int, took: Mapping[str, set[int]]
) -> bool:
    """Return whether a seat may take the turn that a chain waits with."""
    if chain.turn is None or chain.author == seat:
        return False
    others = took[chain.turn.role]
    # Who wrote an answer cannot judge it, so one person fewer is there for that.
    there = people - (chain.author is not None)
    if seat in others and there - len(others) >= left:
        return False
    return seat not in chain.barred or len(chain.barred - {chain.author}) >= there
