"""Further views of the page on early warning; each is computed only while it is shown."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.topics.early_warning.game import (
    HIDDEN,
    ROWS,
    HiddenHistories,
    game_table,
    hidden_figure,
    scores,
)
from collapse_core.topics.early_warning.notebook import FIVE_LINES
from collapse_core.topics.early_warning.sentences import EarlyWarningSentences
from ui.page import Page
from ui.settings import Choice
from ui.tables import show_table
from ui.topics.early_warning.own import draw_own
from ui.topics.early_warning.reports import report_buttons
from ui.topics.early_warning.runs import hidden_histories

__all__ = ["VIEW", "draw_view"]

VIEW = Choice.of("view", ("rows", "game", "own", "notebook"), side_by_side=True, preset=False)

AnyPage = Page[Any]


def draw_view(page: AnyPage, spoken: EarlyWarningSentences, tick: int) -> None:
    """Draw the choice of views and the chosen one.

    Parameters
    ----------
    page : Page
        The opened page.
    spoken : EarlyWarningSentences
        What is said of the history that is shown.
    tick : int
        The generation that is shown.
    """
    if page.embedded:
        return
    view = page.draw("view")
    if page.waiting:
        st.caption(page.words("view")["waiting"])
    elif view == "rows":
        _rows(page, spoken, tick)
    else:
        {"game": _game, "own": draw_own, "notebook": _notebook}[view](page)


def _rows(page: AnyPage, spoken: EarlyWarningSentences, tick: int) -> None:
    """Show the real rows that are left behind, and the report to download."""
    lesson = page.lesson
    st.markdown(lesson.say("rows", "text", spoken.facts(min(tick, spoken.found.last))))
    show_table(spoken.rows_table(tick))
    st.markdown(lesson.text("downloads", "text"))
    report_buttons(lesson, spoken.found.report, lesson.title, "early-warning-report")


def _notebook(page: AnyPage) -> None:
    st.markdown(page.lesson.text("notebook", "text"))
    st.code(FIVE_LINES, language="python")
    st.markdown(page.lesson.text("notebook", "note"))


def _game(page: AnyPage) -> None:
    """Show six hidden histories; nothing is told of them before the reader has answered."""
    words, state = page.lesson.words("game"), st.session_state
    number = state.setdefault(f"{page.key}/game", 1)
    hidden = HiddenHistories(number)
    letters = [words[f"letter_{place + 1}"] for place in range(HIDDEN)]
    st.markdown(words["text"])
    page.beside(
        lambda: hidden_figure(hidden_histories(hidden), look=page.look, alt=words["alt"]),
        lambda: [words["moving"]] * (len(hidden_histories(hidden)[0].generations)),
        number,
        key=f"{page.key}_game",
    )
    answered = state.get(f"{page.key}/answered") == number
    marked = _marks(page, number, letters, answered)
    with st.container(horizontal=True, gap="small"):
        st.button(
            words["answer"],
            key=f"{page.key}/answer",
            type="primary",
            disabled=answered,
            on_click=_answer,
            args=(page.key, number),
        )
        st.button(words["another"], key=f"{page.key}/another", on_click=_another, args=(page.key,))
    if answered:
        _told(page, hidden, [place in marked for place in range(HIDDEN)])


def _marks(page: AnyPage, number: int, letters: list[str], answered: bool) -> list[int]:
    """Draw a button for each history; return the places of those that are marked."""
    lesson, key = page.lesson, f"{page.key}/marked/{number}"
    marked: list[int] = st.session_state.get(key, [])
    named = [letters[place] for place in marked]
    said = {"marked": ", ".join(named)}
    st.markdown(lesson.pick("marks", said, none=not marked, some=True))
    with st.container(horizontal=True, gap="small"):
        for place, letter in enumerate(letters):
            st.button(
                letter,
                key=f"{page.key}/mark/{place}",
                icon=":material/check:" if place in marked else None,
                disabled=answered,
                on_click=_mark,
                args=(key, place),
            )
    return marked


def _told(page: AnyPage, hidden: HiddenHistories, yours: list[bool]) -> None:
    """Tell what the six were, once the monitor has looked at all of them."""
    lesson = page.lesson
    run = page.work(hidden, key=f"{page.key}_hidden", noun="history")
    monitor = [bool(step) for step in run.steps[1:]]
    if not run.finished:
        return
    both = {"yours": scores(hidden, yours), "monitor": scores(hidden, monitor)}
    st.success(lesson.say("game", "score", both))
    show_table(game_table(lesson, hidden, yours, monitor))
    st.caption(lesson.say("game", "note", rows=ROWS))


def _mark(key: str, place: int) -> None:
    marked = set(st.session_state.get(key, [])) ^ {place}
    st.session_state[key] = sorted(marked)


def _answer(page: str, number: int) -> None:
    st.session_state[f"{page}/answered"] = number


def _another(page: str) -> None:
    st.session_state[f"{page}/game"] += 1
