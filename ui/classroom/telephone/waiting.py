"""What a phone says while it has no turn: what became of its answer, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from collapse_core.classroom.games import game_named
from collapse_core.classroom.rounds import telephone_settings
from collapse_core.classroom.turns import JUDGE, chains
from collapse_core.lessons.lesson import Lesson
from ui.classroom.store import Answer, Round, Seat
from ui.classroom.telephone.showing import answer_told

__all__ = ["became", "say_waiting"]


def say_waiting(
    round_: Round, seat: Seat, rows: Sequence[Answer], lesson: Lesson, *, now: float
) -> None:
    """Draw what a phone waits for.

    Parameters
    ----------
    round_, seat : Round, Seat
        The round, and whose phone it is.
    rows : sequence of Answer
        All turns of the round.
    lesson : Lesson
        ``telephone``.
    now : float
        The time, by the store's clock.
    """
    mine = [row for row in rows if row.seat_id == seat.id and row.value is not None]
    if sentence := became(rows, seat.id, lesson):
        st.success(sentence, icon=":material/check_circle:")
    st.info(_next(round_, bool(mine), rows, lesson, now), icon=":material/hourglass_empty:")
    last = next((row for row in reversed(mine) if row.role != JUDGE), None)
    if last is not None and last.value is not None:
        game = game_named(telephone_settings(round_.settings)["game"])
        facts = {"chain": last.chain + 1, "step": last.step + 1}
        told = answer_told(game, last.value, lesson)
        st.caption(lesson.say("waiting", "yours", facts, answer=told))


def became(rows: Sequence[Answer], seat_id: int, lesson: Lesson) -> str:
    """Return what became of the last turn of a seat that is over; nothing if it had none."""
    over = [row for row in rows if row.seat_id == seat_id and row.answered is not None]
    if not over:
        return ""
    last = over[-1]
    if last.value is None:
        return lesson.text("waiting", "freed")
    name = "sent" if last.role != JUDGE else "judged_yes" if last.value else "judged_no"
    return lesson.text("waiting", name)


def _next(round_: Round, played: bool, rows: Sequence[Answer], lesson: Lesson, now: float) -> str:
    """Return what comes next for a phone without a turn."""
    settings = telephone_settings(round_.settings)
    over = all(chain.turn is None for chain in chains(rows, settings, now))
    asking = round_.state == "asking"
    name = "over" if over else "closed" if not asking else "played" if played else "next"
    return lesson.text("waiting", name)
