"""The way from the page on teaching to a live class."""

from __future__ import annotations

import streamlit as st

from ui.guide import Guide
from ui.shell import entry_of, menu_link

__all__ = ["to_a_class"]


def to_a_class(page: Guide) -> None:
    """Draw the link to the desk, where a class is opened, and what a class is.

    Parameters
    ----------
    page : Guide
        The opened page.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="to_a_class"):
        menu_link(entry_of("desk"), page.lesson.text("live", "open"))
        st.caption(page.lesson.text("live", "text"), width="content")
