"""What comes of the link builder: the link, its QR code, and the frame in another page."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from collapse_core.lessons.lesson import Lesson
from ui.catalogue import PageEntry
from ui.qr_code import qr_code
from ui.share import EMBED_HEIGHT, embed_code

__all__ = ["draw_code", "draw_frame", "draw_link", "draw_preview"]

# Addresses that only the machine itself can open.
HERE_ONLY = ("localhost", "127.0.0.1", "::1", "0.0.0.0")


def draw_link(lesson: Lesson, link: str) -> None:
    """Draw the link, and what it cannot do."""
    st.header(lesson.text("answer", "link"), anchor=False)
    st.code(link, language=None, wrap_lines=True)
    st.link_button(lesson.text("answer", "open"), link, icon=":material/open_in_new:")
    st.caption(lesson.text("answer", "no_secret"))
    if urlsplit(link).hostname in HERE_ONLY:
        st.info(lesson.text("answer", "here_only"), icon=":material/wifi_off:")


def draw_code(lesson: Lesson, link: str, entry: PageEntry) -> None:
    """Draw the QR code of the link, with both files of it."""
    st.header(lesson.text("answer", "code"), anchor=False)
    try:
        code = qr_code(link)
    except ValueError:
        st.info(lesson.text("answer", "too_long"), icon=":material/info:")
        return
    alt = lesson.say("answer", "code_alt", page=entry.title, link=link)
    picture = code.svg(alt)
    with st.container(key="qr_code"):
        st.image(picture, width=240, alt=alt)
    words, name = lesson.words("answer"), f"{entry.key.replace('_', '-')}-qr"
    with st.container(horizontal=True):
        for kind, content, mime in (
            ("svg", picture, "image/svg+xml"),
            ("png", code.png(), "image/png"),
        ):
            st.download_button(
                words[kind],
                content,
                file_name=f"{name}.{kind}",
                mime=mime,
                on_click="ignore",
                icon=":material/qr_code_2:",
                help=words[f"{kind}_help"],
                key=f"qr_{kind}",
            )


def draw_frame(lesson: Lesson, link: str, title: str, size: tuple[int, int] | None) -> None:
    """Draw the code that puts the page into another one.

    Parameters
    ----------
    lesson : Lesson
        The builder's words.
    link, title : str
        Of the page.
    size : tuple of int, optional
        Width and height in pixels; None for a frame that fills its place.
    """
    st.header(lesson.text("answer", "frame"), anchor=False)
    st.code(embed_code(link, title, size), language=None, wrap_lines=True)


def draw_preview(lesson: Lesson, link: str, title: str, size: tuple[int, int] | None) -> None:
    """Draw how the page looks inside another one, once asked for; it takes what `draw_frame` does.

    It needs the whole width: in a column a wide frame would show what it does on a phone.
    """
    preview = st.expander(
        lesson.text("answer", "preview"),
        icon=":material/preview:",
        key="preview",
        on_change="rerun",
    )
    if preview.open:
        with preview, st.container(key="frame_preview"):
            if size is None:
                st.iframe(link, height=EMBED_HEIGHT, alt=title)
            else:
                st.iframe(link, width=size[0], height=size[1], alt=title)
