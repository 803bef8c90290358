"""A map of what real points keep, over their number and that of the synthetic ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.theory.quadratic_variance import (
    QuadraticVariance,
    anchors_needed,
    stationary_anchors,
)
from collapse_core.topics.one_real_point.dose_panel import count_axis, place

__all__ = ["LABELS", "fractions_for", "map_values", "needed_points", "real_point_map_figure"]

Array = NDArray[np.float64]

MAP = Panel(1)
SIZES = np.unique(np.round(np.geomspace(2, 10**6, 64)))
COUNTS = np.array([*range(13), 14, 16, 18, *range(20, 40, 3), *range(40, 101, 5)], dtype=np.float64)
SHARES = (0.01, 0.1, 0.5)
BELOW_ONE = (0.5, 2 / 3, 0.9, 0.95, 0.99)
ABOVE_ONE = (2.0, 1.5, 1.1, 1.05, 1.01)

LABELS: Mapping[str, str] = {
    "title": "Diversity kept in the long run, exact",
    "title_drift": "Scatter of the mean in the long run, exact",
    "below": "synthetic points per generation, n",
    "left": "real points per generation, k",
    "share": "{share} real",
    "here": "you are here",
    "need": "{fraction} needs k = {count}",
}


def needed_points(function: QuadraticVariance) -> list[tuple[float, float]]:
    """Return fractions of the diversity, and the fresh real points that keep each of them."""
    v2 = function.v2
    return [(fraction, float(anchors_needed(fraction, v2))) for fraction in fractions_for(v2)]


def fractions_for(v2: float) -> tuple[float, ...]:
    """Return the shares of diversity whose price is told: above 1 where the average overshoots."""
    return BELOW_ONE if v2 < 0 else ABOVE_ONE if v2 > 0 else ()


def map_values(
    function: QuadraticVariance,
    truth: float,
    *,
    fresh: bool = True,
    sizes: Array = SIZES,
    counts: Array = COUNTS,
) -> Array:
    """Return the exact map, shape (counts, sizes), relative to the truth's variance.

    It holds the diversity, or the variance of the mean where diversity cannot change (v2 = 0);
    inf where there is no bound.
    """
    pair = stationary_anchors(function, truth, sizes[None, :], counts[:, None], fresh=fresh)
    return pair[1 if function.v2 else 0] / float(function(truth))


def real_point_map_figure(
    function: QuadraticVariance,
    truth: float,
    sample_size: int,
    count: int,
    *,
    fresh: bool = True,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    alt: str = "",
) -> MovingFigure:
    """Draw what is kept over k and n, with lines of equal share and of equal result.

    Parameters
    ----------
    function, truth : QuadraticVariance, float
        The family and the mean of its truth.
    sample_size, count : int
        Where the reader is.
    fresh : bool
        Whether the real points are drawn anew.
    look, labels, alt
        Colours and sizes, words (see ``LABELS``), and the picture in one sentence.
    """
    words = {**LABELS, **labels}
    values = map_values(function, truth, fresh=fresh)
    traces = [_heat(values, function.v2, look)]
    for share in SHARES:
        traces.append(_share_line(share, words["share"].format(share=f"{share:.0%}"), look))
    if fresh:
        for fraction, needed in needed_points(function):
            name = words["need"].format(fraction=f"{fraction:.0%}", count=f"{needed:.4g}")
            traces.append(_need_line(needed, name, look))
    traces.append(_here(sample_size, count, look))
    layout = empty_layout(look, 430, left=60, bottom=66)
    layout |= {"showlegend": False, "hovermode": "closest"}
    size_axis = {
        "type": "log",
        "range": [np.log10(2.0), 6.0],
        "dtick": 1,
        "showgrid": False,
        "ticks": "",
    }
    title = words["title" if function.v2 else "title_drift"]
    left = count_axis() | {"title": {"text": words["left"]}, "showgrid": False, "ticks": ""}
    add_panel(
        layout, MAP, ([0, 1], [0, 1]), look, title=title, below=words["below"], x=size_axis, y=left
    )
    layout["annotations"].append(_here_words(sample_size, count, words["here"], look))
    return MovingFigure(traces, layout, [], alt=alt)


def _heat(values: Array, v2: float, look: Look) -> dict[str, Any]:
    scale: dict[str, Any] = {"zmin": 0.0, "zmax": 1.0}
    ticks: Sequence[float] = (0.0, 0.25, 0.5, 0.75, 1.0)
    with np.errstate(divide="ignore"):
        shown = values if v2 < 0 else np.log10(np.minimum(values, 1e4))
    names = [f"{tick:.0%}" for tick in ticks]
    if v2 >= 0:
        ends = (0.0, 2.0) if v2 > 0 else (-2.3, 1.0)
        scale = {"zmin": ends[0], "zmax": ends[1]}
        ticks = range(int(ends[0]), int(ends[1]) + 1)
        names = [f"{10.0**tick:,.0%}" if v2 > 0 else f"{10.0**tick:g}" for tick in ticks]
    text = [[f"{value:.3g}" if np.isfinite(value) else "∞" for value in row] for row in values]
    return {
        "type": "heatmap",
        "x": SIZES.tolist(),
        "y": place(COUNTS).round(4).tolist(),
        "z": np.round(np.nan_to_num(shown, posinf=9.0), 3).tolist(),
        "text": text,
        **scale,
        "colorscale": "Cividis",
        "reversescale": v2 >= 0,
        "colorbar": {
            "tickvals": list(ticks),
            "ticktext": names,
            "thickness": 14 * look.scale,
            "tickfont": {"color": look.muted, "size": 11 * look.scale},
        },
        "hovertemplate": "n = %{x:,}<br>%{text}<extra></extra>",
        **MAP.axes,
    }


def _share_line(share: float, name: str, look: Look) -> dict[str, Any]:
    counts = np.array([0.3, 0.6, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 100.0])
    sizes = counts * (1.0 - share) / share
    seen = sizes >= 2.0
    return {
        "type": "scatter",
        "mode": "lines+text",
        "x": sizes[seen].tolist(),
        "y": place(counts[seen]).tolist(),
        "line": {"color": "#222222", "width": 1.4 * look.scale, "dash": "dot"},
        "text": [*[""] * (int(seen.sum()) - 3), name, "", ""],
        "textposition": "middle right",
        "textfont": {"color": "#222222", "size": 12 * look.scale},
        "hoverinfo": "skip",
        "name": name,
        **MAP.axes,
    }


def _need_line(count: float, name: str, look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+text",
        "x": [300.0, 3e4, 1e6],
        "y": [float(place(count))] * 3,
        "line": {"color": "#111111", "width": 1.6 * look.scale},
        "text": ["", name, ""],
        "textposition": "top right",
        "textfont": {"color": "#111111", "size": 12 * look.scale},
        "hoverinfo": "skip",
        "name": name,
        **MAP.axes,
    }


def _here(sample_size: int, count: int, look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [sample_size],
        "y": [float(place(count))],
        "marker": {
            "symbol": "circle-open-dot",
            "size": 15 * look.scale,
            "color": "#D55E00",
            "line": {"width": 3 * look.scale, "color": "#D55E00"},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
        **MAP.axes,
    }


def _here_words(sample_size: int, count: int, text: str, look: Look) -> dict[str, Any]:
    above = count < 50
    return {
        "text": text,
        "x": float(np.log10(sample_size)),
        "y": float(place(count)),
        "showarrow": False,
        "xanchor": "left" if sample_size < 1e4 else "right",
        "yanchor": "bottom" if above else "top",
        "yshift": 8 if above else -8,
        "bgcolor": "rgba(255,255,255,0.85)",
        "font": {"color": "#111111", "size": 12 * look.scale},
    }
