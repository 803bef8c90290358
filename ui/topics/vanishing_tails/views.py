"""The second view of vanishing tails: the tail of a density. Computed only when it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.topics.vanishing_tails import density_sentences as sentences
from collapse_core.topics.vanishing_tails.density import (
    DENSITY_CHOICES,
    MODEL_CHOICES,
    DensityTails,
    report_density_tails,
)
from collapse_core.topics.vanishing_tails.density_figure import density_tails_figure
from ui import controls, sections, share
from ui.player.clock import clock, clock_tick
from ui.runs import density_tail
from ui.shell import Page
from ui.topics.vanishing_tails.neighbours import neighbours

__all__ = ["DENSITY_CHOICES", "MODEL_CHOICES", "VIEWS", "density_view", "view_choice"]

KEY = "density_tails"
VIEWS = ("kinds", "density")


def view_choice(label: Mapping[str, str]) -> str:
    """Draw the choice between the two views and return the one that is shown.

    Parameters
    ----------
    label : mapping of str to str
        Words of the controls.
    """
    options = {view: label[f"{view}_view"] for view in VIEWS}
    return controls.parts(
        "view", label["view"], options, help_text=label["view_help"], label_hidden=True
    )


def density_view(page: Page, lesson: Lesson, corner: Any) -> None:
    """Draw the tail of a density, with its own controls, clock, words and sharing.

    Parameters
    ----------
    page : Page
        The page that shows it.
    lesson : Lesson
        The words of the view.
    corner : streamlit container
        The place for sharing.
    """
    values = _controls(lesson.words("controls"), lesson.words("density"), lesson.words("model"))
    experiment = DensityTails(**values)
    made = experiment.affordable_runs()
    tail = density_tail(experiment.refit(), made, experiment.seed)
    report = report_density_tails(experiment, tail)
    alt = sentences.alt(lesson, experiment, report)
    moving = density_tails_figure(tail, report, look=page.look, alt=alt)
    tick = clock_tick(KEY, experiment.generations, min(10, experiment.generations))
    clock(moving, sentences.captions(lesson, report), tick, key=KEY, filename="density-tail")
    if page.embedded:
        return
    sections.say(
        sentences.notes(lesson, experiment, report, made),
        [lesson.say("sentences", experiment.model)],
    )
    neighbours(page, experiment.seed)
    columns = sentences.columns(lesson, report)
    sections.table(columns)
    sections.why(lesson)
    share.share_button(
        corner,
        share.Shared(
            parameters={**values, "view": "density", "generation": tick},
            csv=lambda: table_as_csv(columns, values),
            html=lambda: moving.html(lesson.title, tick),
            python=sentences.python_lines(experiment, made, tick),
            filename="density-tail",
            title=lesson.title,
        ),
    )


def _controls(
    label: Mapping[str, str], densities: Mapping[str, str], models: Mapping[str, str]
) -> dict[str, Any]:
    params = DensityTails.params
    values: dict[str, Any] = {}
    columns = controls.row([3, 3, 3, 3, 3, 3, 2.6])
    with columns[0]:
        values["density"] = controls.choice(
            "density", label["density"], densities, help_text=label["density_help"]
        )
    with columns[1]:
        values["model"] = controls.choice(
            "model", label["model"], models, help_text=label["model_help"]
        )
    names = ["sample_size", "generations", "tail_level"]
    if values["model"] == "kernel":
        names.append("bandwidth")
    for column, name in zip(columns[2:6], names, strict=False):
        with column:
            values[name] = controls.number(params[name])
    with columns[6].popover("More", icon=":material/tune:", width="stretch"):
        values["runs"] = controls.number(params["runs"])
        values["seed"] = controls.new_seed(
            params["seed"], "Seed", label["new_seed"], label["new_seed_help"]
        )
    return values
