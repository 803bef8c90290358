"""Further views of the page on one real point; each is computed only while it is shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.figures.moving import MovingFigure
from collapse_core.topics.one_real_point import sentences, view_sentences
from collapse_core.topics.one_real_point.doses import LARGEST_SAMPLE_OF_RANKS, DoseQuestion
from collapse_core.topics.one_real_point.map_figure import needed_points, real_point_map_figure
from collapse_core.topics.one_real_point.question import SIDES, OneRealPoint
from collapse_core.topics.one_real_point.rank_figure import anchored_rank_figure
from collapse_core.topics.one_real_point.report import (
    best_weight,
    family_rows,
    ranks_in_the_long_run,
)
from collapse_core.topics.one_real_point.side_by_side_figure import side_by_side_figure
from collapse_core.topics.one_real_point.weight_figure import real_point_weight_figure
from ui import controls
from ui.player.clock import CONFIG, clock
from ui.runs import exact_law, rank_samples, sampled_runs, weight_samples
from ui.shell import Page

VIEWS = ("families", "map", "weight", "side", "dimension")

__all__ = ["VIEWS", "chosen_view", "draw_view"]


def chosen_view() -> str:
    """Return the view that is shown, before its control is drawn."""
    return str(st.session_state.get("view") or st.query_params.get("view") or VIEWS[0])


def draw_view(page: Page, experiment: OneRealPoint, waiting: bool) -> dict[str, Any]:
    """Draw the choice of views and the chosen one.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : OneRealPoint
        What is asked.
    waiting : bool
        Whether the reader is still to guess; no view is drawn then.

    Returns
    -------
    dict
        The view and the values of the controls inside it, for the link.
    """
    lesson = page.lesson
    names = lesson.words("views")
    options = {key: names[key] for key in VIEWS}
    label = lesson.words("controls")
    view = controls.parts("view", label["view"], options, help_text=label["view_help"])
    if page.embedded and view == "families":
        return {"view": view}
    if waiting:
        st.caption(label["view_waiting"])
        return {"view": view}
    drawn = {
        "families": _families,
        "map": _map,
        "weight": _weight,
        "side": _side,
        "dimension": _dimension,
    }
    return {"view": view, **drawn[str(view)](page, experiment)}


def _say(page: Page, text: str) -> None:
    """Draw a paragraph; an embedded page has none."""
    if not page.embedded:
        st.markdown(text)


def _chart(moving: MovingFigure, key: str) -> None:
    st.plotly_chart(moving.at(0), key=key, config=CONFIG, alt=moving.alt)


def _families(page: Page, experiment: OneRealPoint) -> dict[str, Any]:
    known = (experiment.sample_size, experiment.anchors, experiment.share)
    _say(page, view_sentences.families(page.lesson, experiment))
    table = sentences.family_table(page.lesson, family_rows(*known))
    st.dataframe(table, hide_index=True, width="stretch")
    return {}


def _map(page: Page, experiment: OneRealPoint) -> dict[str, Any]:
    family = experiment.truth()
    function, truth = variance_function_of(family), mean_coordinate(family)
    moving = real_point_map_figure(
        function,
        truth,
        experiment.sample_size,
        experiment.anchors,
        fresh=experiment.fresh,
        look=page.look,
        labels=page.lesson.words("map"),
        alt=view_sentences.map_alt(page.lesson, experiment),
    )
    picture, words = st.columns([2, 1]) if not page.look.narrow else (st.container(),) * 2
    with picture:
        _chart(moving, "map_chart")
    with words:
        _say(page, view_sentences.map_words(page.lesson, experiment))
        needed = needed_points(function)
        if needed:
            table = view_sentences.needed_table(page.lesson, needed)
            st.dataframe(table, hide_index=True, width="stretch")
    return {}


def _weight(page: Page, experiment: OneRealPoint) -> dict[str, Any]:
    lesson = page.lesson
    weight = controls.number(OneRealPoint.params["real_weight"])
    if experiment.anchors == 0:
        st.info(lesson.say("weight", "none"), icon=":material/info:")
        return {"real_weight": weight}
    family = experiment.truth()
    function, truth = variance_function_of(family), mean_coordinate(family)
    known = (function, truth, experiment.sample_size, experiment.anchors)
    question = DoseQuestion(family, experiment.sample_size, True, experiment.seed)
    moving = real_point_weight_figure(
        *known,
        weight,
        weight_samples(question, experiment.anchors),
        look=page.look,
        labels=lesson.words("weight"),
        alt=lesson.say("weight", "alt", best=f"{best_weight(experiment):.3g}"),
    )
    _chart(moving, "weight_chart")
    _say(page, view_sentences.weight_words(lesson, known, weight))
    _say(page, lesson.say("weight", "source"))
    return {"real_weight": weight}


def _side(page: Page, experiment: OneRealPoint) -> dict[str, Any]:
    lesson = page.lesson
    loops = {name: experiment.side(name) for name in SIDES}
    paths = {
        name: sampled_runs(loop, experiment.runs, experiment.seed) for name, loop in loops.items()
    }
    laws = {name: exact_law(loop) for name, loop in loops.items()}
    _say(page, lesson.say("side", "text"))
    moving = side_by_side_figure(
        paths,
        laws,
        paths["nothing"].run_nearest(50.0),
        look=page.look,
        labels=lesson.words("side"),
        alt=lesson.say("side", "alt", generations=experiment.generations),
    )
    spoken = view_sentences.side_captions(lesson, paths, laws)
    clock(moving, spoken, experiment.generations, key="side_clock", pictures=False)
    return {}


def _dimension(page: Page, experiment: OneRealPoint) -> dict[str, Any]:
    lesson = page.lesson
    dimension = int(controls.number(OneRealPoint.params["dimension"]))
    sampled = min(experiment.sample_size, LARGEST_SAMPLE_OF_RANKS)
    with st.spinner(lesson.say("dimension", "working"), show_time=False):
        doses = rank_samples(dimension, sampled, experiment.seed)
    count = experiment.anchors
    rule, exact = ranks_in_the_long_run(experiment.sample_size, dimension, count)
    moving = anchored_rank_figure(
        dimension,
        experiment.sample_size,
        count,
        doses,
        look=page.look,
        labels=lesson.words("dimension"),
        alt=lesson.say("dimension", "alt", dimension=dimension, rule=f"{rule:.2f}", count=count),
    )
    _chart(moving, "dimension_chart")
    longest = int(np.max(doses.generations))
    spoken = view_sentences.dimension_words(
        lesson, experiment, dimension, rule, exact, sampled, longest
    )
    _say(page, spoken)
    return {"dimension": dimension}
