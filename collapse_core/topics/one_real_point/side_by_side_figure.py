"""Small multiples: the same jar under several policies, on one clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from collapse_core.figures.curves import Panel, cursor, cursor_at, curve, faint_runs
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.law import Law
from collapse_core.trajectory import Trajectory

__all__ = ["LABELS", "side_by_side_figure"]

FEWER_RUNS = 16

LABELS: Mapping[str, str] = {
    "generation": "generation",
    "runs": "runs",
    "mean": "mean of the runs",
    "exact": "exact mean",
    "highlighted": "this run",
    "truth": "truth",
}


def side_by_side_figure(
    paths: Mapping[str, Trajectory],
    laws: Mapping[str, Law],
    highlighted: int,
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    alt: str = "",
) -> MovingFigure:
    """Draw the mean parameter of runs under several policies, one panel each.

    Parameters
    ----------
    paths, laws : mapping of str to Trajectory and Law
        By name, in the order of the panels; all of the same length.
    highlighted : int
        Number of the run that is followed in every panel.
    look, labels, alt
        Colours and sizes; words, those of each panel by its name; the picture in one sentence.
    """
    words = {**{name: name for name in paths}, **LABELS, **labels}
    layout = _layout(paths, look, words)
    traces: list[dict[str, Any]] = []
    hands = []
    for number, (name, runs) in enumerate(paths.items(), start=1):
        traces += _panel_traces(Panel(number), runs, laws[name], highlighted, look, words)
        hands.append(len(traces))
        traces.append(cursor(Panel(number), look.blue, look))
    courses = [runs.mean[highlighted] for runs in paths.values()]
    frames = [
        Frame(str(t), tuple(cursor_at(t, course[t], 0.0, 1.0) for course in courses), hands)
        for t in range(courses[0].size)
    ]
    return MovingFigure(traces, layout, frames, alt=alt)


def _panel_traces(
    panel: Panel,
    runs: Trajectory,
    law: Law,
    highlighted: int,
    look: Look,
    words: Mapping[str, str],
) -> list[dict[str, Any]]:
    ticks = np.arange(runs.generations + 1.0)
    width, shown = 2.0 * look.scale, panel.number == 1
    truth = np.full(2, float(runs.loop.family.truth))
    ends = np.array([0.0, float(runs.generations)])
    drawn = [
        (ends, truth, "truth", look.real, width, "dot"),
        (ticks, runs.mean[highlighted], "highlighted", look.blue, width * 1.2, "solid"),
        (ticks, runs.mean.mean(axis=0), "mean", look.muted, width, "solid"),
    ]
    if law.mean is not None:
        drawn.append((ticks, law.mean, "exact", look.text, width, "dash"))
    traces = [faint_runs(panel, runs.mean[:FEWER_RUNS], words["runs"], look)]
    traces[0]["showlegend"] = shown
    for x, y, name, colour, line_width, dash in drawn:
        style: dict[str, Any] = {"width": line_width, "dash": dash, "hover": "%{y:.1%}"}
        traces.append(curve(panel, x, y, words[name], colour, shown=shown, **style))
    return traces


def _layout(
    paths: Mapping[str, Trajectory], look: Look, words: Mapping[str, str]
) -> dict[str, Any]:
    columns = 1 if look.narrow else 3
    rows = -(-len(paths) // columns)
    layout = empty_layout(look, 210 * rows + 90, left=46, bottom=110 if look.narrow else 72)
    gap, gutter = 0.055, 0.16 / rows**0.5
    wide = (1.0 - gap * (columns - 1)) / columns
    tall = (1.0 - gutter * (rows - 1)) / rows
    for number, (name, runs) in enumerate(paths.items()):
        row, column = divmod(number, columns)
        left, top = column * (wide + gap), 1.0 - row * (tall + gutter)
        add_panel(
            layout,
            Panel(number + 1),
            ([left, min(left + wide, 1.0)], [max(top - tall, 0.0), top]),
            look,
            title=words[name],
            below=words["generation"] if row == rows - 1 else "",
            x={"range": [0, runs.generations]},
            y={"range": [-0.02, 1.02], "tickformat": ".0%", "dtick": 0.5},
        )
    return layout
