"""How many dimensions real points keep: rule, exact averages, sampled runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from collapse_core.figures.curves import Panel, curve
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.theory.multivariate_gaussian import (
    anchored_effective_rank_rule,
    stationary_anchored_spectrum_moments,
)
from collapse_core.topics.one_real_point.dose_panel import (
    CURVE_COUNTS,
    count_axis,
    dose_dots,
    place,
)
from collapse_core.topics.one_real_point.doses import SampledDoses

__all__ = ["LABELS", "anchored_rank_figure"]

RANK = Panel(1)

LABELS: Mapping[str, str] = {
    "title": "Effective rank in the long run",
    "below": "real points per generation, k",
    "rule": "rule 1/(1/d + 1/2k), approximate",
    "exact": "ratio of exact averages",
    "sampled": "sampled runs, 95 % interval",
    "sampled_open": "sampled, not settled",
    "half": "half the dimensions",
}


def anchored_rank_figure(
    dimension: int,
    sample_size: int,
    count: int,
    doses: SampledDoses,
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    alt: str = "",
) -> MovingFigure:
    """Draw the effective rank of a Gaussian against the number of real points.

    Parameters
    ----------
    dimension, sample_size, count : int
        Of the Gaussian, and the synthetic and real points per generation.
    doses : SampledDoses
        Average effective ranks.
    look, labels, alt
        Colours and sizes, words (see ``LABELS``), and the picture in one sentence.
    """
    words = {**LABELS, **labels}
    counts = CURVE_COUNTS.astype(int).tolist()
    rule = np.array([anchored_effective_rank_rule(dimension, k) for k in counts])
    exact = np.array(
        [
            float(
                stationary_anchored_spectrum_moments(
                    sample_size, dimension, k
                ).annealed_effective_rank
            )
            for k in counts
        ]
    )
    width, x = 2.2 * look.scale, place(CURVE_COUNTS)
    half = np.full(2, dimension / 2.0)
    traces: list[dict[str, Any]] = [
        curve(RANK, place(np.array([0.0, 115.0])), half, words["half"], look.muted, dash="dot"),
        curve(RANK, x, rule, words["rule"], look.real, width=width, dash="dashdot"),
        curve(RANK, x, exact, words["exact"], look.text, width=width, dash="dash"),
    ]
    traces += dose_dots(
        RANK,
        place(doses.doses),
        doses.value,
        doses.low,
        doses.high,
        doses.settled,
        (words["sampled"], words["sampled_open"]),
        look.blue,
        look,
    )
    for trace in traces:
        trace["hovertemplate"] = f"{trace['name']}: %{{y:.3g}}<extra></extra>"
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "x": [float(place(count))] * 2,
            "y": [0.0, dimension * 1.05],
            "line": {"color": look.collapse, "width": 1.5 * look.scale, "dash": "dot"},
            "showlegend": False,
            "hoverinfo": "skip",
            **RANK.axes,
        }
    )
    layout = empty_layout(look, 340, left=40, bottom=110 if look.narrow else 84)
    vertical = {"range": [0, dimension * 1.06], "nticks": 6}
    add_panel(
        layout,
        RANK,
        ([0, 1], [0, 1]),
        look,
        title=words["title"],
        below=words["below"],
        x=count_axis(),
        y=vertical,
    )
    return MovingFigure(traces, layout, [], alt=alt)
