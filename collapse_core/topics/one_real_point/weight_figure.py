"""What a louder real point changes: scatter and diversity against its weight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene
from collapse_core.theory.quadratic_variance import best_real_weight, stationary_weighted
from collapse_core.topics.one_real_point.dose_panel import dose_dots
from collapse_core.topics.one_real_point.doses import SampledDoses
from collapse_core.topics.one_real_point.question import OneRealPoint

__all__ = ["real_point_weight_figure"]

Array = NDArray[np.float64]
Marks = Mapping[str, tuple[float, str, str]]

STOPS = 160


def real_point_weight_figure(
    experiment: OneRealPoint,
    doses: tuple[SampledDoses, SampledDoses],
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the exact long run against the weight of fresh real points, with sampled dots.

    Parameters
    ----------
    experiment : OneRealPoint
        What was asked, with at least one real point.
    doses : tuple of SampledDoses
        Dots of the scatter, and of the diversity.
    look, words, alt
        Colours and sizes, words instead of the lesson's, and the picture in one sentence.
    """
    function, truth, sample_size, count = experiment.known
    fair = count / (sample_size + count)
    best = float(best_real_weight(function, sample_size, count))
    low = max(min(0.2 * fair, 0.1), 1e-6)
    weights = np.unique(np.append(np.geomspace(low, 1.0, STOPS), [fair, best]))
    pair = stationary_weighted(function, truth, sample_size, count, weights)
    scene = Scene("one_real_point", look, words, table="weight", fair=fair, best=best)
    scene.layout["hovermode"] = "closest"
    across = {"type": "log", "range": [float(np.log10(low)), 0.03], "dtick": 1}
    marks = {
        "fair": (fair, "square", "muted"),
        "best": (best, "star", "real"),
        "chosen": (max(experiment.real_weight, low), "diamond", "collapse"),
    }
    for title, values, dots in zip(("left_title", "right_title"), pair, doses, strict=True):
        right, kept = title == "right_title", values / float(function(truth))
        linear = right and function.v2 <= 0
        hover, height = "%{y:.1%}" if right else "%{y:.3g}", _height(kept, linear)
        panel = scene.panel(title, "below", x=across, y=height, leads=True, hover=hover)
        _draw_marks(panel, weights, np.where(np.isfinite(kept), kept, np.nan), marks)
        dose_dots(panel, dots.within(0.0 if linear else 1e-4), dots.doses, "blue")
    return scene.figure(alt)


def _draw_marks(panel: Panel, weights: Array, values: Array, marks: Marks) -> None:
    """Draw the exact curve with some weights marked on it."""
    panel.line("exact", values, weights)
    edge = {"width": 1, "color": panel.scene.look.background}
    for key, (weight, symbol, tint) in marks.items():
        height = float(np.interp(np.log(weight), np.log(weights), np.nan_to_num(values, nan=0.0)))
        panel.points(key, [weight], [height if height > 0 else np.nan], symbol, 13, tint, edge=edge)


def _height(values: Array, linear: bool) -> dict[str, Any]:
    if linear:
        return {"range": [-0.03, 1.08], "tickformat": ".0%", "dtick": 0.25}
    seen = values[np.isfinite(values) & (values > 0)]
    low, high = (seen.min(), min(seen.max(), 1e4)) if seen.size else (0.1, 10.0)
    ends = [float(np.log10(low * 0.7)), float(np.log10(high * 1.5))]
    return {"type": "log", "range": ends, "dtick": 1}
