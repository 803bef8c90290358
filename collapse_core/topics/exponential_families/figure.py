"""One exponential family on one clock: its diversity, its mean parameter, and its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Binomial
from collapse_core.figures.guess_place import FIRST_LOOK, GuessPlace
from collapse_core.figures.log_axis import LogAxis, log_axis_for
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.model_shape import ModelShape, model_shape
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import MOST_RUNS
from collapse_core.figures.scene import Scene, time_axis
from collapse_core.law import Law
from collapse_core.measures.followed_run import first_mean, relative_diversity
from collapse_core.topics.exponential_families.guess import GUESSED_POWERS
from collapse_core.topics.exponential_families.report import DiversityReport, report_diversity
from collapse_core.trajectory import Trajectory

__all__ = ["exponential_families_figure"]

Array = NDArray[np.float64]

HIGHEST_DRAWN = 1e30


def exponential_families_figure(
    paths: Trajectory,
    law: Law,
    highlighted: int,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    compared: Law | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw runs of an exponential family with their exact averages over them.

    Parameters
    ----------
    paths : Trajectory
        Runs of one of the families of `ExponentialFamilies`.
    law : Law
        The law of the same loop; fields that are None are left out.
    highlighted : int
        Number of the run whose model is shown.
    look : Look
        Colours and sizes.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    compared : Law, optional
        A law whose average diversity is drawn under this one, its time axis stretched.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words to show in place of the average diversity, while it is still to be guessed.
    alt : str
        The picture in one sentence.
    """
    report = report_diversity(paths, law, highlighted)
    scene = Scene("exponential_families", look, words)
    _draw_diversity(scene, paths, report, compared, guess, hidden)
    _draw_model(scene, model_shape(paths, highlighted))
    _draw_mean(scene, paths, law, report, hidden)
    return scene.figure(alt)


def _draw_diversity(
    scene: Scene,
    paths: Trajectory,
    report: DiversityReport,
    compared: Law | None,
    guess: GuessPlace | None,
    hidden: str | None,
) -> None:
    runs, last = relative_diversity(paths), paths.generations
    seen = [report.typical, report.median, np.minimum(runs[:MOST_RUNS], 1.0)]
    seen += [report.average, report.expected]
    axis = log_axis_for(*seen) if hidden is None else LogAxis(*GUESSED_POWERS)
    zero = "nearly_gone" if any(map(axis.hides, seen)) else "gone"
    time = time_axis(last)
    panel = scene.panel(
        "diversity", "generation", x=time, y=axis, leads=True, zero=zero, hidden=hidden
    )
    floor = ("collapse", 0.8, "solid")
    panel.line(zero, [0.0, 0.0], [0, last], style=floor, hover=" ", showlegend=False)
    panel.runs(runs)
    if compared is not None and compared.diversity is not None:
        stretched = np.linspace(0.0, last, compared.generations + 1)
        before = compared.diversity / compared.diversity[0]
        panel.line("compared", before, stretched, style=("real", 2.6, "dot"))
    panel.lines(highlighted=report.typical)
    panel.lines(median=report.median, mean=report.average, at_curve=True)
    panel.lines(exact=report.exact)
    panel.guess(guess)
    panel.hand(report.typical)


def _draw_mean(
    scene: Scene, paths: Trajectory, law: Law, report: DiversityReport, hidden: str | None
) -> None:
    means, last = first_mean(paths), paths.generations
    places = _boundary_places(paths)
    ends = _mean_range(places, report.typical_mean, means)
    panel = scene.panel(
        "mean_parameter",
        "generation",
        x=time_axis(last),
        y={"range": list(ends), "nticks": 6},
    )
    if hidden is not None:
        panel.runs(_drawable(means[:MOST_RUNS, : FIRST_LOOK + 1]))
        panel.hand(_drawable(report.typical_mean), ends)
        return
    with np.errstate(invalid="ignore"):
        low, high = (report.mean + side * 2 * report.mean_error for side in (-1, 1))
    if np.isfinite([low, high]).all():
        panel.band("mean", low, high, "muted", 0.2, showlegend=False)
    panel.runs(_drawable(means[:MOST_RUNS]))
    own = _drawable(report.typical_mean)
    panel.lines(highlighted=own)
    middle, mean = _drawable(report.middle_mean), _drawable(report.mean)
    panel.lines(median=middle, mean=mean, at_curve=True)
    if law.mean is not None:
        panel.line("exact", _drawable(law.mean if law.mean.ndim == 1 else law.mean[:, 0]))
    called = _boundary_called(paths, places)
    for place in places:
        wall = ("collapse", 1.0, "solid")
        panel.line(called, [place, place], [0, last], style=wall, hover=" ", showlegend=False)
    panel.note(
        scene.word(called), 11, "collapse", x=0.98, y=0.005, xanchor="right", yanchor="bottom"
    )
    panel.hand(own, ends)


def _draw_model(scene: Scene, shape: ModelShape) -> None:
    few = shape.bars and shape.x[1] - shape.x[0] < 8
    value = {"range": list(shape.x), **({"dtick": 1} if few else {"nticks": 6})}
    unit = {"tickformat": ".0%"} if shape.bars else {"showticklabels": False}
    height = {"range": [0, shape.top], "nticks": 5, **unit}
    panel = scene.panel("model", "point", x=value, y=height, leads=True)
    truth = shape.truth
    panel.line("truth", truth["y"], truth["x"], fill=0.22, hover=None)
    drawn: dict[str, Any] = {"style": "model", "fill": 0.35, "hover": None}
    panel.line("highlighted", truth["y"], truth["x"], changes=shape.models, **drawn)


def _drawable(values: Array) -> Array:
    """Return values that Plotly can draw, none of them infinite."""
    return np.minimum(values, HIGHEST_DRAWN)


def _boundary_places(paths: Trajectory) -> list[float]:
    family = paths.loop.family
    if paths.mean.ndim > 2:
        return []
    return [end for end in (family.lowest, family.highest) if np.isfinite(end)]


def _boundary_called(paths: Trajectory, places: list[float]) -> str:
    """Return the key of the words for what runs fall to."""
    if paths.mean.ndim > 2:
        return "boundary_inside"
    if isinstance(paths.loop.family, Binomial):
        return "boundary_trials"
    return ("no_boundary", "boundary_zero", "boundary_colours")[len(places)]


def _mean_range(places: list[float], typical: Array, means: Array) -> tuple[float, float]:
    """Return a range that shows the truth, the boundary, the highlighted run and most others."""
    truth = float(means[0, 0])
    ends = np.quantile(_drawable(means[:, -1]), [0.03, 0.97], method="nearest")
    seen = _drawable(np.concatenate([ends, [truth], typical]))
    if not places:
        reach = max(float(np.abs(seen - truth).max()), 1e-9)
        return truth - 1.15 * reach, truth + 1.15 * reach
    bottom = places[0]
    top = float(seen.max())
    top = places[1] if len(places) == 2 and top > 0.6 * places[1] else max(top, 1.6 * truth)
    return bottom - 0.1 * (top - bottom), top + 0.12 * (top - bottom)
