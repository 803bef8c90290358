"""The live loop of the home page: it runs by itself once, and begins anew for another jar."""

from __future__ import annotations

import streamlit as st

from collapse_core import ClosedLoop, Replace, families
from collapse_core.figures.look import Look
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.home.figure import home_figure
from collapse_core.topics.home.sentences import captions
from ui.pictures import show
from ui.player.hand import clock_tick
from ui.runs import exact_law, sampled_runs

__all__ = ["another_jar", "live_jar"]

FIRST_SEED, KEY, JARS = 7, "home_clock", 40
LOOP = ClosedLoop(families.Bernoulli(0.1), Replace(), sample_size=100, generations=60)
SEED, RESTS = "home_seed", f"{KEY}_rests"


def live_jar(lesson: Lesson, look: Look, *, embedded: bool = False) -> None:
    """Draw one jar and others like it, with their clock."""
    seed = st.session_state.setdefault(SEED, FIRST_SEED)
    paths, law = sampled_runs(LOOP, JARS, seed), exact_law(LOOP)
    alt = lesson.say("live", "alt", jars=JARS)
    show(
        lambda: home_figure(paths, law, look=look, alt=alt).picture(
            captions(lesson, paths, law), name=KEY, saves=False
        ),
        (paths.loop, seed, look, lesson.language),
        key=KEY,
        tick=clock_tick(KEY, LOOP.generations, 0),
        # Once it has run it rests, also when the reader comes back.
        autoplay=0 if RESTS in st.session_state else seed,
        asked={"fits": True, "embedded": embedded},
    )


def another_jar(lesson: Lesson) -> None:
    """Draw the button that starts again with other random numbers."""
    words = lesson.words("live")
    st.button(
        words["again"],
        on_click=_another,
        help=words["again_help"],
        icon=":material/casino:",
        type="tertiary",
        key="another_jar",
    )


def _another() -> None:
    st.session_state[SEED] += 1
    st.session_state.pop(RESTS, None)
