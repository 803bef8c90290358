"""A phone in a round of telephone: its turn, or what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from collapse_core.classroom.rounds import telephone_settings
from collapse_core.classroom.turns import JUDGE, next_turn
from collapse_core.figures.look import Look
from collapse_core.lessons.lesson import Lesson, read_lesson
from ui.classroom.store import Answer, ClassStore, Round, RoundClosed, Seat
from ui.classroom.telephone.asking import asked, model_of
from ui.classroom.telephone.component import told_answer, turn
from ui.classroom.telephone.showing import answer_shown, draws_shown
from ui.classroom.telephone.shown_turn import to_judge, turn_draws
from ui.classroom.telephone.waiting import Waiting, became, say_waiting, waiting_for

__all__ = ["Stands", "draw_telephone", "standing", "stands_still", "take"]


@dataclass(frozen=True)
class Stands:
    """Where a seat stands in a round: what it is to do, or what it waits for.

    Parameters
    ----------
    turn : Answer, optional
        Its open turn.
    waiting : Waiting, optional
        Where it has none.
    """

    turn: Answer | None
    waiting: Waiting | None


def standing(store: ClassStore, round_: Round, seat: Seat, token: str) -> Stands:
    """Return where a seat stands; a turn that there is for it is taken.

    Parameters
    ----------
    store : ClassStore
        Where the round is.
    round_ : Round
        A round of telephone.
    seat : Seat
        Whose phone it is.
    token : str
        The seat's: it alone can take a turn.
    """
    taken = _turn_of(store, round_, token)
    if taken is not None:
        return Stands(taken, None)
    return Stands(None, waiting_for(round_, seat, store.answers(round_.id), now=store.clock()))


def stands_still(
    store: ClassStore, round_: Round, seat: Seat, stands: Stands, version: int
) -> bool:
    """Return whether a seat stands where it stood, though somebody has done something.

    Parameters
    ----------
    store : ClassStore
        Where the round is.
    round_ : Round
        A round of telephone.
    seat : Seat
        Whose phone it is.
    stands : Stands
        Where it stood.
    version : int
        Of the class, by now.
    """
    rows, now = store.answers_at(round_.id, version), store.clock()
    mine = [row.id for row in rows if row.seat_id == seat.id and row.answered is None]
    if stands.turn is not None or mine:
        return stands.turn is not None and stands.turn.id in mine
    if round_.state == "asking":
        people = store.people(round_.class_id, seat.id)
        if next_turn(rows, round_.settings, seat.id, now, seats=people) is not None:
            return False
    return waiting_for(round_, seat, rows, now=now) == stands.waiting


def draw_telephone(
    store: ClassStore, round_: Round, stands: Stands, look: Look, *, token: str
) -> None:
    """Draw a learner's or a judge's turn, or what happens until there is one.

    Parameters
    ----------
    store : ClassStore
        Where the round is.
    round_ : Round
        A round of telephone.
    stands : Stands
        Where the seat stands.
    look : Look
        Colours of the pictures.
    token : str
        The seat's: it alone can answer its turn.
    """
    lesson, taken = read_lesson("telephone"), stands.turn
    if stands.waiting is not None:
        say_waiting(round_, stands.waiting, lesson)
    if taken is not None:
        key = f"telephone_turn_{taken.id}"
        rows = store.answers(round_.id)
        data = _told(round_, taken, rows, store.clock(), lesson, look)
        turn(data, key, lambda: take(store, round_, taken, token, key))


def _turn_of(store: ClassStore, round_: Round, token: str) -> Answer | None:
    """Return the open turn of a seat, taken now if there is one for it."""
    if round_.state != "asking":
        return None
    try:
        return store.claim(round_.id, token)
    except RoundClosed:
        return None


def take(store: ClassStore, round_: Round, taken: Answer, token: str, key: str) -> None:
    """Write down what a phone has told; the same answer told again changes nothing."""
    told = told_answer(key)
    if told is None or told["turn"] != taken.id:
        return
    settings = telephone_settings(round_.settings)
    try:
        judged = taken.role == JUDGE
        value = bool(told["value"]) if judged else model_of(settings, told["value"])
        store.answer(taken.id, token, value)
    except RoundClosed:
        pass  # the rows say that the turn went to somebody else, and so does the waiting
    except ValueError:
        st.session_state.pop(key, None)  # nothing that the page itself sends


def _told(
    round_: Round, taken: Answer, rows: list[Answer], now: float, lesson: Lesson, look: Look
) -> dict[str, Any]:
    """Return what is sent to a phone for a turn."""
    settings = telephone_settings(round_.settings)
    told = {
        "turn": taken.id,
        # In a database that is made anew the numbers of turns begin again.
        "kept": f"{round_.opened:.0f} {taken.id}",
        "language": lesson.language,
        "words": _words(settings, taken, lesson),
        "before": became(rows, taken.seat_id, lesson),
    }
    if taken.role == JUDGE:
        game, draws, model = to_judge(round_, taken, rows, now)
        seen = {
            "shown": draws_shown(game, draws, lesson, look),
            "answered": answer_shown(game, model, lesson, look),
        }
        return told | {"judging": seen}
    game, draws = turn_draws(round_, taken, rows, now)
    return told | {
        "seconds": settings["shown_seconds"],
        "looked_at": draws_shown(game, draws, lesson, look),
        "asked": asked(settings, lesson),
    }


def _words(settings: dict[str, Any], taken: Answer, lesson: Lesson) -> dict[str, str]:
    """Return the words of the turn, filled in but for what counts down."""
    seconds = settings["shown_seconds"]
    words = {
        name: lesson.say("phone", name, seconds=seconds, n="{n}") for name in lesson.words("phone")
    }
    return words | ({"ready": words["ready_first"]} if taken.step == 0 else {})
