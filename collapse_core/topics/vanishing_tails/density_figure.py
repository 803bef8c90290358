"""The tail of a density on one clock: the model, its tail mass, and the runs without a tail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, cursor, cursor_at, curve, faint_runs
from collapse_core.figures.look import LIGHT, Look, transparent
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.models.density_refit import TailMass
from collapse_core.topics.vanishing_tails.density import DensityTailsReport

__all__ = ["LABELS", "density_tails_figure"]

Array = NDArray[np.float64]

DENSITY, MASS, FADED = Panel(1), Panel(2), Panel(3)
MOST_PLACES = 130

LABELS: Mapping[str, str] = {
    "density": "The model, on a logarithmic scale",
    "mass": "Tail mass, relative to the truth",
    "faded": "Runs with under a tenth of the tail",
    "value": "value",
    "generation": "generation",
    "truth": "the truth",
    "model": "the model now",
    "cut": "the tail begins",
    "runs": "runs",
    "own": "this run",
    "mean": "mean of the runs",
    "median": "median of the runs",
    "exact": "exact",
    "simulated": "under a tenth left",
    "lost": "no tail at all",
}


def density_tails_figure(
    tail: TailMass,
    report: DensityTailsReport,
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    alt: str = "",
) -> MovingFigure:
    """Draw a density, its tail mass over the generations, and how often the tail is gone.

    Parameters
    ----------
    tail : TailMass
        The runs; the first one is drawn.
    report : DensityTailsReport
        The numbers over all runs.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    alt : str
        The picture in one sentence.
    """
    words = {**LABELS, **labels}
    step = -(-tail.grid.size // MOST_PLACES)
    grid, densities = tail.grid[::step], tail.densities[:, ::step]
    low = _floor(densities[0])
    top = _top(report)
    traces = _density_traces(grid, densities, tail.cut, low, look, words)
    traces += _mass_traces(tail, report, look, words, top)
    mass_cursor = len(traces)
    traces.append(cursor(MASS, look.blue, look))
    traces += _faded_traces(report, look, words)
    faded_cursor = len(traces)
    traces.append(cursor(FADED, look.collapse, look))
    frames = []
    for generation, density in enumerate(densities):
        changes = (
            {"y": _drawn(density, low)},
            cursor_at(generation, min(top, float(report.own[generation])), 0.0, top),
            cursor_at(generation, float(report.faded[generation]), 0.0, 1.0),
        )
        frames.append(Frame(str(generation), changes, (1, mass_cursor, faded_cursor)))
    layout = _layout(tail, densities, low, top, look, words)
    return MovingFigure(traces, layout, frames, alt=alt)


def _floor(truth: Array) -> float:
    positive = truth[truth > 0.0]
    return max(1e-7, float(positive.min()) / 10.0) if positive.size else 1e-7


def _top(report: DensityTailsReport) -> float:
    """Return the upper end of the axis of tail mass: what most runs need, at least the truth's."""
    seen = [1.0, float(report.mean.max()), float(report.own.max())]
    if report.expected is not None:
        seen.append(float(report.expected.max()))
    return 1.15 * max(seen)


def _drawn(density: Array, low: float) -> list[float]:
    values = np.nan_to_num(density, nan=0.0)
    return [float(f"{max(value, low):.2g}") for value in values.tolist()]


