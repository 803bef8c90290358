"""Further views of the lab; each is computed only while it is shown."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from collapse_core.topics.mitigation_lab.failures import failures_of
from collapse_core.topics.mitigation_lab.papers import PAPERS, miniature_figure, miniature_words
from collapse_core.topics.mitigation_lab.question import REMEDIES, MitigationLab
from collapse_core.topics.mitigation_lab.sentences import MitigationLabSentences
from ui.page import Page
from ui.settings import Choice, Setting
from ui.tables import show_table
from ui.topics.mitigation_lab.runs import miniature

__all__ = ["FURTHER", "draw_view", "strengths"]

AnyPage = Page[MitigationLab]

VIEW = Choice.of("view", ("kept", "fails", "papers"), side_by_side=True, preset=False)

PAPER = Choice.of("paper", tuple(PAPERS), side_by_side=True, preset=False)
FURTHER: tuple[Setting, ...] = (VIEW, PAPER)

# Whose strength each control sets; it is drawn while one of them is chosen.
STRENGTHS = {
    "real_share": ("hybrid",),
    "prior_strength": ("prior",),
    "right_prior": ("prior",),
    "true_positive": ("filter", "reweight"),
    "false_positive": ("filter", "reweight"),
    "detector_power": ("reweight",),
    "temperature": ("temperature",),
    "quota": ("quota",),
    "accept_right": ("judge",),
    "accept_wrong": ("judge",),
    "bias": ("judge",),
}


def strengths(remedies: Collection[str]) -> tuple[str, ...]:
    """Return the names of the controls that set how strong the chosen remedies are."""
    return tuple(name for name, of in STRENGTHS.items() if set(remedies).intersection(of))


def draw_view(page: AnyPage, spoken: MitigationLabSentences, tick: int) -> None:
    """Draw the choice of views and the chosen one.

    Parameters
    ----------
    page : Page
        The opened page.
    spoken : MitigationLabSentences
        The words of the picture.
    tick : int
        Where the clock stands.
    """
    if page.embedded:
        return
    view = page.draw(VIEW)
    if page.waiting:
        st.caption(page.words("view")["waiting"])
        return
    if view == "kept":
        _kept(page, spoken, tick)
    elif page.locks.law_hidden:
        return  # their numbers are those of the law
    elif view == "fails":
        _fails(page)
    else:
        _papers(page)


def _kept(page: AnyPage, spoken: MitigationLabSentences, tick: int) -> None:
    facts = {"generation": tick, "runs": spoken.experiment.effective_runs}
    st.markdown(page.lesson.say("kept", "text", facts))
    show_table(spoken.kept(tick))
    st.caption(page.lesson.text("kept", "note"))


def _fails(page: AnyPage) -> None:
    lesson = page.lesson
    st.markdown(lesson.text("fails", "text"))
    failures, options = failures_of(lesson), page.words("remedies")
    for name in REMEDIES:
        button, comment = st.columns((1, 3), vertical_alignment="center")
        button.button(
            options.option(name),
            key=f"{page.key}/fails/{name}",
            help=lesson.text("fails", "button"),
            on_click=page.link.set,
            args=(failures[name].values,),
            width="stretch",
        )
        comment.markdown(failures[name].comment)


def _papers(page: AnyPage) -> None:
    lesson = page.lesson
    st.markdown(lesson.text("papers", "text"))
    paper = page.draw(PAPER)
    found = miniature(paper, page["seed"])
    words = miniature_words(lesson, found)
    page.still(
        lambda: miniature_figure(found, look=page.look, alt=words.alt),
        (paper, page["seed"]),
        "miniature",
    )
    st.markdown(words.told)
    st.caption(words.source)
