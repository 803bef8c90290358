"""The quiz: five questions before and after. The answers stay in the visit, and go nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.teach.printed import printed_quiz
from collapse_core.topics.teach.quiz import Question, questions_of, right_answers
from ui.guide import Guide
from ui.shell import entry_of, menu_link
from ui.terms import with_terms
from ui.topics.teach.sheets import sheet_button

__all__ = ["draw_quiz"]

ROUNDS = ("before", "after")
STATE = "teach/quiz"

Given = Sequence[int | None]


def draw_quiz(page: Guide) -> None:
    """Draw the round that is due, or how the two of them went.

    Parameters
    ----------
    page : Guide
        The opened page.
    """
    lesson, words, state = page.lesson, page.lesson.words("quiz"), st.session_state
    questions = questions_of(lesson)
    st.markdown(words["text"])
    with st.container(horizontal=True):
        sheet_button(page, "print_quiz", printed_quiz(lesson, questions), "quiz")
        with_answers = printed_quiz(lesson, questions, key=True)
        sheet_button(page, "print_quiz_key", with_answers, "quiz-with-answers")
    before, after = (state.get(f"{STATE}/{name}") for name in ROUNDS)
    if before is None:
        _round(lesson, "before", questions)
    elif after is None and not state.get(f"{STATE}/told"):
        right = right_answers(questions, before)
        st.info(lesson.say("quiz", "kept_before", right=right, all=len(questions)))
        st.button(words["see_now"], help=words["see_now_help"], on_click=_tell)
        _round(lesson, "after", questions)
    else:
        _results(lesson, questions, before, after)
        st.button(words["again"], help=words["again_help"], on_click=_forget)


def _round(lesson: Lesson, name: str, questions: Sequence[Question]) -> None:
    """Ask all questions, and keep the answers once they are given."""
    words, state = lesson.words("quiz"), st.session_state
    st.header(words[name], anchor=False)
    given = [_asked(lesson, name, number, item) for number, item in enumerate(questions)]
    if st.button(
        words["lock"], help=words["lock_help"], type="primary", key=f"{STATE}/lock/{name}"
    ):
        if None in given:
            st.warning(words["missing"])
        else:
            state[f"{STATE}/{name}"] = given
            st.rerun()


def _asked(lesson: Lesson, name: str, number: int, question: Question) -> int | None:
    """Draw one question; return the answer. It outlives a look at another page."""
    state: Any = st.session_state
    draft = f"{STATE}/draft/{name}/{number}"
    answer: int | None = st.radio(
        f"{number + 1}. {question.question}",
        range(len(question.options)),
        index=state.get(draft),
        format_func=lambda option: question.options[option],
        key=f"{STATE}/{name}/{number}",
        help=lesson.text("quiz", "help"),
    )
    state[draft] = answer
    return answer


def _results(
    lesson: Lesson, questions: Sequence[Question], before: Given, after: Given | None
) -> None:
    """Tell what is right, and what changed from the first round to the second."""
    words = lesson.words("quiz")
    if after is not None:
        first, second = (right_answers(questions, given) for given in (before, after))
        facts = {"before": first, "after": second, "all": len(questions), "gained": second - first}
        cases = {
            "growth_more": second > first,
            "growth_same": second == first,
            "growth_less": second < first,
        }
        st.success(lesson.pick("quiz", facts, **cases))
    for number, question in enumerate(questions):
        with st.container(border=True):
            st.markdown(f"**{number + 1}. {question.question}**")
            given = (before[number], None if after is None else after[number])
            st.markdown(_verdict(lesson, question, *given))
            st.markdown(with_terms(question.why))
            entry = entry_of(question.page)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(words["seen_on"], width="content")
                menu_link(entry, entry.title)


def _verdict(lesson: Lesson, question: Question, first: int | None, last: int | None) -> str:
    """Return what is said of one question's answers."""
    names = [None if given is None else question.options[given] for given in (first, last)]
    facts = {"answer": question.answer, "given": names[0], "before": names[0], "after": names[1]}
    changed = last is not None and last != first
    cases = {
        "mended": changed and last == question.right,
        "changed": changed,
        "right": first == question.right,
        "wrong": True,
    }
    return lesson.pick("quiz", facts, **cases)


def _tell() -> None:
    st.session_state[f"{STATE}/told"] = True


def _forget() -> None:
    for key in [str(key) for key in st.session_state]:
        if key.startswith(STATE):
            del st.session_state[key]
