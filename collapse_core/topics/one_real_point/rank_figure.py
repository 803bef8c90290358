"""How many dimensions real points keep: rule, exact averages, sampled runs."""

from __future__ import annotations

from collections.abc import Mapping

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene
from collapse_core.theory.multivariate_gaussian import (
    anchored_effective_rank_rule,
    stationary_anchored_spectrum_moments,
)
from collapse_core.topics.one_real_point.dose_panel import COUNTS, count_axis, dose_dots, place
from collapse_core.topics.one_real_point.doses import SampledDoses
from collapse_core.topics.one_real_point.question import OneRealPoint

__all__ = ["anchored_rank_figure"]


def anchored_rank_figure(
    experiment: OneRealPoint,
    doses: SampledDoses,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the effective rank of a Gaussian against the number of real points.

    Parameters
    ----------
    experiment : OneRealPoint
        What was asked: its dimension, synthetic and real points.
    doses : SampledDoses
        Average effective ranks.
    look, words, alt
        Colours and sizes, words instead of the lesson's, and the picture in one sentence.
    """
    dimension, counts = experiment.dimension, COUNTS.astype(int).tolist()
    rule = [float(anchored_effective_rank_rule(dimension, count)) for count in counts]
    known = (experiment.sample_size, dimension)
    moments = [stationary_anchored_spectrum_moments(*known, count) for count in counts]
    exact = [float(moment.annealed_effective_rank) for moment in moments]
    scene = Scene("one_real_point", look, words, table="dimension", height=340)
    height = {"range": [0, dimension * 1.06], "nticks": 6}
    panel = scene.panel("title", "below", x=count_axis(), y=height, leads=True)
    panel.line(
        "half", [dimension / 2] * 2, place([0, 115]), style=("muted", 1.0, "dot"), at_curve=True
    )
    panel.line("rule", rule, place(COUNTS), style=("real", 1.1, "dashdot"))
    panel.line("exact", exact, place(COUNTS))
    dose_dots(panel, doses, place(doses.doses), "blue")
    mark = {"color": look.collapse, "width": 1.5 * look.scale, "dash": "dot"}
    ends = {"x": [float(place(experiment.anchors))] * 2, "y": [0.0, dimension * 1.05]}
    unnamed = {"showlegend": False, "hoverinfo": "skip"}
    panel.add({"mode": "lines", "line": mark} | ends | unnamed)
    return scene.figure(alt)
