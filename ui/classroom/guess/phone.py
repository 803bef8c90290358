"""A phone guesses: the question, the empty panel, its own answer, and how close that was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from collapse_core.lessons.typed import in_a_caption
from collapse_core.topics.your_guesses.kept import KeptGuess
from ui.classroom.guess.answers import shown_questions
from ui.classroom.guess.pictures import draw_asking, draw_told
from ui.classroom.guess.question import Question, question_of
from ui.classroom.opening import Room
from ui.classroom.seats import Seated
from ui.classroom.store import Round, RoundClosed

__all__ = ["draw_guess", "draw_own_results"]

EMPTY = " "  # a phone's panel has room for the point alone; what to do stands below
TROUBLE = "class/trouble"  # the round of a guess that does not count, and why: a key of [phone]


def draw_guess(room: Room, place: Seated, asked: Round) -> None:
    """Draw a question on a phone.

    Parameters
    ----------
    room : Room
        The opened page.
    place : Seated
        Whose phone it is.
    asked : Round
        A round of guesses.
    """
    try:
        question = question_of(asked.settings)
    except ValueError:
        st.warning(room.text("phone", "unclear"), icon=":material/error:")
        return
    of_round, trouble = st.session_state.pop(TROUBLE, (0, ""))
    if of_round == asked.id:
        st.warning(room.text("phone", trouble), icon=":material/hourglass_disabled:")
    mine = _own_guess(place, asked, question)
    if asked.state == "shown":
        _tell(room, asked, question, mine)
    elif mine is None and asked.state == "asking":
        _ask(room, place, asked, question)
    else:
        _wait(room, asked, question, mine)


def draw_own_results(room: Room, place: Seated) -> None:
    """Draw how close this phone was at every question so far."""
    kept = []
    for asked, question in shown_questions(place.store, place.of.id):
        if (mine := _own_guess(place, asked, question)) is not None:
            kept.append(KeptGuess.of(question.page, question.asked, mine))
    if not kept:
        st.header(room.text("phone", "no_results"), anchor=False)
        return
    close = sum(one.verdict == "close" for one in kept)
    said = room.lesson.say("phone", "own_results", close=close, all=len(kept))
    st.header(said, anchor=False)
    for one in kept:
        facts = {"question": one.question, "guess": one.said_guess, "truth": one.said_truth}
        st.markdown(room.lesson.say("phone", "own_result", facts))
    st.caption(room.text("phone", "only_you"))


def _ask(room: Room, place: Seated, asked: Round, question: Question) -> None:
    """Draw the question, with the panel in which it is answered."""
    words = {"lock": room.text("phone", "lock"), "skip": "", "again": ""}
    ask = {"state": "asking", "text": question.asked.question, "words": words}

    def send(text: str) -> None:
        _send(place, asked, question, text)

    draw_asking(question, room.look, _key(asked), hidden=EMPTY, ask=ask, on_guess=send)
    st.caption(room.text("phone", "hidden_ask"))


def _send(place: Seated, asked: Round, question: Question, text: str) -> None:
    """Take a guess from the player: its values, joined by "_". Sent again it counts once."""
    values = question.usable(text.split("_"))
    if values is None:
        st.session_state[TROUBLE] = asked.id, "unusable"
        return
    try:
        given = place.store.guess(asked.id, place.token, values)
    except RoundClosed:
        st.session_state[TROUBLE] = asked.id, "late"
        return
    except PermissionError:  # the class has ended, which the page says
        return
    st.session_state[_kept(asked)] = given.value


def _wait(room: Room, asked: Round, question: Question, mine: Sequence[float] | None) -> None:
    """Draw that the guess is in, or that none was made; the answer is still to come."""
    if mine is None:
        st.header(room.text("phone", "missed"), anchor=False)
        return
    said = in_a_caption(question.asked.place.spoken(mine))
    text = room.lesson.say("phone", "sent", guess=said)
    if asked.state == "closed":
        text = f"{text} {room.text('phone', 'closed')}"
    draw_asking(
        question, room.look, _key(asked), hidden=EMPTY, ask=_telling(text), guess=list(mine)
    )


def _tell(room: Room, asked: Round, question: Question, mine: Sequence[float] | None) -> None:
    """Draw the answer, and say to this phone alone how close it was."""
    text = room.text("phone", "skipped") if mine is None else question.asked.reveal(mine)
    draw_told(question, room.look, _key(asked), ask=_telling(text), guess=mine and list(mine))
    if mine is not None:
        st.caption(room.text("phone", "only_you"))


def _telling(text: str) -> dict[str, Any]:
    return {"state": "told", "text": text, "words": {"lock": "", "skip": "", "again": ""}}


def _own_guess(place: Seated, asked: Round, question: Question) -> list[float] | None:
    """Return what this phone guessed; it is asked of the store once in a visit."""
    state, kept = st.session_state, _kept(asked)
    if kept not in state:
        mine = place.store.own_guess(asked.id, place.seat.id)
        if mine is None or mine.value is None:
            return None
        state[kept] = mine.value
    return question.usable(state[kept])


def _key(asked: Round) -> str:
    return f"class_round_{asked.id}"


def _kept(asked: Round) -> str:
    return f"class/guess/{asked.id}"
