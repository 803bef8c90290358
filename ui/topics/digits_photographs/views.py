"""Further views of the page on digits and photographs; each is computed only while it is shown."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.figures.moving import MovingFigure
from collapse_core.topics.digits_photographs import view_sentences as sentences
from collapse_core.topics.digits_photographs.followed import follow_probe
from collapse_core.topics.digits_photographs.image_pair import IMAGE_SETS
from collapse_core.topics.digits_photographs.probe_figure import image_probe_figure
from collapse_core.topics.digits_photographs.question import DigitsPhotographs
from collapse_core.topics.digits_photographs.report import complexity_of_sets, matched_check
from collapse_core.topics.digits_photographs.sentences import after
from collapse_core.topics.digits_photographs.spectra_figure import image_spectra_figure
from ui import controls
from ui.long_run import LongRun
from ui.player.clock import CONFIG
from ui.shell import Page
from ui.topics.digits_photographs.own_image_input import probe_input

__all__ = ["VIEWS", "draw_view"]

VIEWS = ("spectrum", "measures", "probe")


def draw_view(
    page: Page, experiment: DigitsPhotographs, run: LongRun, waiting: bool
) -> dict[str, Any]:
    """Draw the choice of views and the chosen one.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : DigitsPhotographs
        The settings.
    run : LongRun
        Its steps so far.
    waiting : bool
        Whether the reader is still to guess; no view is drawn then.

    Returns
    -------
    dict
        The view and the controls inside it, for the link.
    """
    if page.embedded:
        return {}
    label, names = page.lesson.words("controls"), page.lesson.words("views")
    options = {view: names[view] for view in VIEWS}
    view = controls.parts("view", label["view"], options, help_text=label["view_help"])
    if waiting:
        st.caption(label["view_waiting"])
        return {"view": view}
    drawn = {"spectrum": _spectrum, "measures": _measures, "probe": _probe}
    return {"view": view, **drawn[view](page, experiment, run)}


def _chart(moving: MovingFigure, key: str) -> None:
    st.plotly_chart(moving.at(0), key=key, config=CONFIG, alt=moving.alt)


def _spectrum(page: Page, experiment: DigitsPhotographs, run: LongRun) -> dict[str, Any]:
    lesson, components = page.lesson, experiment.components
    sets = complexity_of_sets(experiment.evened)
    st.markdown(sentences.spectrum_words(lesson, sets, components, experiment.evened))
    moving = image_spectra_figure(
        sets,
        components,
        lesson.words("spectrum"),
        look=page.look,
        alt=sentences.spectrum_alt(lesson, sets, components),
    )
    _chart(moving, "spectra_chart")
    st.markdown(sentences.matched_words(lesson, matched_check()))
    st.markdown(lesson.say("spectrum", "dimensions"))
    st.dataframe(sentences.complexity_table(lesson, sets), hide_index=True)
    return {}


def _measures(page: Page, experiment: DigitsPhotographs, run: LongRun) -> dict[str, Any]:
    lesson = page.lesson
    st.markdown(lesson.say("measures", "text", after=after(lesson, experiment, run.done)))
    st.dataframe(sentences.measure_table(lesson, run.steps), hide_index=True)
    st.markdown(sentences.measures_note(lesson, experiment))
    return {}


def _probe(page: Page, experiment: DigitsPhotographs, run: LongRun) -> dict[str, Any]:
    lesson, words = page.lesson, page.lesson.words("probe")
    chosen, image = probe_input(lesson)
    followed = follow_probe(experiment, run.steps, image)
    st.markdown(words["text_chain" if experiment.chained else "text_retraining"])
    moving = image_probe_figure(
        followed,
        sentences.probe_captions(lesson, experiment, followed),
        {name: words[name] for name in IMAGE_SETS},
        look=page.look,
        alt=lesson.say("probe", "alt", stops=run.done),
    )
    _chart(moving, "probe_chart")
    return {"probe": chosen if chosen not in ("drawing", "upload") else None}
