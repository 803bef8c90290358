"""One generation in slow motion: sample, then refit, as visible steps."""

from __future__ import annotations

import functools

import streamlit as st

from collapse_core import Trajectory
from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.slow_motion_figure import sample_and_refit_figure
from ui.page import Page

__all__ = ["slow_motion"]


def slow_motion(
    page: Page[TwoColours], paths: Trajectory, run: int, generation: int, names: tuple[str, str]
) -> None:
    """Draw how one jar becomes the next, in an expander that computes only when it is open.

    Parameters
    ----------
    page : Page
        Its lesson has a table ``[steps]``.
    paths : Trajectory
        Runs of two colours.
    run, generation : int
        Which step to show; the last possible one if the generation is the last.
    names : tuple of str
        The common colour and the rare one.
    """
    words = page.lesson.words("steps")
    expander = st.expander(
        words["heading"], icon=":material/slow_motion_video:", on_change="rerun", key="steps"
    )
    if not expander.open:
        return
    start = min(generation, paths.generations - 1)
    with expander:
        st.markdown(page.lesson.say("steps", "text", generation=start, next=start + 1))
        made = functools.cache(
            lambda: sample_and_refit_figure(
                paths, run, start, look=page.look, names=names, words=words
            )
        )
        page.beside(
            lambda: made()[0],
            lambda: [page.lesson.say("steps", fact.stage, fact.values) for fact in made()[1]],
            (paths.loop, paths.seed, run, start, names),
            key="steps_clock",
        )
