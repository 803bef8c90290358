"""Further views of the page on a network; each is computed only while it is shown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from collapse_core.figures.image_probe import image_probe_figure
from collapse_core.topics.network import beside
from collapse_core.topics.network.followed import follow_own
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.report import both_sets, loses_first
from collapse_core.topics.network.sentences import NetworkSentences
from collapse_core.topics.network.steps import NetworkStep
from collapse_core.topics.probe_label import label_of
from ui.own_image import PROBES, probe_input
from ui.page import Page
from ui.settings import Choice
from ui.tables import show_table

__all__ = ["BESIDE", "PROBE", "VIEW", "draw_view", "other_run"]

BESIDE = Choice.of("beside", beside.BESIDE)
VIEW = Choice.of("view", ("own", "first"), side_by_side=True, preset=False)
PROBE = Choice.of("probe", PROBES, side_by_side=True, preset=False, unlinked=("drawing", "upload"))
PASSES = 20

AnyPage = Page[ListeningNetwork]


def other_run(page: AnyPage, experiment: ListeningNetwork, finished: bool) -> Sequence[NetworkStep]:
    """Return what is computed so far of the loop to be shown beside it; nothing if there is none.

    It has its turn once the loop that is asked for is finished.

    Parameters
    ----------
    page : Page
        The opened page, whose progress is drawn.
    experiment : ListeningNetwork
        The settings.
    finished : bool
        Whether all steps of the loop that is asked for are done.
    """
    other = beside.beside_of(experiment, page["beside"])
    if other is None or page.waiting or not finished:
        return ()
    steps: Sequence[NetworkStep] = page.work(other, key=f"{page.key}_beside", noun="pass").steps
    return steps


def draw_view(page: AnyPage, experiment: ListeningNetwork, said: NetworkSentences) -> None:
    """Draw the choice of views and the chosen one, unless the reader is still to guess.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : ListeningNetwork
        The settings.
    said : NetworkSentences
        What is said of the steps so far.
    """
    if page.embedded:
        return
    view = page.draw("view")
    if page.waiting:
        st.caption(page.words("view")["waiting"])
        return
    {"own": _own, "first": _first}[view](page, experiment, said)


def _own(page: AnyPage, experiment: ListeningNetwork, said: NetworkSentences) -> None:
    lesson, steps = page.lesson, said.steps
    probe = probe_input(page)
    stops = follow_own(experiment, steps, probe)
    captions = [
        lesson.say(
            "probe",
            "stop",
            number=stop.number,
            label=label_of(lesson, stop),
            confidence=stop.confidence,
        )
        for stop in stops
    ]
    alt = lesson.say("probe", "alt", stops=len(steps) - 1)
    page.still(
        lambda: image_probe_figure(
            {experiment.images: stops},
            {experiment.images: captions},
            look=page.look,
            topic=lesson.key,
            alt=alt,
        ),
        (experiment, len(steps), probe.tolist()),
        "probe_chart",
    )


def _first(page: AnyPage, experiment: ListeningNetwork, said: NetworkSentences) -> None:
    lesson, runs, done = page.lesson, {}, True
    st.markdown(lesson.say("first", "text", passes=PASSES))
    for name, asked in both_sets(experiment, PASSES).items():
        run = page.work(asked, key=f"{page.key}_{name}", noun="pass")
        runs[name], done = run.steps, done and run.finished
    if done:
        show_table(said.first_table(loses_first(runs)))
        st.markdown(lesson.text("first", "note"))
