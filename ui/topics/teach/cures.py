"""Common misconceptions, each with what is so and the page that shows it."""

from __future__ import annotations

import streamlit as st

from collapse_core.topics.teach.steps import stop_of
from ui.guide import Guide
from ui.terms import with_terms
from ui.topics.teach.stops import stop_link

__all__ = ["draw_cures"]


def draw_cures(page: Guide) -> None:
    """Draw what learners say, two cards to a row.

    Parameters
    ----------
    page : Guide
        The opened page.
    """
    lesson, words = page.lesson, page.lesson.words("cures")
    st.markdown(words["text"])
    entries = words["entries"]
    for start in range(0, len(entries), 2):
        for place, entry in zip(st.columns(2), entries[start : start + 2], strict=False):
            with place.container(border=True, height="stretch"):
                st.header(lesson.say("cures", "says", text=entry["wrong"]), anchor=False)
                st.markdown(with_terms(entry["right"]))
                stop_link(stop_of(entry, 1))
