"""The results of a class: every question whose answer was shown, in one picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from collapse_core.classroom.calibration import calibration, result
from collapse_core.classroom.figures.results import Answered, results_figure
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.your_guesses.kept import KeptGuess
from ui import sections
from ui.classroom.guess.answers import guesses_of, shown_questions
from ui.classroom.opening import Room
from ui.classroom.store import ClassStore
from ui.pictures import show

__all__ = ["draw_results"]

KEY = "class_results"

Judged = tuple[int, Sequence[KeptGuess]]


def draw_results(room: Room, store: ClassStore, class_id: int) -> None:
    """Draw all guesses of a class against the answers, with their table.

    Parameters
    ----------
    room : Room
        The opened page.
    store : ClassStore
        Of the class.
    class_id : int
        Of the class.
    """
    st.header(room.text("results", "title"), anchor=False)
    judged = _judged(store, class_id)
    if not judged:
        st.info(room.text("results", "nothing"), icon=":material/info:")
        return
    said = _said(room.lesson, judged)
    st.markdown(" ".join([said, *_leaning(room.lesson, judged)]))
    answered = [
        Answered(number, kept[0].truth, tuple(one.guess for one in kept)) for number, kept in judged
    ]
    alt = room.lesson.say("results", "alt", said=said)
    show(
        lambda: results_figure(answered, look=room.look, alt=alt).picture(name=KEY),
        (answered, room.look),
        key=KEY,
        asked={"fits": True},
        private=True,
    )
    st.caption(room.text("results", "how"))
    sections.table(lambda: _columns(room.lesson, judged))


def _judged(store: ClassStore, class_id: int) -> list[Judged]:
    """Return every question with guesses: its number, and each guess beside the answer."""
    found: list[Judged] = []
    for asked, question in shown_questions(store, class_id):
        guesses = guesses_of(store, asked, question)
        kept = [KeptGuess.of(question.page, question.asked, guess) for guess in guesses]
        if kept:
            found.append((asked.number, kept))
    return found


def _said(lesson: Lesson, judged: Sequence[Judged]) -> str:
    """Return how many guesses there are, and how many of them are close."""
    all_of_them = [one for _, kept in judged for one in kept]
    close = sum(one.verdict == "close" for one in all_of_them)
    facts = {"questions": len(judged), "guesses": len(all_of_them)}
    return lesson.say("results", "text", facts, share=close / len(all_of_them))


def _leaning(lesson: Lesson, judged: Sequence[Judged]) -> list[str]:
    """Return to which side the class leans over several questions, beyond chance or not."""
    results = [
        result(float(np.mean(kept[0].truth)), [float(np.mean(one.guess)) for one in kept])
        for _, kept in judged
    ]
    bias = calibration(results).bias
    if bias is None:
        return []
    facts = {"by": abs(bias.value), "low": bias.low, "high": bias.high}
    cases = {"too_high": bias.low > 0.0, "too_low": bias.high < 0.0, "neither": True}
    return [lesson.pick("leaning", facts, **cases)]


def _columns(lesson: Lesson, judged: Sequence[Judged]) -> Mapping[str, Sequence[Any]]:
    words = lesson.words("results")
    return {
        words["number"]: [number for number, _ in judged],
        words["question"]: [kept[0].question for _, kept in judged],
        words["guesses"]: [len(kept) for _, kept in judged],
        words["close"]: [sum(one.verdict == "close" for one in kept) for _, kept in judged],
        words["away"]: [100.0 * float(np.mean([o.distance for o in kept])) for _, kept in judged],
        words["answer"]: [kept[0].said_truth for _, kept in judged],
    }
