"""Parts of the page on any model: its controls, a learner's own points, the views side by side."""

from __future__ import annotations

from typing import Any, cast

import streamlit as st

from collapse_core.data.own_points import EXAMPLE, LONGEST_TEXT, OwnPoints, pasted_points
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.any_model import sentences
from collapse_core.topics.any_model.question import AnyModel, Side, SideBySide, courses_of
from collapse_core.topics.any_model.sides_figure import any_model_sides_figure
from ui import controls, long_run
from ui.own_data import OwnData, plain
from ui.player.clock import clock, clock_tick
from ui.shell import Page

__all__ = ["VIEWS", "chosen_values", "draw_view", "own_points"]

VIEWS = ("alone", "models", "policies")
SIDE_KEY = "any_model_sides"


def chosen_values(lesson: Lesson) -> dict[str, Any]:
    """Draw the controls, six in view, and return their values.

    Under "More" stand only those that the chosen model and policy use.
    """
    label, params = lesson.words("controls"), AnyModel.params
    values: dict[str, Any] = {}
    columns = controls.row([3.1, 2.9, 2.9, 2.5, 2.5, 2.5, 2.7])
    for column, name in zip(columns[:3], ("data", "model", "policy"), strict=True):
        options = lesson.words(
            "policies" if name == "policy" else name if name == "data" else "models"
        )
        with column:
            values[name] = controls.choice(
                name, label[name], options, help_text=label[f"{name}_help"]
            )
    for column, name in zip(columns[3:6], ("sample_size", "generations", "anchors"), strict=True):
        with column:
            # Without symbols: six labels side by side have little room.
            values[name] = controls.number(params[name], label=params[name].text)
    own_settings = {"mixture": "components", "kernel": "bandwidth", "vae": "latent"}
    with columns[6].popover("More", icon=":material/tune:", width="stretch"):
        if values["model"] in own_settings:
            name = own_settings[values["model"]]
            values[name] = controls.number(params[name])
        if values["policy"] == "anchors":
            values["fresh"] = controls.switch(
                "fresh", label["fresh"], default=True, help_text=label["fresh_help"]
            )
        if values["policy"] == "fraction":
            values["share"] = controls.number(params["share"])
        values["seed"] = controls.new_seed(
            params["seed"], "Seed", label["new_seed"], label["new_seed_help"]
        )
    return values


def own_points(page: Page) -> OwnPoints:
    """Draw the places for a learner's own points; return them, or the last ones that were good."""
    words = control_words(page.lesson, "own_points")
    read = plain(pasted_points, LONGEST_TEXT)
    places = st.expander(words["label"], icon=":material/edit:", expanded=not page.embedded)
    messages = st.container()
    own = OwnData(page.entry.key, words, read, EXAMPLE, ("csv", "tsv", "txt"), height=108)
    with places:
        found = own.ask(messages, side_by_side=True)
    return pasted_points(EXAMPLE) if found is None else found


def draw_view(
    page: Page, experiment: AnyModel, waiting: bool
) -> tuple[str, long_run.LongRun | None]:
    """Draw the choice of views and the chosen one; return it, and its work if there is any.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : AnyModel
        What is asked.
    waiting : bool
        Whether the reader is still to guess; no view is drawn then.
    """
    lesson = page.lesson
    label, titles = lesson.words("controls"), lesson.words("views")
    options = {view: titles[view] for view in VIEWS}
    view = controls.parts("view", label["view"], options, help_text=label["view_help"])
    if view == "alone":
        return view, None
    if waiting:
        st.caption(lesson.words("controls")["view_waiting"])
        return view, None
    side = cast(Side, view)
    names = tuple(experiment.variants(side))
    labels = sentences.side_labels(lesson, experiment, names)
    if not page.embedded:
        st.markdown(lesson.say("sides", f"{view}_text", anchors=experiment.anchors or 10))
    run = long_run.long_run(SideBySide(experiment, side), key=SIDE_KEY)
    courses = courses_of(run.steps, names)
    ticks = min(len(steps) for steps in courses.values())
    moving = any_model_sides_figure(
        experiment,
        courses,
        look=page.look,
        labels=labels,
        alt=sentences.side_alt(lesson, experiment, ticks),
    )
    modes = experiment.source().modes.count
    spoken = sentences.side_captions(lesson, labels, courses, modes)
    tick = clock_tick(SIDE_KEY, ticks - 1, ticks - 1, linked=False)
    clock(moving, spoken, tick, key=SIDE_KEY, pictures=False)
    return view, run
