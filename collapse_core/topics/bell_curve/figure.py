"""The bell curve on one clock: its density, the logarithm of its variance, its distances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.log_axis import log_axis_for
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.model_shape import model_shape
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel, Style, rounded
from collapse_core.figures.scene import Scene, time_axis
from collapse_core.topics.bell_curve.guess import GUESSED_LOGARITHMS
from collapse_core.topics.bell_curve.report import BellCurveReport
from collapse_core.topics.bell_curve.training_points import training_points
from collapse_core.topics.class_chains import Chains, draw_chains, log_variances
from collapse_core.trajectory import Trajectory

__all__ = ["bell_curve_figure", "rug"]

Array = NDArray[np.float64]

UNSEEN = "?"  # in place of what would tell a guess
LOWEST_LOGARITHM = -745.0  # of the smallest number above 0


def bell_curve_figure(
    paths: Trajectory,
    report: BellCurveReport,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    chains: Chains | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw runs of a fitted bell curve with what is known exactly over them.

    Parameters
    ----------
    paths : Trajectory
        Runs of a `Gaussian` whose truth is N(0, 1).
    report : BellCurveReport
        What `report_bell_curve` says of them.
    look : Look
        Colours and sizes.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words to show in place of the variances, while one of them is still to be guessed.
    chains : tuple of tuple of float, optional
        Spreads of a class's chains, to be drawn over what is known.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("bell_curve", look, words)
    _draw_bell(scene, paths, report)
    _draw_logarithms(scene, report, guess, hidden, chains)
    _draw_distances(scene, report, hidden)
    return scene.figure(alt)


def _draw_bell(scene: Scene, paths: Trajectory, report: BellCurveReport) -> None:
    """Draw the density of each model over the truth, with the points that it was fitted to."""
    shape = model_shape(paths, report.highlighted)
    points = training_points(paths, report.highlighted)
    across = {"range": list(shape.x), "nticks": 7}
    up = {"range": [-0.13 * shape.top, shape.top], "showticklabels": False, "nticks": 4}
    bell, changes = scene.panel("bell", "value", x=across, y=up, leads=True), shape.models
    truth, first = shape.truth, changes[0]
    bell.line("truth", truth["y"], truth["x"], fill=0.18, hover=None)
    bell.line(
        "bell",
        first["y"],
        first["x"],
        style="model",
        fill=0.33,
        hover=None,
        changes=changes,
        showlegend=False,
    )
    rug(bell, "points", points.synthetic, -0.035 * shape.top, "blue")
    rug(bell, "real_points", points.real, -0.085 * shape.top, "real")


def rug(panel: Panel, key: str, points: Array, height: float, tint: str) -> None:
    """Add short strokes under a density, one for each point of each generation but the first.

    Parameters
    ----------
    points : ndarray, shape (generations, points)
        Where they stand; no columns for none.
    """
    # Few digits: every point of every frame carries its height.
    level = [float(f"{height:.1g}")] * max(points.shape[1], 1)
    away: dict[str, list[Any]] = {"x": [None] * len(level), "y": level}
    changes = [away]
    for row in points:
        seen = row.size and np.isfinite(row).all()
        changes.append({"x": rounded(row, 4), "y": level} if seen else away)
    look = panel.scene.look
    edge = {"width": 1.2 * look.scale, "color": panel.scene.colour(tint)}
    panel.points(
        key,
        away["x"],
        level,
        "line-ns-open",
        9,
        tint,
        edge=edge,
        hover=None,
        changes=changes,
        showlegend=points.size > 0,
    )


def _draw_logarithms(
    scene: Scene,
    report: BellCurveReport,
    guess: GuessPlace | None,
    hidden: str | None,
    chains: Chains | None,
) -> None:
    """Draw ln s2 of this run, of all runs, of their averages, and of a class's chains."""
    with np.errstate(divide="ignore"):
        own, known = np.log(report.typical), _logarithms(report)
    played = log_variances(chains)
    low, high = _range_of([own, *(values for values, _ in known.values()), *played], report)
    if hidden is not None:
        low, high = GUESSED_LOGARITHMS

    def drawn(values: Array) -> Array:
        """Return logarithms as they are drawn: those of 0 on the floor."""
        return np.asarray(np.clip(np.nan_to_num(values, nan=low, neginf=low), low, 1e30))

    time = time_axis(report.typical.size - 1)
    height = {"range": [low, high], "nticks": 6}
    panel = scene.panel("logarithm", "generation", x=time, y=height, leads=True, hidden=hidden)
    panel.runs(drawn(report.log_variances))
    panel.line("highlighted", drawn(own))
    for key, (values, style) in known.items():
        if key.startswith("exact"):
            panel.line("exact", drawn(values), told=key)
        else:
            panel.line(key, drawn(values), style=style, at_curve=True)
    draw_chains(panel, played)
    panel.guess(guess)
    panel.hand(drawn(own), (low, high))


def _logarithms(report: BellCurveReport) -> dict[str, tuple[Array, str | Style]]:
    """Return what is known of ln s2, with its style, in the order of the legend."""
    exact, expected = report.exact, report.expected
    known: dict[str, tuple[Array | None, str | Style]] = {
        "log_mean": (np.log(report.average), "simulated"),
        "exact_mean": (None if expected is None else np.log(expected), "exact"),
        "mean_log": (report.mean_log, "mean"),
        "log_median": (np.log(report.median), "median"),
        "exact_log": (None if exact is None else exact.log_variance, "exact"),
    }
    return {key: (values, style) for key, (values, style) in known.items() if values is not None}


def _range_of(curves: list[Array], report: BellCurveReport) -> tuple[float, float]:
    """Return a range for ln s2 that shows all curves and most runs."""
    ends = np.sort(report.log_variances[:, -1])
    values = np.concatenate([*curves, ends[[ends.size // 20, -ends.size // 20]]])
    seen = values[np.isfinite(values)]
    low = max(float(seen.min()), LOWEST_LOGARITHM) if seen.size else 0.0
    high = float(seen.max()) if seen.size else 0.0
    room = max(high - low, 0.01)
    # Room below for the place of 0, where a run has reached it.
    below = 0.15 if np.isneginf(values).any() else 0.06
    return low - below * room, high + 0.06 * room


def _draw_distances(scene: Scene, report: BellCurveReport, hidden: str | None) -> None:
    """Draw how far the models are from the truth and from the one before, from generation 1 on."""
    own, exact = report.typical_distance[1:], report.exact
    curves = {"to_truth": report.distance[1:], "to_previous": report.step[:-1]}
    if exact is not None:
        curves |= {"exact_risk": exact.risk[1:], "exact_local": exact.local[:-1]}
    axis = log_axis_for(own, *curves.values())
    time, ticks = time_axis(own.size), np.arange(1, own.size + 1)
    unseen = None if hidden is None else UNSEEN
    panel = scene.panel("distance", "generation", x=time, y=axis, zero="zero", hidden=unseen)
    panel.line("highlighted", own, ticks)
    for key, style in (("to_truth", "mean"), ("to_previous", "simulated")):
        panel.line(key, curves[key], ticks, style=style, at_curve=True)
    for key in ("exact_risk", "exact_local"):
        panel.line("exact", curves.get(key), ticks, told=key)
    panel.hand([np.nan, *own])
