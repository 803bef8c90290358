"""Small multiples: the clouds of several models or policies, on one clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from collapse_core.figures.curves import Panel, cursor, cursor_at, curve
from collapse_core.figures.look import LIGHT, YELLOW, Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.measures.samples import LEAST_LOG_LIKELIHOOD
from collapse_core.topics.any_model.figure import dots, dots_at, plane_axes, real_dots
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.report import measured
from collapse_core.topics.any_model.steps import ModelStep

__all__ = ["LABELS", "any_model_sides_figure"]

MOST_DOTS = 120
DASHES = ("solid", "dash", "dot", "dashdot")

LABELS: Mapping[str, str] = {
    "likelihood": "Log-likelihood",
    "generation": "generation",
    "real": "real points",
    "made": "made by the model",
    "plane": "first coordinate",
}


def any_model_sides_figure(
    experiment: AnyModel,
    courses: Mapping[str, Sequence[ModelStep]],
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    alt: str = "",
) -> MovingFigure:
    """Draw the clouds of several variants, and the likelihood of real points under each.

    Parameters
    ----------
    experiment : AnyModel
        What they have in common.
    courses : mapping of str to sequence of ModelStep
        By name, in the order of the panels; the clock ends where the shortest does.
    look, labels, alt
        Colours and sizes; words, those of each panel by its name; the picture in one sentence.
    """
    words = {**{name: name for name in courses}, **LABELS, **labels}
    ticks = min(len(steps) for steps in courses.values())
    lines = Panel(len(courses) + 1)
    colours = (look.blue, YELLOW, look.collapse, look.text)
    traces: list[dict[str, Any]] = []
    moving: list[int] = []
    for number in range(1, len(courses) + 1):
        real = real_dots(Panel(number), experiment.source(), words["real"], look)
        half = len(real["x"]) // 2
        traces.append(real | {"x": real["x"][:half], "y": real["y"][:half]})
        traces[-1]["showlegend"] = number == 1
        moving.append(len(traces))
        traces.append(dots(Panel(number), words["made"], look, shown=number == 1))
    for (name, steps), colour, dash in zip(courses.items(), colours, DASHES, strict=False):
        values = measured(steps[:ticks], "log_likelihood")
        traces.append(
            curve(lines, np.arange(values.size, dtype=np.float64), values, words[name], colour,
                  width=2.0 * look.scale, dash=dash)
        )  # fmt: skip
    ends = (LEAST_LOG_LIKELIHOOD - 0.3, 0.3)
    moving.append(len(traces))
    traces.append(cursor(lines, look.blue, look))
    frames = [
        Frame(
            str(tick),
            (
                *(dots_at(steps[tick].cloud, MOST_DOTS) for steps in courses.values()),
                cursor_at(tick, float("nan"), *ends),
            ),
            moving,
        )
        for tick in range(ticks)
    ]
    layout = _layout(list(courses), experiment.generations, ends, look, words)
    return MovingFigure(traces, layout, frames, alt=alt)


def _layout(
    names: Sequence[str],
    generations: int,
    ends: tuple[float, float],
    look: Look,
    words: Mapping[str, str],
) -> dict[str, Any]:
    layout = empty_layout(look, 900 if look.narrow else 290, bottom=140 if look.narrow else 72)
    if look.narrow:
        places = [
            ([0.55 * (number % 2), 0.45 + 0.55 * (number % 2)], up)
            for number in range(len(names))
            for up in [[0.72, 1.0] if number < 2 else [0.37, 0.65]]
        ]
        places.append(([0.0, 1.0], [0.03, 0.28]))
    else:
        wide, gap = 0.17, 0.03
        places = [
            ([(wide + gap) * number, (wide + gap) * number + wide], [0.0, 1.0])
            for number in range(len(names))
        ]
        places.append(([0.845, 1.0], [0.0, 1.0]))
    plane_x, plane_y = plane_axes()
    for number, name in enumerate(names, start=1):
        suffix = Panel(number).suffix
        y = plane_y | {"scaleanchor": f"x{suffix}"}
        add_panel(layout, Panel(number), places[number - 1], look, title=words[name],
                  below=words["plane"], x=plane_x, y=y)  # fmt: skip
        layout["annotations"][-1]["yshift"] = -3 * look.scale  # there are no tick labels
    time = {"range": [0, generations], "nticks": 5}
    add_panel(layout, Panel(len(names) + 1), places[-1], look, title=words["likelihood"],
              below=words["generation"], x=time, y={"range": list(ends), "nticks": 6})  # fmt: skip
    return layout
