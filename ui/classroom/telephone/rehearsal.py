"""Rehearsal: simulated learners take seats of their own, marked as such, and play along."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

import streamlit as st

from collapse_core.classroom.copiers import COPIERS, copier_named, simulated_answer, verdict
from collapse_core.classroom.games import Draws, Game, Model
from collapse_core.classroom.rounds import turn_stream
from collapse_core.classroom.turns import JUDGE
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import Lesson
from ui.classroom.store import Answer, ClassClosed, ClassStore, Round, RoundClosed
from ui.classroom.telephone.shown_turn import to_judge, turn_draws

__all__ = ["rehearsal", "rehearse"]

EVERY = 1.0  # seconds between two ticks
PLAYS = 3  # turns in a tick, so that the chains are seen to grow
MOST = 30  # simulated learners of a kind
SEED_OF_ANSWERS = 1  # draws have the round's own; what a learner makes of them has the next


def rehearsal(store: ClassStore, round_: Round, token: str, lesson: Lesson) -> None:
    """Draw the switch of the rehearsal on the desk; while it is on, simulated learners play.

    Parameters
    ----------
    store : ClassStore
        Where the round is.
    round_ : Round
        A round of telephone.
    token : str
        The teacher's.
    lesson : Lesson
        ``telephone``.
    """
    words = {name: control_words(lesson, name) for name in ("rehearse", "kinds", "many")}
    on = st.toggle(
        words["rehearse"]["label"], key="telephone/rehearse", help=words["rehearse"]["help"]
    )
    if not on:
        return
    left, right = st.columns(2)
    names = lesson.words("kinds")
    kinds = left.multiselect(
        words["kinds"]["label"],
        list(COPIERS),
        default=["ideal"],
        format_func=lambda kind: str(names[kind]),
        key="telephone/kinds",
        help=words["kinds"]["help"],
    )
    many = right.slider(
        words["many"]["label"], 1, MOST, 6, key="telephone/many", help=words["many"]["help"]
    )

    @st.fragment(run_every=EVERY)
    def tick() -> None:
        asked = store.round(round_.id)
        if asked is not None and asked.state == "asking":
            rehearse(store, asked, token, kinds=[kind for kind in kinds for _ in range(many)])

    tick()


def rehearse(
    store: ClassStore,
    round_: Round,
    token: str,
    *,
    kinds: Sequence[str] = ("ideal",) * 6,
    plays: int = PLAYS,
) -> int:
    """Let simulated learners play some turns; return how many they played.

    Called again, the same learners go on, also from another page or after a reload: their seats'
    tokens follow from the teacher's.

    Parameters
    ----------
    store : ClassStore
        Where the round is.
    round_ : Round
        A round of telephone.
    token : str
        The teacher's.
    kinds : sequence of str
        The kind of each simulated learner: "ideal", "memory" or "careless".
    plays : int
        Turns at most.

    Raises
    ------
    PermissionError
        If the token is not the teacher's.
    ValueError
        If a kind is unknown.
    """
    if not store.teacher(round_.class_id, token):
        raise PermissionError("Only the teacher of the class can rehearse.")
    tokens = _seated(store, round_, token, kinds)
    played, waiting = 0, list(tokens)
    while waiting and played < plays:
        kind, seat_token = waiting.pop(0)
        try:
            taken = store.claim(round_.id, seat_token)
            if taken is None:
                continue
            value = _answer(store, round_, taken, kind)
            store.answer(taken.id, seat_token, value)
        except RoundClosed:
            break
        played += 1
    return played


def _seated(
    store: ClassStore, round_: Round, token: str, kinds: Sequence[str]
) -> list[tuple[str, str]]:
    """Return kind and token of each learner, seated; those who played least come first."""
    of_class = store.class_of(round_.class_id)
    if of_class is None:
        return []
    rows = store.answers(round_.id)
    seated, counts = list[tuple[int, int, str, str]](), dict[str, int]()
    for kind in kinds:
        number = counts[kind] = counts.get(kind, 0) + 1
        try:
            seat, kept = store.join(of_class.code, _token(token, kind, number), kind)
        except ClassClosed:
            continue
        store.saw(seat.id)
        turns = sum(row.seat_id == seat.id for row in rows)
        seated.append((turns, number, kind, kept))
    return [(kind, kept) for _, _, kind, kept in sorted(seated)]


def _token(token: str, kind: str, number: int) -> str:
    """Return the token of a simulated learner: nobody can make it without the teacher's."""
    digest = hashlib.sha256(f"{token} {kind} {number}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def _answer(store: ClassStore, round_: Round, taken: Answer, kind: str) -> Model | bool:
    """Return what a simulated learner or judge answers."""
    rows, now = store.answers(round_.id), store.clock()
    copier = copier_named(kind)
    rng = turn_stream(SEED_OF_ANSWERS + taken.id, taken.chain, taken.step, taken.attempt)
    if taken.role == JUDGE:
        game, draws, model = to_judge(round_, taken, rows, now)
        return verdict(game, copier, draws, model, rng)
    found: tuple[Game, Draws] = turn_draws(round_, taken, rows, now)
    return simulated_answer(found[0], copier, found[1], rng)
