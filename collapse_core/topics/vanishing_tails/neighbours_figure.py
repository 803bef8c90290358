"""Collapse and its neighbours: four small panels of the same size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene
from collapse_core.topics.vanishing_tails.neighbours import Neighbours

__all__ = ["neighbours_figure"]

# Fields of `Neighbours`, and of the lesson, in each panel: a colour and a dash.
CURVES = {
    "collapse": {"known": ("collapse", "solid")},
    "forgetting": {
        "together": ("real", "dash"),
        "first_task": ("collapse", "solid"),
        "second_task": ("blue", "dot"),
    },
    "drift": {"yesterday": ("collapse", "dot"), "today": ("blue", "solid")},
    "overfitting": {"old_data": ("blue", "dash"), "new_data": ("collapse", "solid")},
}


def neighbours_figure(
    found: Neighbours,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw collapse, forgetting, drift and overfitting side by side.

    Parameters
    ----------
    found : Neighbours
        The four contrasts.
    look : Look
        Colours and sizes.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("vanishing_tails", look, words, table="neighbours", height=260)
    for name, curves in CURVES.items():
        last = name == "overfitting"
        across = found.capacity if last else np.arange(found.known.size)
        up: dict[str, Any] = {"range": [-0.02, 1.05], "tickformat": ".0%"}
        if last:
            seen = np.concatenate([getattr(found, key) for key in curves])
            room = 0.06 * float(np.ptp(seen))
            up = {"range": [float(seen.min()) - room, float(seen.max()) + room], "nticks": 5}
        below, ends = "capacity" if last else "generation", {"range": across[[0, -1]].tolist()}
        panel = scene.panel(name, below, x=ends, y=up, leads=True)
        for key, (tint, dash) in curves.items():
            panel.line(key, getattr(found, key), across, style=(tint, 1.1, dash), at_curve=True)
    return scene.figure(alt)
