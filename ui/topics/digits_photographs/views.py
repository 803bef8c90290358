"""Further views of the page on digits and photographs; each is computed only while it is shown."""

from __future__ import annotations

import streamlit as st

from collapse_core.figures.image_probe import image_probe_figure
from collapse_core.topics.digits_photographs import sentences
from collapse_core.topics.digits_photographs.followed import follow_probe
from collapse_core.topics.digits_photographs.question import DigitsPhotographs
from collapse_core.topics.digits_photographs.report import complexity_of_sets, matched_check
from collapse_core.topics.digits_photographs.spectra_figure import image_spectra_figure
from ui.own_image import PROBES, probe_input
from ui.page import Page
from ui.settings import Choice
from ui.tables import show_table

__all__ = ["PROBE", "VIEW", "draw_view"]

VIEW = Choice.of("view", ("spectrum", "measures", "probe"), side_by_side=True, preset=False)
PROBE = Choice.of("probe", PROBES, side_by_side=True, preset=False, unlinked=("drawing", "upload"))

Said = sentences.DigitsPhotographsSentences
AnyPage = Page[DigitsPhotographs]


def draw_view(page: AnyPage, experiment: DigitsPhotographs, said: Said) -> None:
    """Draw the choice of views and the chosen one, unless the reader is still to guess.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : DigitsPhotographs
        The settings.
    said : DigitsPhotographsSentences
        What is said of the steps so far.
    """
    if page.embedded:
        return
    view = page.draw("view")
    if page.waiting:
        st.caption(page.words("view")["waiting"])
        return
    {"spectrum": _spectrum, "measures": _measures, "probe": _probe}[view](page, experiment, said)


def _spectrum(page: AnyPage, experiment: DigitsPhotographs, said: Said) -> None:
    lesson, components = page.lesson, experiment.components
    sets = complexity_of_sets(experiment.evened)
    st.markdown(sentences.spectrum_words(lesson, sets, components, experiment.evened))
    alt = sentences.spectrum_alt(lesson, sets, components)
    page.still(
        lambda: image_spectra_figure(sets, components, look=page.look, alt=alt),
        experiment,
        "spectra_chart",
    )
    st.markdown(sentences.matched_words(lesson, matched_check()))
    st.markdown(lesson.text("spectrum", "dimensions"))
    show_table(sentences.complexity_table(lesson, sets))


def _measures(page: AnyPage, experiment: DigitsPhotographs, said: Said) -> None:
    st.markdown(said.measures())
    show_table(said.measure_table())
    st.markdown(said.measures_note())


def _probe(page: AnyPage, experiment: DigitsPhotographs, said: Said) -> None:
    lesson, steps = page.lesson, said.steps
    probe = probe_input(page)
    followed = follow_probe(experiment, steps, probe)
    st.markdown(lesson.text("probe", "text_chain" if experiment.chained else "text_retraining"))
    alt = lesson.say("probe", "alt", stops=len(steps) - 1)
    captions = said.probe_captions(followed)
    page.still(
        lambda: image_probe_figure(followed, captions, topic=page.key, look=page.look, alt=alt),
        (experiment, len(steps), probe.tolist()),
        "probe_chart",
    )
