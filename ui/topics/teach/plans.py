"""The lesson plans: what to do when, with a link to every page that is looked at."""

from __future__ import annotations

import streamlit as st

from collapse_core.lessons.language import language
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.teach.plans import Plan, Step, lesson_plans
from collapse_core.topics.teach.printed import printed_plan
from ui.guide import Guide
from ui.kept import SHARED
from ui.settings import Choice
from ui.topics.teach.sheets import sheet_button
from ui.topics.teach.stops import addresses, stop_link

__all__ = ["MINUTES", "draw_plans"]

MINUTES = Choice.of("minutes", ("20", "45", "90"), side_by_side=True)
WHEN_AND_WHAT = (1.0, 3.2)


def draw_plans(page: Guide) -> None:
    """Draw the plan for the minutes that are chosen.

    Parameters
    ----------
    page : Guide
        The opened page.
    """
    lesson = page.lesson
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(width="content"):
            minutes = int(page.draw("minutes"))
        with st.container(width=330):
            seed = int(page.draw("seed"))
    plan: Plan = SHARED.get(
        f"plan {language()} {minutes} {seed}",
        lambda: lesson_plans(lesson, seed, minutes)[0],
    )
    st.header(plan.title, anchor=False)
    st.markdown(lesson.say("plans", "needs", needs=plan.needs))
    st.markdown("\n".join([lesson.text("plans", "goals"), "", *(f"- {g}" for g in plan.goals)]))
    sheet_button(
        page, "print_plan", printed_plan(lesson, plan, seed, addresses()), f"plan-{minutes}"
    )
    st.caption(lesson.text("plans", "text"))
    for step in plan.steps:
        _step(lesson, step)


def _step(lesson: Lesson, step: Step) -> None:
    with st.container(border=True):
        when, what = st.columns(WHEN_AND_WHAT, gap="medium")
        with when:
            st.markdown(lesson.say("plans", "time", first=step.first, last=step.last))
            if step.stop is not None:
                stop_link(step.stop, lesson.text("plans", "open"))
                if step.stop.asks:
                    st.caption(lesson.text("plans", "asks_first"))
        with what:
            st.header(step.heading, anchor=False)
            for name in ("do", "ask", "expect"):
                st.markdown(lesson.say("plans", name, text=getattr(step, name)))
