"""Small multiples: the clouds of several models or policies, on one clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from collapse_core.figures.look import LIGHT, YELLOW, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene
from collapse_core.topics.any_model.figure import LEAST_SHOWN, PLANE, UP, made_points, real_points
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.report import measured
from collapse_core.topics.any_model.steps import MOST_DRAWN, ModelStep

__all__ = ["any_model_sides_figure"]

MOST_DOTS = 120
LEFT, RIGHT, UPPER, LOWER = (0.0, 0.47), (0.53, 1.0), (0.56, 1.0), (0.0, 0.44)
QUARTERS = ((LEFT, UPPER), (RIGHT, UPPER), (LEFT, LOWER), (RIGHT, LOWER))
CURVES = (("blue", "solid"), (YELLOW, "dash"), ("collapse", "dot"), ("text", "dashdot"))


def any_model_sides_figure(
    experiment: AnyModel,
    courses: Mapping[str, Sequence[ModelStep]],
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the clouds of four variants, and the likelihood of real points under each.

    Parameters
    ----------
    experiment : AnyModel
        What they have in common.
    courses : mapping of str to sequence of ModelStep
        By name, in the order of the panels; the clock ends where the shortest does.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    """
    some = experiment.some_anchors
    scene = Scene("any_model", look, words, table="sides", height=360, some=some)
    ticks = min(len(steps) for steps in courses.values())
    real = experiment.source().reference[:MOST_DRAWN]
    clouds: Panel | None = None
    for (name, steps), (across, up) in zip(courses.items(), QUARTERS, strict=True):
        place: dict[str, Any] = {"within": clouds, "across": across, "up": up, "leads": True}
        panel = scene.panel(name, x=PLANE, y=UP, button="clouds", square=True, **place)
        clouds = clouds or panel
        real_points(panel, real[: len(real) // 2])
        made_points(panel, steps[:ticks], MOST_DOTS)
    time, ends = {"range": [0, experiment.generations], "nticks": 5}, (LEAST_SHOWN, 0.3)
    height = {"range": list(ends), "nticks": 6}
    likelihood = scene.panel("likelihood", "generation", x=time, y=height, leads=True)
    for (name, steps), (tint, dash) in zip(courses.items(), CURVES, strict=True):
        likely = measured(steps[:ticks], "log_likelihood")
        likelihood.line(name, likely, style=(tint, 1.0, dash), at_curve=True)
    likelihood.hand(np.full(ticks, np.nan), ends)
    return scene.figure(alt)
