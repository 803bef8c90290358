"""Small multiples: the clouds of several models or policies, on one clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from collapse_core.figures.look import LIGHT, YELLOW, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene, Sheet
from collapse_core.topics.any_model.figure import LEAST_SHOWN, PLANE, made_points, real_points
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.report import measured
from collapse_core.topics.any_model.steps import MOST_DRAWN, ModelStep

__all__ = ["SHEETS", "any_model_sides_figure"]

MOST_DOTS = 120
CURVES = (("blue", "solid"), (YELLOW, "dash"), ("collapse", "dot"), ("text", "dashdot"))
SHEETS = (
    Sheet(290, [(0.0, 0.17), (0.2, 0.37), (0.4, 0.57), (0.6, 0.77), (0.845, 1.0)], bottom=72),
    Sheet(
        900,
        [
            (0.0, 0.45, 0.72, 1.0),
            (0.55, 1.0, 0.72, 1.0),
            (0.0, 0.45, 0.37, 0.65),
            (0.55, 1.0, 0.37, 0.65),
            (0.03, 0.28),
        ],
        bottom=140,
    ),
)


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
    some = {"some": experiment.some_anchors}
    scene = Scene("any_model", look, SHEETS, words, table="sides", **some)
    ticks = min(len(steps) for steps in courses.values())
    real = experiment.source().reference[:MOST_DRAWN]
    for name, steps in courses.items():
        panel = scene.panel(name, "plane", x=PLANE, y=PLANE, square=True)
        real_points(panel, real[: len(real) // 2])
        made_points(panel, steps[:ticks], MOST_DOTS)
    time, ends = {"range": [0, experiment.generations], "nticks": 5}, (LEAST_SHOWN, 0.3)
    height = {"range": list(ends), "nticks": 6}
    likelihood = scene.panel("likelihood", "generation", x=time, y=height)
    for (name, steps), (tint, dash) in zip(courses.items(), CURVES, strict=True):
        likely = measured(steps[:ticks], "log_likelihood")
        likelihood.line(name, likely, style=(tint, 1.0, dash))
    likelihood.hand(np.full(ticks, np.nan), ends)
    return scene.figure(alt)
