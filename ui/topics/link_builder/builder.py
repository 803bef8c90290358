"""The link builder: it holds, in a link of its own, the link that is built."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from collapse_core.lessons.control_words import ControlWords, control_words
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.exact_law import WITHOUT_LAW
from ui import sections
from ui.locks import LAW, lock_settings
from ui.page_link import SHARED, PageLink, chosen_before
from ui.settings import PANELS, TICK, Setting
from ui.shell import entry_of, open_page
from ui.topics.link_builder.asked import AskedOf, what_is_asked
from ui.topics.link_builder.question import (
    ASKED,
    BEAMER,
    FRAME,
    HEIGHT,
    KEY,
    PAGE,
    SPOKEN,
    WIDTH,
    builder_settings,
    built_link,
    frame_size,
)
from ui.topics.link_builder.result import draw_code, draw_frame, draw_link, draw_preview
from ui.topics.link_builder.rows import draw_rows
from ui.visit import name_of
from ui.warming import warm
from ui.widgets import draw, presets, start_over

__all__ = ["Builder"]


class Builder:
    """The opened page.

    Attributes
    ----------
    lesson : Lesson
        Its words.
    asked : AskedOf
        What the chosen page can be asked.
    left, right : streamlit container
        The places of the questions, and of the link that comes of them.
    """

    def __init__(self) -> None:
        opened = open_page(KEY)
        self.lesson, self.embedded = opened.lesson, opened.embedded
        self.chosen = entry_of(_chosen_page())
        self._settings: Mapping[str, Setting] = {}
        self.asked: AskedOf = what_is_asked(self.chosen, self._open, KEY)
        self.link = self.asked.link
        sections.ignored(self.link)
        if opened.corner is not None:
            with opened.corner:
                start_over(self.link, self.words("start_over"))
        with st.container(key="builder"):
            self.left, self.right = st.columns([3, 2], gap="large")

    def _open(self, settings: Mapping[str, Setting], known: Collection[str]) -> PageLink:
        self._settings = settings
        locks = lock_settings([*settings, *known])
        return PageLink(KEY, {**settings, **builder_settings(), **locks}, known)

    def words(self, name: str) -> ControlWords:
        """Return the words of a control."""
        return control_words(self.lesson, name)

    def draw(self, setting: Setting) -> Any:
        """Draw a control of the builder's own and return its value."""
        return draw(setting, self.link, self.words)

    # ------------------------------------------------------------------------- the questions

    def page_and_presets(self) -> None:
        """Draw the choice of the page, and what its own presets would set."""
        names = {entry: entry_of(entry).title for entry in PAGE.options}
        self.draw(PAGE.named(names))
        st.caption(self.chosen.question)
        offered = self.asked.lesson.presets
        if offered:
            st.markdown(self.lesson.text("parts", "presets"))
            values = {n: self.link[n] for n, item in self._settings.items() if item.preset}
            presets(offered, self.link, values)

    def settings(self) -> None:
        """Draw a row for each setting of the page."""
        st.header(self.lesson.text("parts", "settings"), anchor=False)
        st.caption(self.lesson.text("parts", "settings_help"))
        state = self.words("state")
        draw_rows(self.asked, self.asked.shown, state)
        if self.asked.further:
            with st.expander(self.lesson.text("parts", "further"), key="further_settings"):
                draw_rows(self.asked, self.asked.further, state)

    def law(self) -> None:
        """Draw whether the exact law is told, and what goes with it."""
        st.header(self.lesson.text("parts", "law"), anchor=False)
        if self.chosen.key in WITHOUT_LAW:
            st.caption(self.lesson.text("law", "without"))
            return
        if self.draw(replace(LAW, side_by_side=True, label_hidden=True)) == "hidden":
            st.caption(self.lesson.text("law", "hidden"))
            if self.chosen.key in self.lesson.words("law"):
                st.caption(self.lesson.text("law", self.chosen.key))

    def picture(self) -> None:
        """Draw what else the link says of the picture."""
        st.header(self.lesson.text("parts", "picture"), anchor=False)
        words = self.words(TICK.name)
        place = st.columns(2, gap="medium")
        with place[0]:
            st.number_input(
                words["label"],
                int(TICK.param.low),
                int(TICK.param.high),
                None,
                step=1,
                key=self.link.key(TICK.name),
                help=words["help"],
                placeholder=words["placeholder"],
            )
            self.draw(ASKED)
            self.draw(BEAMER)
        with place[1]:
            self._panels()
            codes = SPOKEN.options[1:]
            names = {"any": self.lesson.text("parts", "any_language")}
            self.draw(SPOKEN.named(names | {code: name_of(code) for code in codes}))

    def _panels(self) -> None:
        """Draw the numbers of the panels; what is no number is said, and left out."""
        words, key = self.words(PANELS.name), self.link.key(PANELS.name)
        typed = st.text_input(
            words["label"], key=key, help=words["help"], placeholder=words["placeholder"]
        )
        try:
            PANELS.usable(typed)
        except ValueError as error:
            st.caption(f":material/error: {error}")
            self.link.show(PANELS.name, PANELS.default, PANELS.default)

    def frame(self) -> None:
        """Draw whether the link is for the inside of another page, and how large it is there."""
        st.header(self.lesson.text("parts", "frame"), anchor=False)
        if self.draw(FRAME) == "own":
            for place, setting in zip(st.columns(2, gap="medium"), (WIDTH, HEIGHT), strict=True):
                with place:
                    self.draw(setting)

    # ------------------------------------------------------------------------- the answer

    @property
    def built(self) -> str:
        """The link as it is built so far."""
        return built_link(self.link, st.context.url, self._settings)

    def answer(self) -> None:
        """Draw the link, its QR code, and the code of the frame."""
        with st.container(key="builder_answer"):
            draw_link(self.lesson, self.built)
            draw_code(self.lesson, self.built, self.chosen)
            if self.link[FRAME.name] != "none":
                draw_frame(*self._framed)

    def preview(self) -> None:
        """Draw the page in its frame, if there is one."""
        if self.link[FRAME.name] != "none":
            draw_preview(*self._framed)

    @property
    def _framed(self) -> tuple[Lesson, str, str, tuple[int, int] | None]:
        """What is to be said of the frame."""
        return self.lesson, self.built, self.asked.lesson.title, frame_size(self.link)

    def end(self) -> None:
        """Write the link of the builder itself: the last thing that the page does."""
        self.link.write()
        warm()


def _chosen_page() -> str:
    """Return which page is chosen; if it was just changed, nothing is left of the one before."""
    chosen = chosen_before(KEY, PAGE)
    linked = st.query_params.get(PAGE.name, PAGE.default)
    if linked in PAGE.options and chosen != linked:
        left = {name: text for name, text in st.query_params.items() if name in SHARED}
        st.query_params.from_dict({**left, PAGE.name: chosen})
        for key in [key for key in st.session_state if str(key).startswith(f"{KEY}/")]:
            del st.session_state[key]
    return chosen
