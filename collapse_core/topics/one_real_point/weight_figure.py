"""What a louder real point changes: scatter and diversity against its weight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, curve
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.theory.quadratic_variance import (
    QuadraticVariance,
    best_real_weight,
    stationary_weighted,
)
from collapse_core.topics.one_real_point.dose_panel import dose_dots
from collapse_core.topics.one_real_point.doses import SampledDoses

__all__ = ["LABELS", "real_point_weight_figure"]

Array = NDArray[np.float64]

SCATTER, KEPT = Panel(1), Panel(2)
STOPS = 160

LABELS: Mapping[str, str] = {
    "left_title": "Scatter of the mean, times the truth’s variance",
    "right_title": "Diversity, share of the truth’s",
    "below": "weight w of the real points",
    "exact": "exact",
    "dots": "sampled, 95 % interval",
    "dots_open": "sampled, see caution",
    "fair": "fair share {weight}",
    "best": "optimum {weight}",
    "chosen": "your w",
}


def real_point_weight_figure(
    function: QuadraticVariance,
    truth: float,
    sample_size: int,
    count: int,
    weight: float,
    doses: tuple[SampledDoses, SampledDoses],
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    alt: str = "",
) -> MovingFigure:
    """Draw the exact long run against the weight of the real points, with sampled dots.

    Parameters
    ----------
    function, truth : QuadraticVariance, float
        The family and the mean of its truth.
    sample_size, count : int
        Synthetic and fresh real points per generation; at least one real point.
    weight : float
        The reader's weight.
    doses : tuple of SampledDoses
        Dots of the scatter, and of the diversity.
    look, labels, alt
        Colours and sizes, words (see ``LABELS``), and the picture in one sentence.
    """
    words = {**LABELS, **labels}
    fair = count / (sample_size + count)
    best = float(best_real_weight(function, sample_size, count))
    low = max(min(0.2 * fair, 0.1), 1e-6)
    weights = np.unique(np.append(np.geomspace(low, 1.0, STOPS), [fair, best]))
    scale = float(function(truth))
    spread, kept = stationary_weighted(function, truth, sample_size, count, weights)
    traces: list[dict[str, Any]] = []
    marks = (
        (fair, words["fair"].format(weight=f"{fair:.3g}"), look.muted, "square"),
        (best, words["best"].format(weight=f"{best:.3g}"), look.real, "star"),
        (max(weight, low), words["chosen"], look.collapse, "diamond"),
    )
    ranges = []
    for panel, values, dots in zip(
        (SCATTER, KEPT), (spread / scale, kept / scale), doses, strict=True
    ):
        linear = panel is KEPT and function.v2 <= 0
        traces += _panel_traces(panel, weights, values, marks, look, words, panel is SCATTER)
        traces += _dots(panel, dots, linear, look, words)
        ranges.append(_vertical(values, linear))
    return MovingFigure(traces, _layout(low, ranges, look, words), [], alt=alt)


def _panel_traces(
    panel: Panel,
    weights: Array,
    values: Array,
    marks: tuple[tuple[float, str, str, str], ...],
    look: Look,
    words: Mapping[str, str],
    named: bool,
) -> list[dict[str, Any]]:
    drawn = np.where(np.isfinite(values), values, np.nan)
    line = curve(
        panel,
        weights,
        drawn,
        words["exact"],
        look.text,
        width=2.2 * look.scale,
        dash="dash",
        shown=named,
    )
    traces = [line]
    for weight, name, colour, symbol in marks:
        height = float(np.interp(np.log(weight), np.log(weights), np.nan_to_num(drawn, nan=0.0)))
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [weight],
                "y": [height if height > 0 else None],
                "marker": {
                    "symbol": symbol,
                    "size": 13 * look.scale,
                    "color": colour,
                    "line": {"width": 1, "color": look.background},
                },
                "name": name,
                "showlegend": named,
                "hovertemplate": f"{name}: %{{y:.3g}}<extra></extra>",
                **panel.axes,
            }
        )
    return traces


def _dots(
    panel: Panel, doses: SampledDoses, linear: bool, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    floor = 0.0 if linear else 1e-4
    traces = dose_dots(
        panel,
        doses.doses,
        np.where(doses.value > 0, doses.value, np.nan if not linear else 0.0),
        np.maximum(doses.low, floor),
        doses.high,
        doses.settled & doses.trusted,
        (words["dots"], words["dots_open"]),
        look.blue,
        look,
    )
    return [trace | {"showlegend": panel is KEPT} for trace in traces]


def _vertical(values: Array, linear: bool) -> dict[str, Any]:
    if linear:
        return {"range": [-0.03, 1.08], "tickformat": ".0%", "dtick": 0.25}
    seen = values[np.isfinite(values) & (values > 0)]
    low, high = (seen.min(), min(seen.max(), 1e4)) if seen.size else (0.1, 10.0)
    return {
        "type": "log",
        "range": [float(np.log10(low * 0.7)), float(np.log10(high * 1.5))],
        "dtick": 1,
    }


def _layout(
    low: float, ranges: list[dict[str, Any]], look: Look, words: Mapping[str, str]
) -> dict[str, Any]:
    layout = empty_layout(
        look, 700 if look.narrow else 330, left=52, bottom=130 if look.narrow else 84
    )
    layout["hovermode"] = "closest"
    across = {"type": "log", "range": [float(np.log10(low)), 0.03], "dtick": 1}
    places: list[tuple[list[float], list[float]]] = [([0, 0.46], [0, 1]), ([0.54, 1], [0, 1])]
    if look.narrow:
        places = [([0, 1], [0.58, 1]), ([0, 1], [0, 0.42])]
    titles = ("left_title", "right_title")
    for panel, where, title, vertical in zip((SCATTER, KEPT), places, titles, ranges, strict=True):
        add_panel(
            layout,
            panel,
            where,
            look,
            title=words[title],
            below=words["below"],
            x=across,
            y=vertical,
        )
    return layout
