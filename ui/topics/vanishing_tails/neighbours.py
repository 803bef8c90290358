"""Collapse beside what people take it for: computed only when the reader asks."""

from __future__ import annotations

import streamlit as st

from collapse_core.lessons.wording import percent
from collapse_core.topics.vanishing_tails.neighbours_figure import neighbours_figure
from ui.player.clock import CONFIG
from ui.runs import neighbours_of_collapse
from ui.shell import Page

__all__ = ["neighbours"]


def neighbours(page: Page, seed: int) -> None:
    """Draw forgetting, drift and overfitting beside collapse, in an expander.

    Parameters
    ----------
    page : Page
        Its lesson has a table ``[neighbours]``.
    seed : int
        Of the runs.
    """
    lesson = page.lesson
    words = lesson.words("neighbours")
    expander = st.expander(
        words["heading"], icon=":material/compare:", on_change="rerun", key="neighbours"
    )
    if not expander.open:
        return
    found = neighbours_of_collapse(seed)
    at_the_end = {
        "collapse": percent(float(found.known[-1]), 0),
        "forgetting": percent(float(found.first_task[-1]), 0),
        "drift": percent(float(found.today[-1]), 0),
        "overfitting": str(found.best_capacity),
    }
    alt = lesson.say(
        "neighbours",
        "alt",
        collapse=at_the_end["collapse"],
        forgetting=at_the_end["forgetting"],
        drift=percent(float(found.yesterday[-1]), 0),
    )
    mixed = percent(float(found.together[-1]), 0)
    with expander:
        st.markdown(words["text"])
        figure = neighbours_figure(found, look=page.look, labels=words, alt=alt)
        st.plotly_chart(figure.at(0), key="neighbours_figure", config=CONFIG, alt=alt)
        lines = [
            lesson.say("neighbours", f"{name}_line", value=value, mixed=mixed)
            for name, value in at_the_end.items()
        ]
        st.markdown("\n".join(f"- {line}" for line in lines))
