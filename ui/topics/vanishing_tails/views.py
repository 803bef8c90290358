"""Further views of vanishing tails; each is computed only while it is shown."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.vanishing_tails.density_shown import show_density_tails
from collapse_core.topics.vanishing_tails.neighbours_figure import neighbours_figure
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.sentences import errors_at_work
from ui.page import Page
from ui.topics.vanishing_tails.runs import density_tail, neighbours_of_collapse

__all__ = ["density_view", "errors_and_neighbours"]

AnyPage = Page[Any]
TOPIC, DENSITY = "vanishing_tails", "density_tails"


def density_view(page: AnyPage) -> None:
    """Draw the tail of a density: a page of its own, with a lesson and a clock of its own."""
    page.lesson = read_lesson(DENSITY).without(page.untold)
    kernel = ("bandwidth",) if page["model"] == "kernel" else (None,)
    page.controls(
        ("density", "model", "sample_size", "generations", "tail_level", *kernel),
        ("runs", "seed"),
    )
    page.ask_nothing()
    experiment = page.experiment()
    tail = density_tail(experiment)
    shown = show_density_tails(page.lesson, experiment, Experiment(), tail)
    page.show(shown, experiment, key=DENSITY)
    page.tell(shown)
    _neighbours(page, experiment.seed)
    page.finish(shown, name="density-tail")


def errors_and_neighbours(page: AnyPage, experiment: VanishingTails) -> None:
    """Draw which errors are at work, what the stages are, and what collapse is not."""
    if page.embedded:
        return
    st.caption(errors_at_work(page.lesson, experiment))
    stages = page.lesson.words("stages")
    st.caption(stages["label"], help=stages["help"])
    _neighbours(page, experiment.seed)


def _neighbours(page: AnyPage, seed: int) -> None:
    """Draw forgetting, drift and overfitting beside collapse, in an expander."""
    lesson = read_lesson(TOPIC)
    words = lesson.words("neighbours")
    if page.embedded:
        return
    expander = st.expander(
        words["heading"], icon=":material/compare:", on_change="rerun", key="neighbours"
    )
    if not expander.open:
        return
    found = neighbours_of_collapse(seed)
    facts = found.facts()
    alt = lesson.say("neighbours", "alt", facts)
    with expander:
        st.markdown(words["text"])
        page.still(
            lambda: neighbours_figure(found, look=page.look, alt=alt), seed, "neighbours_chart"
        )
        kinds = ("collapse", "forgetting", "drift", "overfitting")
        lines = [lesson.say("neighbours", f"{kind}_line", facts) for kind in kinds]
        st.markdown("\n".join(f"- {line}" for line in lines))
