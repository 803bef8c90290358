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

__all__ = ["say_waiting"]


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
    mine = [row for row in rows if row.seat_id == seat.id]
    for kind, sentence in _sentences(round_, mine, rows, lesson, now):
        if kind == "good":
            st.success(sentence, icon=":material/check_circle:")
        else:
            st.info(sentence, icon=":material/hourglass_empty:")
    last = next((row for row in reversed(mine) if row.value is not None and row.role != JUDGE), None)
    if last is not None:
        game = game_named(telephone_settings(round_.settings)["game"])
        facts = {"chain": last.chain + 1, "step": last.step + 1}
        told = answer_told(game, last.value, lesson)
        st.caption(lesson.say("waiting", "yours", facts, answer=told))


def _sentences(
    round_: Round, mine: Sequence[Answer], rows: Sequence[Answer], lesson: Lesson, now: float
) -> list[tuple[str, str]]:
    """Return what is said, each with whether it is good news."""
    said, settings = list[tuple[str, str]](), telephone_settings(round_.settings)
    last = mine[-1] if mine else None
    if last is not None and last.value is not None:
        name = "sent" if last.role != JUDGE else "judged_yes" if last.value else "judged_no"
        said.append(("good", lesson.text("waiting", name)))
    elif last is not None:
        said.append(("", lesson.text("waiting", "freed")))
    if all(chain.turn is None for chain in chains(rows, settings, now)):
        said.append(("", lesson.text("waiting", "over")))
    elif round_.state != "asking":
        said.append(("", lesson.text("waiting", "closed")))
    else:
        played = any(row.value is not None for row in mine)
        said.append(("", lesson.text("waiting", "played" if played else "next")))
    return said
