"""A kernel density estimate in the loop on one clock: its density, and the spread of its points."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.log_axis import log_axis_for
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import rounded
from collapse_core.figures.scene import Scene, time_axis
from collapse_core.topics.bell_curve.figure import rug
from collapse_core.topics.bell_curve.kernel import KernelReport

__all__ = ["bell_kernel_figure"]

Array = NDArray[np.float64]

GRID = 81
BINS = 400
MOST_POINTS = 50


def bell_kernel_figure(
    report: KernelReport,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw a kernel model that is trained on its own points.

    Parameters
    ----------
    report : KernelReport
        What `report_kernel` says.
    look : Look
        Colours and sizes.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("bell_curve", look, words)
    grid, models = _densities(report)
    x, truth = rounded(grid), np.exp(-0.5 * grid**2) / np.sqrt(2.0 * np.pi)
    tall = float(np.quantile(models.max(axis=1), 0.95))
    top = float(np.clip(1.15 * tall, 1.3 * truth.max(), 3.0))
    across = {"range": [float(grid[0]), float(grid[-1])], "nticks": 9}
    up = {"range": [-0.09 * top, top], "showticklabels": False, "nticks": 4}
    density = scene.panel("density", "value", x=across, y=up, leads=True)
    density.line("truth", rounded(truth), x, fill=0.18, hover=None)
    changes = [{"x": x, "y": rounded(np.minimum(model, 1.2 * top))} for model in models]
    density.line("model", rounded(truth), x, fill=0.33, hover=None, changes=changes)
    rug(density, "own_points", report.points[:, :MOST_POINTS], -0.04 * top, "blue")

    axis = log_axis_for(report.expected, report.average, report.median, report.gaussian)
    last = report.typical.size - 1
    time = time_axis(last)
    spread = scene.panel("spread", "generation", x=time, y=axis, leads=True, zero="zero")
    spread.runs(report.variance)
    spread.line("gaussian", report.gaussian, style=("collapse", 1.0, "dot"), at_curve=True)
    spread.lines(highlighted=report.typical)
    spread.lines(median=report.median, mean=report.average, at_curve=True)
    spread.lines(exact=report.expected)
    if report.limit > 0:
        limit = [report.limit, report.limit]
        spread.line("limit", limit, [0, last], style=("collapse", 0.8, "dashdot"), at_curve=0.3)
    spread.hand(report.typical)
    return scene.figure(alt)


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
