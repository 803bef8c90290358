"""What a phone says while it has no turn: what became of its answer, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from collapse_core.classroom.games import game_named
from collapse_core.classroom.rounds import telephone_settings
from collapse_core.classroom.turns import JUDGE, chains
from collapse_core.lessons.lesson import Lesson
from ui.classroom.store import Answer, Round, Seat
from ui.classroom.telephone.showing import answer_told

__all__ = ["Waiting", "became", "say_waiting", "waiting_for"]


@dataclass(frozen=True)
class Waiting:
    """What a phone without a turn is told.

    Parameters
    ----------
    became, comes : str
        What became of its last turn, and what comes next: keys of ``[waiting]``. The first is
        empty where it had no turn.
    last : Answer, optional
        Its last answer as a learner.
    """

    became: str
    comes: str
    last: Answer | None


def waiting_for(round_: Round, seat: Seat, rows: Sequence[Answer], *, now: float) -> Waiting:
    """Return what a phone waits for.

    Parameters
    ----------
    round_, seat : Round, Seat
        The round, and whose phone it is.
    rows : sequence of Answer
        All turns of the round.
    now : float
        The time, by the store's clock.
    """
    mine = [row for row in rows if row.seat_id == seat.id and row.value is not None]
    last = next((row for row in reversed(mine) if row.role != JUDGE), None)
    return Waiting(_became(rows, seat.id), _comes(round_, bool(mine), rows, now), last)


def say_waiting(round_: Round, waiting: Waiting, lesson: Lesson) -> None:
    """Draw what a phone waits for.

    Parameters
    ----------
    round_ : Round
        The round.
    waiting : Waiting
        What for.
    lesson : Lesson
        ``telephone``.
    """
    if waiting.became == "freed":
        st.warning(lesson.text("waiting", "freed"), icon=":material/forward:")
    elif waiting.became:
        st.success(lesson.text("waiting", waiting.became), icon=":material/check_circle:")
    st.info(lesson.text("waiting", waiting.comes), icon=":material/hourglass_empty:")
    if (last := waiting.last) is not None and last.value is not None:
        game = game_named(telephone_settings(round_.settings)["game"])
        facts = {"chain": last.chain + 1, "step": last.step + 1}
        told = answer_told(game, last.value, lesson)
        st.caption(lesson.say("waiting", "yours", facts, answer=told))


def became(rows: Sequence[Answer], seat_id: int, lesson: Lesson) -> str:
    """Return what became of the last turn of a seat that is over; nothing if it had none."""
    name = _became(rows, seat_id)
    return lesson.text("waiting", name) if name else ""


def _became(rows: Sequence[Answer], seat_id: int) -> str:
    over = [row for row in rows if row.seat_id == seat_id and row.answered is not None]
    if not over:
        return ""
    last = over[-1]
    if last.value is None:
        return "freed"
    return "sent" if last.role != JUDGE else "judged_yes" if last.value else "judged_no"


def _comes(round_: Round, played: bool, rows: Sequence[Answer], now: float) -> str:
    settings = telephone_settings(round_.settings)
    over = all(chain.turn is None for chain in chains(rows, settings, now))
    asking = round_.state == "asking"
    return "over" if over else "closed" if not asking else "played" if played else "next"
