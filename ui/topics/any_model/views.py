"""Parts of the page on any model: a learner's own points, the views side by side."""

from __future__ import annotations

import streamlit as st

from collapse_core.data.own_points import EXAMPLE, LONGEST_TEXT, OwnPoints, pasted_points
from collapse_core.topics.any_model import sentences
from collapse_core.topics.any_model.question import AnyModel, SideBySide, courses_of
from collapse_core.topics.any_model.sides_figure import any_model_sides_figure
from ui.own_data import OwnData, plain
from ui.page import Page
from ui.player.hand import clock_tick
from ui.settings import Choice

__all__ = ["VIEW", "draw_view", "own_points"]

VIEW = Choice.of("view", ("alone", "models", "policies"), side_by_side=True, preset=False)


def own_points(page: Page[AnyModel]) -> OwnPoints:
    """Draw the places for a learner's own points; return them, or the last ones that were good."""
    words, read = page.words("own_points"), plain(pasted_points, LONGEST_TEXT)
    places = st.expander(words["label"], icon=":material/edit:", expanded=not page.embedded)
    messages = st.container()
    if not page.embedded:
        page.corner.caption(words["not_in_the_link"])
    own = OwnData(page.key, words, read, EXAMPLE, ("csv", "tsv", "txt"), height=108)
    with places:
        found = own.ask(messages if page.embedded else None, side_by_side=True)
    return pasted_points(EXAMPLE) if found is None else found


def draw_view(page: Page[AnyModel], experiment: AnyModel) -> None:
    """Draw the choice of views and the chosen one, unless the reader is still to guess.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : AnyModel
        What is asked.
    """
    if page.embedded and page["view"] == "alone":
        return  # nobody asked for a further view
    lesson, side = page.lesson, page.draw("view")
    if side == "alone":
        return
    if page.waiting:
        st.caption(page.words("view")["waiting"])
        return
    if not page.embedded:
        st.markdown(lesson.say("sides", f"{side}_text", some=experiment.some_anchors))
    key = f"{page.key}_sides"
    run = page.work(SideBySide(experiment, side), key=key)
    courses = courses_of(run.steps, tuple(experiment.variants(side)))
    spoken = sentences.side_captions(lesson, side, experiment, courses)
    alt = sentences.side_alt(lesson, experiment, len(spoken))
    last = len(spoken) - 1
    page.beside(
        lambda: any_model_sides_figure(experiment, courses, look=page.look, alt=alt),
        lambda: spoken,
        (experiment, side, len(run.steps)),
        tick=clock_tick(key, last, last),
        key=key,
    )
