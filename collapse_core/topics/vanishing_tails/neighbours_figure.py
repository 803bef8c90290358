"""Collapse and its neighbours: four small panels of the same size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from collapse_core.figures.curves import Panel, curve
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.topics.vanishing_tails.neighbours import Neighbours

__all__ = ["LABELS", "neighbours_figure"]

LABELS: Mapping[str, str] = {
    "collapse": "Model collapse",
    "forgetting": "Catastrophic forgetting",
    "drift": "Data drift",
    "overfitting": "Overfitting",
    "known": "known kinds",
    "first_task": "first task",
    "second_task": "second task",
    "together": "both at once",
    "today": "with today's world",
    "yesterday": "first model, today's world",
    "old_data": "data it learned from",
    "new_data": "new data",
    "generation": "generation",
    "capacity": "kinds told apart",
}

PANELS = {
    "collapse": Panel(1),
    "forgetting": Panel(2),
    "drift": Panel(3),
    "overfitting": Panel(4),
}


def neighbours_figure(
    found: Neighbours, *, look: Look = LIGHT, labels: Mapping[str, str] = LABELS, alt: str = ""
) -> MovingFigure:
    """Draw collapse, forgetting, drift and overfitting side by side.

    Parameters
    ----------
    found : Neighbours
        The four contrasts.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    alt : str
        The picture in one sentence.
    """
    words = {**LABELS, **labels}
    ticks = np.arange(found.known.size, dtype=np.float64)
    capacity = found.capacity.astype(np.float64)
    drawn = [
        ("collapse", ticks, found.known, "known", look.collapse, "solid"),
        ("forgetting", ticks, found.together, "together", look.real, "dash"),
        ("forgetting", ticks, found.first_task, "first_task", look.collapse, "solid"),
        ("forgetting", ticks, found.second_task, "second_task", look.blue, "dot"),
        ("drift", ticks, found.yesterday, "yesterday", look.collapse, "dot"),
        ("drift", ticks, found.today, "today", look.blue, "solid"),
        ("overfitting", capacity, found.old_data, "old_data", look.blue, "dash"),
        ("overfitting", capacity, found.new_data, "new_data", look.collapse, "solid"),
    ]
    traces = [
        curve(PANELS[panel], x, y, words[key], colour, width=2.2 * look.scale, dash=dash)
        for panel, x, y, key, colour, dash in drawn
    ]
    return MovingFigure(traces, _layout(found, look, words), [Frame("0", (), ())], alt=alt)


def _layout(found: Neighbours, look: Look, words: Mapping[str, str]) -> dict[str, Any]:
    narrow = look.narrow
    layout = empty_layout(look, 980 if narrow else 260, left=46, bottom=150 if narrow else 90)
    generations = found.known.size - 1
    for place, (name, panel) in enumerate(PANELS.items()):
        if narrow:
            across, up = [0.0, 1.0], [0.79 - 0.25 * place, 0.98 - 0.25 * place]
        else:
            across, up = [0.26 * place, 0.26 * place + 0.215], [0.0, 1.0]
        last = name == "overfitting"
        add_panel(
            layout,
            panel,
            (across, up),
            look,
            title=words[name],
            below=words["capacity" if last else "generation"],
            x={"range": [1, float(found.capacity[-1])] if last else [0, generations]},
            y={"nticks": 5} if last else {"range": [-0.02, 1.05], "tickformat": ".0%"},
        )
    return layout
