"""The wall of a question: how many have answered, what the class guessed, and what is so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.your_guesses.kept import VERDICTS, KeptGuess
from ui import sections
from ui.classroom.guess.answers import guesses_of
from ui.classroom.guess.pictures import draw_asking, draw_told
from ui.classroom.guess.question import Question, question_of
from ui.classroom.opening import Room
from ui.classroom.store import ClassStore, Pulse, Round
from ui.shell import say_errors

__all__ = ["draw_question"]

QUARTERS = (0.25, 0.5, 0.75)

Guesses = Sequence[Sequence[float]]


def draw_question(room: Room, store: ClassStore, asked: Round, pulse: Pulse) -> None:
    """Draw a round of guesses on the wall.

    Parameters
    ----------
    room : Room
        The opened page.
    store : ClassStore
        Of the class.
    asked : Round
        The round.
    pulse : Pulse
        How many are there, and how many have answered.
    """
    question = say_errors(lambda: question_of(asked.settings))
    if question is None:
        return
    st.header(question.asked.question, anchor=False)
    if asked.state == "asking":
        _count(room.lesson, pulse)
        return
    guesses = guesses_of(store, asked, question)
    legend, key = room.text("wall", "legend"), f"class_wall_{asked.id}"
    if asked.state == "closed":
        st.markdown(room.lesson.say("wall", "closed", guesses=len(guesses)))
        draw_asking(question, room.look, key, hidden=" ", guesses=guesses, name=legend)
        return
    st.markdown(_told(room.lesson, question, guesses))
    answer = room.text("wall", "answer")
    draw_told(question, room.look, key, guesses=guesses, name=legend, answer=answer)
    sections.table(lambda: _columns(room.lesson, question, guesses))


def _count(lesson: Lesson, pulse: Pulse) -> None:
    """Draw how many have answered, and nothing of what."""
    counts = {"answered": pulse.answered, "phones": pulse.seats}
    with st.container(key="class_count"):
        st.markdown(lesson.say("wall", "answered", counts))
        st.progress(min(1.0, pulse.answered / max(1, pulse.seats)))


def _told(lesson: Lesson, question: Question, guesses: Guesses) -> str:
    """Return what the class guessed, and what is so."""
    if not guesses:
        return lesson.text("wall", "nobody")
    kept = [KeptGuess.of(question.page, question.asked, guess) for guess in guesses]
    counts = {name: sum(one.verdict == name for one in kept) for name in VERDICTS}
    middle = question.asked.place.spoken(np.median(np.asarray(guesses), axis=0).tolist())
    facts: dict[str, Any] = {"guesses": len(kept), "middle": middle, "truth": kept[0].said_truth}
    cases = {
        "told_curve": question.asked.place.begins is not None,
        "told_wrong": counts["wrong"] > 0,
        "told_point": True,
    }
    return lesson.pick("wall", {**counts, **facts}, **cases)


def _columns(lesson: Lesson, question: Question, guesses: Guesses) -> Mapping[str, Sequence[Any]]:
    """Return the numbers of the picture: for each point of the question what the class guessed."""
    words, place = lesson.words("table"), question.asked.place
    points = range(len(place.at))
    names = [place.names[i] if i < len(place.names) else words["whole"] for i in points]
    columns = {
        words["point"]: [name.rstrip(":") for name in names],
        words["number"]: [len(guesses)] * len(points),
    }
    if guesses:
        quarters = np.quantile(np.asarray(guesses), QUARTERS, axis=0).tolist()
        for name, values in zip(("low", "middle", "high"), quarters, strict=True):
            columns[words[name]] = [place.seen(value) for value in values]
    return columns | {words["truth"]: [place.seen(value) for value in question.asked.truth()]}
