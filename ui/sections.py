"""The parts that every page has below its picture: sentences, table, formulas, what to try next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from collapse_core import Law, Param, Trajectory
from collapse_core.figures.sample_and_refit import sample_and_refit_figure
from ui.clock import clock
from ui.lessons import Lesson
from ui.shell import Page

__all__ = ["PERCENTILE", "say", "steps", "table", "try_next", "why"]

PERCENTILE = Param(
    "percentile",
    "",
    0,
    100,
    50,
    "Which run is followed in the jar: 0 is the one with the least blue at the end, 100 the one "
    "with the most, 50 the one in the middle.",
    label="Run to follow (percentile)",
    step=5,
)


def say(notes: Sequence[str], sentences: Sequence[str]) -> None:
    """Draw what a reader should know about the settings, and what the picture shows."""
    for note in notes:
        st.info(note, icon=":material/info:")
    if sentences:
        st.markdown(" ".join(sentences))


def steps(page: Page, paths: Trajectory, run: int, generation: int, names: tuple[str, str]) -> None:
    """Draw one generation in slow motion: sample, then refit."""
    words = page.lesson.words("steps")
    expander = st.expander(
        words["heading"], icon=":material/slow_motion_video:", on_change="rerun", key="steps"
    )
    if not expander.open:
        return
    start = min(generation, paths.generations - 1)
    with expander:
        st.markdown(page.lesson.say("steps", "text", generation=start, next=start + 1))
        moving, facts = sample_and_refit_figure(
            paths, run, start, look=page.look, names=names, labels=words
        )
        captions = [page.lesson.say("steps", fact.stage, **fact.values) for fact in facts]
        clock(moving, captions, 0, key="steps_clock", pictures=False)


def table(paths: Trajectory, law: Law) -> None:
    """Draw the numbers of the picture as a table."""
    expander = st.expander(
        "The numbers as a table", icon=":material/table:", on_change="rerun", key="numbers"
    )
    if not expander.open:
        return
    columns = {
        "generation": range(paths.generations + 1),
        "mean of the runs": paths.mean.mean(axis=0),
        "median of the runs": paths.quantiles(0.5),
        "expected mean": law.mean,
        "runs that have lost it": paths.lost.sum(axis=0),
        "chance that it is lost": law.lost,
        "diversity in the runs": paths.diversity.mean(axis=0),
        "expected diversity": law.diversity,
    }
    with expander:
        st.dataframe(
            {name: values for name, values in columns.items() if values is not None},
            hide_index=True,
            height=320,
        )


def why(lesson: Lesson) -> None:
    """Draw the formulas with their sources and what they assume."""
    expander = st.expander(
        "Why? The formulas, with sources", icon=":material/functions:", on_change="rerun", key="why"
    )
    if not expander.open:
        return
    with expander:
        for reason in lesson.why:
            st.markdown(f"**{reason.heading}**  \n{reason.text}")
            st.latex(reason.formula)
            st.caption(f"Assumes: {reason.assumes}  \nSource: {reason.source}")


def try_next(lesson: Lesson) -> None:
    """Draw one thing to try next; another at every visit of the session."""
    if not lesson.next:
        return
    st.session_state.setdefault("next_tip", 0)
    tip = lesson.next[st.session_state["next_tip"] % len(lesson.next)]

    def another() -> None:
        st.session_state["next_tip"] += 1

    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/lightbulb: **Try next.** {tip}", width="content")
        st.button("Another idea", on_click=another, type="tertiary", key="another_idea")
