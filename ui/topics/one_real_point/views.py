"""Further views of the page on one real point; each is computed only while it is shown."""

from __future__ import annotations

import streamlit as st

from collapse_core.topics.one_real_point import sentences
from collapse_core.topics.one_real_point.doses import DoseQuestion
from collapse_core.topics.one_real_point.map_figure import real_point_map_figure
from collapse_core.topics.one_real_point.question import SIDES, OneRealPoint
from collapse_core.topics.one_real_point.rank_figure import anchored_rank_figure
from collapse_core.topics.one_real_point.side_by_side_figure import side_by_side_figure
from collapse_core.topics.one_real_point.view_facts import (
    dimension_facts,
    family_rows,
    map_facts,
    needed_points,
    weight_facts,
)
from collapse_core.topics.one_real_point.weight_figure import real_point_weight_figure
from ui.page import Page
from ui.runs import exact_law, sampled_runs
from ui.tables import show_table
from ui.topics.one_real_point.runs import rank_samples, weight_samples

__all__ = ["VIEWS", "draw_view"]


def draw_view(page: Page[OneRealPoint]) -> None:
    """Draw the choice of views and the chosen one; none while the reader is still to guess."""
    if page.embedded and page["view"] == page.link.settings["view"].default:
        return  # nobody asked for a further view
    if page.locks.law_hidden:
        return  # all of them are drawn from the law
    view = page.draw("view")
    if page.waiting:
        st.caption(page.words("view")["waiting"])
    else:
        VIEWS[view](page)


def _say(page: Page[OneRealPoint], text: str) -> None:
    """Draw a paragraph; an embedded page has none."""
    if not page.embedded:
        st.markdown(text)


def _table(columns: dict[str, list[str]]) -> None:
    show_table(columns)


def _families(page: Page[OneRealPoint]) -> None:
    if page.embedded:
        return
    asked = page.experiment()
    known = {"sample_size": asked.sample_size, "anchors": asked.anchors, "share": asked.share}
    st.markdown(page.lesson.say("family_table", "text", known))
    rows = family_rows(asked.sample_size, asked.anchors, asked.share)
    _table(sentences.family_table(page.lesson, rows))


def _map(page: Page[OneRealPoint]) -> None:
    asked, lesson = page.experiment(), page.lesson
    alt = lesson.say("map", "alt_drift" if asked.drift else "alt_kept", map_facts(asked))
    picture, words = st.columns([2, 1])
    with picture:
        page.still(
            lambda: real_point_map_figure(asked, look=page.look, alt=alt), asked, "map_chart"
        )
    with words:
        _say(page, sentences.map_words(lesson, asked))
        if needed := needed_points(asked.known[0]):
            _table(sentences.needed_table(lesson, needed))


def _weight(page: Page[OneRealPoint]) -> None:
    page.draw("real_weight")
    asked, lesson = page.experiment(), page.lesson
    if asked.anchors == 0:
        st.info(lesson.say("weight", "none"), icon=":material/info:")
        return
    question = DoseQuestion(asked.truth(), asked.sample_size, True, asked.seed)
    dots, facts = weight_samples(question, asked.anchors), weight_facts(asked)
    alt = lesson.say("weight", "alt", facts)
    page.still(
        lambda: real_point_weight_figure(asked, dots, look=page.look, alt=alt),
        asked,
        "weight_chart",
    )
    _say(page, sentences.weight_words(lesson, asked, facts))
    _say(page, lesson.say("weight", "source"))


def _side(page: Page[OneRealPoint]) -> None:
    asked, lesson = page.experiment(), page.lesson
    loops = {name: asked.side(name) for name in SIDES}
    paths = {name: sampled_runs(loop, asked.runs, asked.seed) for name, loop in loops.items()}
    laws = {name: exact_law(loop) for name, loop in loops.items()}
    _say(page, lesson.say("side", "text"))
    alt = lesson.say("side", "alt", generations=asked.generations)
    run = paths["nothing"].run_nearest(50.0)
    page.beside(
        lambda: side_by_side_figure(paths, laws, run, look=page.look, alt=alt),
        lambda: sentences.side_captions(lesson, paths, laws),
        asked,
        tick=asked.generations,
        key="side_clock",
    )
    _say(page, sentences.side_words(lesson, paths, laws))


def _dimension(page: Page[OneRealPoint]) -> None:
    page.draw("dimension")
    asked, lesson = page.experiment(), page.lesson
    with st.spinner(lesson.say("dimension", "working"), show_time=False):
        doses = rank_samples(asked.dimension, asked.sample_size, asked.seed)
    facts = dimension_facts(asked, doses)
    alt = lesson.say("dimension", "alt", facts)
    page.still(
        lambda: anchored_rank_figure(asked, doses, look=page.look, alt=alt),
        asked,
        "dimension_chart",
    )
    said = lesson.every("dimension", facts, text=True, here=True, measured=True)
    _say(page, " ".join(said))


VIEWS = {
    "families": _families,
    "map": _map,
    "weight": _weight,
    "side": _side,
    "dimension": _dimension,
}
