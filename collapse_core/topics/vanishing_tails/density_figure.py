"""The tail of a density on one clock: the model, its tail mass, and the runs without a tail."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import rounded
from collapse_core.figures.scene import Scene, share_axis
from collapse_core.models.density_refit import TailMass
from collapse_core.topics.vanishing_tails.density import DensityTailsReport

__all__ = ["density_tails_figure"]

MOST_PLACES = 130
LOWEST = 1e-7


def density_tails_figure(
    tail: TailMass,
    report: DensityTailsReport,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
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
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("density_tails", look, words)
    _draw_density(scene, tail)
    time = {"range": [0, report.mean.size - 1]}
    # What most runs need, at least the truth's.
    curves = [report.mean, report.own, np.ones(1) if report.expected is None else report.expected]
    top = 1.15 * max(1.0, *(float(values.max()) for values in curves))
    height = {"range": [-0.02 * top, top], "tickformat": ".0%", "nticks": 6}
    mass = scene.panel("mass", "generation", x=time, y=height, leads=True, hover="%{y:.1%}")
    mass.runs(np.minimum(tail.mass / tail.mass[0, 0], 2 * top))
    mass.lines(highlighted=report.own)
    mass.lines(median=report.median, mean=report.mean, at_curve=True)
    mass.lines(exact=report.expected)
    mass.hand(np.minimum(report.own, top), (0.0, top))
    shares = share_axis(-0.02, 1.04)
    faded = scene.panel("faded", "generation", x=time, y=shares, hover="%{y:.1%}")
    faded.line("simulated", report.faded, at_curve=True)
    faded.line("lost", report.lost, style=("muted", 1.0, "dashdot"), at_curve=True)
    faded.line("exact", report.chance_lost)
    faded.hand(report.faded, tint="collapse")
    return scene.figure(alt)


def _draw_density(scene: Scene, tail: TailMass) -> None:
    """Draw the truth and the model on a logarithmic scale, and where the tail begins."""
    step = -(-tail.grid.size // MOST_PLACES)
    grid, densities = tail.grid[::step], tail.densities[:, ::step]
    positive = densities[0][densities[0] > 0.0]
    low = max(LOWEST, float(positive.min()) / 10.0) if positive.size else LOWEST
    top = float(np.nanmax(densities)) * 1.5
    across = {"range": [float(tail.grid[0]), float(tail.grid[-1])]}
    up = {"type": "log", "dtick": 1, "exponentformat": "power"}
    upwards = up | {"range": np.log10([low, top]).tolist()}
    panel = scene.panel("density", "value", x=across, y=upwards, leads=True)
    drawn = np.maximum(np.nan_to_num(densities, nan=0.0), low)
    panel.line("truth", drawn[0], grid)
    panel.line(
        "model", drawn[0], grid, shape="hvh", changes=[{"y": rounded(now, 2)} for now in drawn]
    )
    panel.line("cut", [low, top], [tail.cut, tail.cut], style=("collapse", 0.8, "dot"))
    panel.shade(tail.cut, float(tail.grid[-1]), "collapse", 0.1)
