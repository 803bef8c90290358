"""Further views of the page on the polluted web; each is computed only while it is shown."""

from __future__ import annotations

import streamlit as st

from collapse_core.params import Param
from collapse_core.topics.polluted_web.published import COUNTS, DetectorCount
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.topics.polluted_web.share_figure import share_today_figure
from collapse_core.topics.polluted_web.view_words import (
    crawler_table,
    published_lines,
    today_words,
)
from ui import sections
from ui.page import Page
from ui.settings import Choice, Number, Setting
from ui.tables import show_table
from ui.topics.polluted_web.runs import crawlers_of

__all__ = ["FURTHER", "draw_view"]

AnyPage = Page[PollutedWeb]

VIEW = Choice.of("view", ("today", "crawlers", "debate"), side_by_side=True, preset=False)


def _share(name: str, most: float, default: float, description: str) -> Number:
    param = Param(name, "", 0.0, most, default, description, unit="share", step=0.001)
    return Number.of(param, preset=False)


_FIRST = COUNTS["articles"]
OBSERVED = _share("observed", 1.0, _FIRST.observed, "Texts called synthetic.")
FALSELY = _share("falsely", 0.9, _FIRST.false_positive, "Human texts called synthetic.")
MISSED = _share("missed", 0.08, _FIRST.false_negative, "Synthetic texts called human.")
TEXTS = Number.of(
    Param("texts", "", 50, 100_000, _FIRST.texts, "Texts looked at.", scale="log"), preset=False
)
FURTHER: tuple[Setting, ...] = (VIEW, OBSERVED, FALSELY, MISSED, TEXTS)


def draw_view(page: AnyPage, experiment: PollutedWeb) -> None:
    """Draw the choice of views and the chosen one.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : PollutedWeb
        The settings.
    """
    if page.embedded:
        return
    view = page.draw(VIEW)
    if page.waiting:
        st.caption(page.words("view")["waiting"])
        return
    {"today": _today, "crawlers": _crawlers, "debate": _debate}[view](page, experiment)


def _today(page: AnyPage, experiment: PollutedWeb) -> None:
    """Correct a detector's count for its two rates of error."""
    lesson = page.lesson
    st.markdown(lesson.text("today", "text"))
    with st.container(horizontal=True, gap="small"):
        for key, known in COUNTS.items():
            st.button(
                lesson.text("counts", key),
                key=f"{page.key}/count/{key}",
                help=lesson.text("origins", key),
                on_click=page.link.change,
                args=(_settings(known),),
                disabled=not page.link.allows(_settings(known)),
            )
    controls, picture = st.columns([1, 2])
    with controls:
        for setting in (OBSERVED, FALSELY, MISSED, TEXTS):
            page.draw(setting)
    names = (OBSERVED.name, FALSELY.name, MISSED.name, TEXTS.name)
    count = DetectorCount(*(page[name] for name in names))
    said, alt = today_words(lesson, count)
    with picture:
        page.still(lambda: share_today_figure(count, look=page.look, alt=alt), count, "share_today")
    st.markdown(said)
    st.markdown(lesson.text("published", "text"))
    st.markdown(published_lines(lesson))


def _settings(known: DetectorCount) -> dict[str, float]:
    return {
        OBSERVED.name: known.observed,
        FALSELY.name: known.false_positive,
        MISSED.name: known.false_negative,
        TEXTS.name: known.texts,
    }


def _crawlers(page: AnyPage, experiment: PollutedWeb) -> None:
    lesson = page.lesson
    facts = {"years": experiment.generations, "runs": experiment.runs}
    st.markdown(lesson.say("crawlers", "text", facts))
    rows = crawlers_of(experiment)
    table = sections.told(lambda: crawler_table(lesson, rows))
    show_table(table())
    st.markdown(lesson.text("crawlers", "note"))


def _debate(page: AnyPage, experiment: PollutedWeb) -> None:
    st.markdown(page.lesson.text("debate", "text"))
    st.markdown(page.lesson.text("debate", "beside"))
    st.caption(page.lesson.text("debate", "source"))