def _density_traces(
    grid: Array, densities: Array, cut: float, low: float, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    top = float(np.nanmax(densities)) * 1.5
    truth = curve(
        DENSITY, grid, np.maximum(densities[0], low), words["truth"], look.real,
        width=2.0 * look.scale, dash="dash",
    )  # fmt: skip
    model = curve(
        DENSITY, grid, np.maximum(densities[0], low), words["model"], look.blue,
        width=2.2 * look.scale,
    )  # fmt: skip
    model["line"]["shape"] = "hvh"
    mark = curve(
        DENSITY, np.array([cut, cut]), np.array([low, top]), words["cut"], look.collapse,
        width=1.6 * look.scale, dash="dot",
    )  # fmt: skip
    return [truth, model, mark]


def _mass_traces(
    tail: TailMass, report: DensityTailsReport, look: Look, words: Mapping[str, str], top: float
) -> list[dict[str, Any]]:
    ticks, width = np.arange(report.mean.size, dtype=np.float64), 2.0 * look.scale
    percent = "%{y:.1%}"
    traces = [faint_runs(MASS, np.minimum(tail.mass / tail.mass[0, 0], 2 * top), words["runs"], look)]  # fmt: skip  # noqa: E501
    for values, key, colour, line_width, dash in (
        (report.own, "own", look.blue, width * 1.4, "solid"),
        (report.median, "median", look.muted, width, "dot"),
        (report.mean, "mean", look.muted, width, "solid"),
        (report.expected, "exact", look.text, width, "dash"),
    ):
        if values is not None:
            line = curve(
                MASS, ticks, values, words[key], colour, width=line_width, dash=dash, hover=percent
            )
            traces.append(line)
    return traces


def _faded_traces(
    report: DensityTailsReport, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    ticks, width = np.arange(report.mean.size, dtype=np.float64), 2.0 * look.scale
    percent = "%{y:.1%}"
    traces = [
        curve(
            FADED, ticks, report.faded, words["simulated"], look.collapse, width=width,
            hover=percent,
        ),
        curve(
            FADED, ticks, report.lost, words["lost"], look.muted, width=width, dash="dashdot",
            hover=percent,
        ),
    ]  # fmt: skip
    if report.chance_lost is not None:
        traces.append(
            curve(
                FADED, ticks, report.chance_lost, words["exact"], look.text, width=width,
                dash="dash", hover=percent, shown=report.expected is None,
            )
        )  # fmt: skip
    return traces


def _layout(
    tail: TailMass, densities: Array, low: float, top: float, look: Look, words: Mapping[str, str]
) -> dict[str, Any]:
    narrow = look.narrow
    layout = empty_layout(look, 900 if narrow else 335, left=50, bottom=130 if narrow else 82)
    if narrow:
        layout["legend"] |= {"entrywidth": 0.48, "entrywidthmode": "fraction"}
        places = [([0.0, 1.0], up) for up in ([0.74, 1.0], [0.39, 0.63], [0.04, 0.28])]
    else:
        places = [([0.0, 0.3], [0.0, 1.0]), ([0.37, 0.66], [0.0, 1.0]), ([0.73, 1.0], [0.0, 1.0])]
    time = {"range": [0, densities.shape[0] - 1]}
    ends = np.log10([low, 1.5 * float(np.nanmax(densities))]).tolist()
    add_panel(
        layout, DENSITY, places[0], look, title=words["density"], below=words["value"],
        x={"range": [float(tail.grid[0]), float(tail.grid[-1])]},
        y={"type": "log", "range": ends, "dtick": 1, "exponentformat": "power"},
    )  # fmt: skip
    add_panel(
        layout, MASS, places[1], look, title=words["mass"], below=words["generation"], x=time,
        y={"range": [-0.02 * top, top], "tickformat": ".0%", "nticks": 6},
    )  # fmt: skip
    add_panel(
        layout, FADED, places[2], look, title=words["faded"], below=words["generation"], x=time,
        y={"range": [-0.02, 1.04], "tickformat": ".0%", "dtick": 0.25},
    )  # fmt: skip
    return _shade_tail(layout, tail, look)


def _shade_tail(layout: dict[str, Any], tail: TailMass, look: Look) -> dict[str, Any]:
    layout["shapes"] = [
        {
            "type": "rect",
            "layer": "below",
            "xref": f"x{DENSITY.suffix}",
            "yref": f"y{DENSITY.suffix} domain",
            "x0": tail.cut,
            "x1": float(tail.grid[-1]),
            "y0": 0,
            "y1": 1,
            "fillcolor": transparent(look.collapse, 0.1),
            "line": {"width": 0},
        }
    ]
    return layout
