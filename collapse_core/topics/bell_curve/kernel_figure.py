"""A kernel density estimate in the loop on one clock: its density, and the spread of its points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, cursor, cursor_at, curve, faint_runs
from collapse_core.figures.log_axis import log_axis_for
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.topics.bell_curve.figure import bell_outline, rug, rug_places
from collapse_core.topics.bell_curve.kernel import KernelReport

__all__ = ["LABELS", "bell_kernel_figure"]

Array = NDArray[np.float64]

DENSITY, SPREAD = Panel(1), Panel(2)
GRID = 81
BINS = 400
MOST_POINTS = 50

LABELS: Mapping[str, str] = {
    "density": "The kernel model of this run, and its points",
    "spread": "Variance of the points (log scale)",
    "value": "value of a point",
    "generation": "generation",
    "truth": "the truth",
    "model": "the kernel model",
    "points": "its points",
    "runs": "runs",
    "highlighted": "this run (percentile {percentile})",
    "median": "median of the runs",
    "mean": "mean of the runs",
    "exact": "exact mean",
    "limit": "limit h²(n − 1)",
    "gaussian": "a fitted Gaussian instead (exact)",
    "zero": "0",
}


def bell_kernel_figure(
    report: KernelReport,
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    alt: str = "",
) -> MovingFigure:
    """Draw a kernel model that is trained on its own points.

    Parameters
    ----------
    report : KernelReport
        What `report_kernel` says.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    alt : str
        The picture in one sentence.
    """
    words = {
        key: text.format(percentile=round(report.percentile))
        for key, text in {**LABELS, **labels}.items()
    }
    grid, models = _densities(report)
    truth = np.exp(-0.5 * grid**2) / np.sqrt(2.0 * np.pi)
    tall = float(np.quantile(models.max(axis=1), 0.95))
    top = float(np.clip(1.15 * tall, 1.3 * truth.max(), 3.0))
    shown = report.points[:, :MOST_POINTS]
    axis = log_axis_for(report.expected, report.average, report.median, report.gaussian)
    upper = float(f"{-0.04 * top:.1g}")
    outline = {"x": _rounded(grid), "y": _rounded(truth)}
    traces = [
        bell_outline(DENSITY, outline, words["truth"], look.real, look, dashed=True),
        bell_outline(DENSITY, outline, words["model"], look.blue, look, dashed=False),
        rug(DENSITY, shown.shape[1], upper, words["points"], look.blue, look),
        *_spread_traces(report, axis.places, look, words),
        cursor(SPREAD, look.blue, look),
    ]
    heights = axis.places(report.typical)
    nothing = np.full(shown.shape[1], np.nan)
    frames = [
        Frame(
            str(generation),
            (
                {"x": outline["x"], "y": _rounded(np.minimum(model, 1.2 * top))},
                rug_places(shown[generation - 1] if generation else nothing, upper),
                cursor_at(generation, float(heights[generation]), *axis.ends),
            ),
            (1, 2, len(traces) - 1),
        )
        for generation, model in enumerate(models)
    ]
    layout = _layout(report, grid, top, axis.layout(words["zero"]), look, words)
    return MovingFigure(traces, layout, frames, alt=alt)


def _densities(report: KernelReport) -> tuple[Array, Array]:
    """Return a grid and the density of the model of every generation on it.

    The points are counted in fine bins first; without noise a model is its points, which are
    drawn a little blurred to be seen.
    """
    reach = 4.0 * float(np.sqrt(max(1.0, report.typical.max())))
    grid = np.linspace(-reach, reach, GRID)
    edges = np.linspace(-reach, reach, BINS + 1)
    width = max(report.bandwidth, 0.8 * (grid[1] - grid[0]))
    middles = 0.5 * (edges[1:] + edges[:-1])
    kernel = np.exp(-0.5 * ((middles[:, None] - grid) / width) ** 2)
    kernel /= width * np.sqrt(2.0 * np.pi)
    models = np.empty((len(report.points) + 1, GRID))
    blurred = 1.0 + report.bandwidth**2
    models[0] = np.exp(-0.5 * grid**2 / blurred) / np.sqrt(2.0 * np.pi * blurred)
    scale = BINS / (2.0 * reach)
    for generation, points in enumerate(report.points, start=1):
        place = ((points + reach) * scale).astype(np.int64)
        counts = np.bincount(np.clip(place, 0, BINS - 1), minlength=BINS)
        models[generation] = counts @ kernel / points.size
    return grid, models


def _rounded(values: Array) -> list[float]:
    return [float(f"{value:.3g}") for value in values.tolist()]


def _spread_traces(
    report: KernelReport, places: Any, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    ticks = np.arange(report.typical.size, dtype=np.float64)
    width, ends = 2.0 * look.scale, np.array([0.0, ticks[-1]])
    traces = [faint_runs(SPREAD, places(report.variance), words["runs"], look)]
    drawn = [
        ("gaussian", ticks, report.gaussian, look.collapse, width, "dot"),
        ("highlighted", ticks, report.typical, look.blue, width * 1.4, "solid"),
        ("median", ticks, report.median, look.muted, width * 1.2, "dot"),
        ("mean", ticks, report.average, look.muted, width, "solid"),
        ("exact", ticks, report.expected, look.text, width * 1.1, "dash"),
    ]
    if report.limit > 0:
        level = np.full(2, report.limit)
        drawn.append(("limit", ends, level, look.collapse, width * 0.8, "dashdot"))
    traces += [
        curve(SPREAD, x, places(y), words[key], colour, width=line_width, dash=dash)
        for key, x, y, colour, line_width, dash in drawn
    ]
    return traces


def _layout(
    report: KernelReport,
    grid: Array,
    top: float,
    vertical: Mapping[str, Any],
    look: Look,
    words: Mapping[str, str],
) -> dict[str, Any]:
    if look.narrow:
        layout = empty_layout(look, 760, bottom=170)
        columns = ([0.0, 1.0],) * 2
        rows = ([0.58, 1.0], [0.05, 0.46])
    else:
        layout = empty_layout(look, 335, left=12, bottom=82)
        columns = ([0.0, 0.42], [0.49, 1.0])
        rows = ([0.0, 1.0],) * 2
    add_panel(
        layout,
        DENSITY,
        (columns[0], rows[0]),
        look,
        title=words["density"],
        below=words["value"],
        x={"range": [float(grid[0]), float(grid[-1])], "nticks": 9},
        y={"range": [-0.09 * top, top], "showticklabels": False, "nticks": 4},
    )
    add_panel(
        layout,
        SPREAD,
        (columns[1], rows[1]),
        look,
        title=words["spread"],
        below=words["generation"],
        x={"range": [0, report.typical.size - 1]},
        y=vertical,
    )
    return layout
