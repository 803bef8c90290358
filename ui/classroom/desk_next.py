"""What comes next, at the desk: a question of any page, a game, or the results so far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from collapse_core.lessons.lesson import read_lesson
from ui.classroom.guess.question import (
    GUESS,
    RESULTS,
    guess_settings,
    link_of,
    pages_that_ask,
    preset_link,
)
from ui.classroom.opening import Room
from ui.classroom.teacher import Teacher, pressed
from ui.classroom.telephone.settings import settings_form
from ui.shell import entry_of, say_errors

__all__ = ["draw_next"]

KIND, PAGE = "desk/kind", "desk/page"
KINDS = ("guess", "telephone", "results")


def draw_next(room: Room, teacher: Teacher) -> None:
    """Draw what can be begun.

    Parameters
    ----------
    room : Room
        The opened page.
    teacher : Teacher
        Of the class.
    """
    words = room.lesson.words("begin")
    st.header(words["heading"], anchor=False)
    with st.container(border=True, key="desk_next"):
        kind = st.segmented_control(
            words["heading"],
            KINDS,
            format_func=lambda name: words[name],
            default=KINDS[0],
            required=True,
            key=KIND,
            label_visibility="collapsed",
        )
        if kind == "results":
            st.caption(words["results_help"])
            _begin(room, teacher, "begin_results", RESULTS)
        elif kind == "telephone":
            st.caption(words["game_help"])
            _begin(room, teacher, "begin_game", settings_form(read_lesson("telephone")))
        else:
            _question(room, teacher)


def _question(room: Room, teacher: Teacher) -> None:
    """Draw the choice of a page and of its settings."""
    words, pages = room.lesson.words("begin"), pages_that_ask()
    if st.session_state.get(PAGE) not in pages:
        st.session_state[PAGE] = _first_page(teacher, pages)
    left, right = st.columns(2)
    page = left.selectbox(
        words["page"],
        pages,
        key=PAGE,
        format_func=lambda key: entry_of(key).title,
        help=words["page_help"],
    )
    offered = _offered(room, page)
    name = right.selectbox(
        words["preset"],
        list(offered),
        key=f"desk/preset/{page}",
        format_func=lambda key: words.get(key, key),
        help=words["preset_help"],
    )
    st.caption(room.lesson.say("begin", "asks", question=entry_of(page).question))
    link = dict(parse_qsl(offered[name]))
    settings = say_errors(lambda: guess_settings(page, link))
    if settings is not None:
        _begin(room, teacher, "begin", settings)


def _offered(room: Room, page: str) -> dict[str, str]:
    """Return the links of a page that can be asked, by their name: the page's own come last."""
    offered: dict[str, str] = {}
    if st.query_params.get("page") == page:
        values = dict(parse_qsl(st.query_params.get("link", "")))
        link = say_errors(lambda: link_of(page, values))
        offered |= {} if link is None else {"from_page": link}
    offered["first"] = ""
    links = {preset.name: preset_link(page, preset) for preset in read_lesson(page).presets}
    return offered | {name: link for name, link in links.items() if link}


def _first_page(teacher: Teacher, pages: list[str]) -> str:
    """Return the page that the class was opened from, else the first one not asked so far."""
    asked = {r.settings.get("page") for r in teacher.store.rounds(teacher.of.id)}
    wished = [str(st.query_params.get("page", "")), *pages]
    return next((page for page in wished if page in pages and page not in asked), pages[0])


def _begin(room: Room, teacher: Teacher, name: str, settings: Mapping[str, Any]) -> None:
    """Draw the button that begins a round."""

    def begin() -> None:
        begun = teacher.store.begin_round(teacher.of.id, teacher.token, settings)
        if settings == RESULTS:
            teacher.store.set_state(begun.id, teacher.token, "shown")
        if settings["kind"] == GUESS:
            st.session_state.pop(PAGE, None)  # the next page is offered

    st.button(
        room.text("begin", name),
        key=f"desk/{name}",
        type="primary",
        icon=":material/play_arrow:",
        on_click=pressed,
        args=(begin,),
    )
