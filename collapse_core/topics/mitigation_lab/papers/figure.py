"""A paper in miniature: its exact curves, and the sampled points on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from collapse_core.figures.log_axis import LogAxis, log_axis_for
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene
from collapse_core.topics.mitigation_lab.papers.miniature import Miniature, Sampled

__all__ = ["miniature_figure"]

TINTS = (("blue", "circle", "solid"), ("collapse", "square", "dash"), ("olive", "diamond", "dot"))
ERRORS = 2.0  # standard errors to each side
MOST_POINTS = 9


def miniature_figure(
    found: Miniature,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw what is exact as curves, and what is sampled as points with their errors.

    Parameters
    ----------
    found : Miniature
        What is drawn.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    """
    scene = Scene("mitigation_lab", look, words, table="papers_figure")
    panel = scene.panel(
        f"{found.key}_title",
        f"{found.key}_below",
        x=_across(found),
        y=_upwards(found),
        leads=True,
        zero="nothing",
        hover="%{y:.3~g}",
    )
    for (name, curve), (tint, symbol, dash) in zip(found.exact.items(), TINTS, strict=False):
        panel.line(name, curve, found.x, style=(tint, 1.1, dash))
        _sampled(panel, found.sampled[name], tint, symbol)
    low, high = float(found.x[0]), float(found.x[-1])
    if found.level is not None:
        panel.line("paper", [found.level] * 2, [low, high], style=("text", 0.9, "dashdot"))
    if found.upright is not None:
        ends = panel.log.ends if panel.log else panel.both_axes()[1]["range"]
        panel.line("paper", list(ends), [found.upright] * 2, style=("text", 0.9, "dashdot"))
    return scene.figure(alt)


def _across(found: Miniature) -> dict[str, Any]:
    low, high = float(found.x[0]), float(found.x[-1])
    if not found.log:
        return {"range": [low, high], "nticks": 6}
    powers = range(round(np.log10(low)), round(np.log10(high)) + 1)
    ticks = {
        "tickvals": [10.0**p for p in powers],
        "ticktext": [f"10<sup>{p}</sup>" for p in powers],
    }
    return {"type": "log", "range": [np.log10(low), np.log10(high)], **ticks}


def _upwards(found: Miniature) -> dict[str, Any] | LogAxis:
    if found.log:
        return log_axis_for(*found.exact.values())
    top = found.top or 1.08 * max(float(curve.max()) for curve in found.exact.values())
    least = min(float(curve.min()) for curve in found.exact.values())
    return {"range": [-0.02 * top if least < 0.3 * top else 0.85 * least, top], "nticks": 6}


def _sampled(panel: Panel, sampled: Sampled, tint: str, symbol: str) -> None:
    """Draw points, and lines of two standard errors to each side."""
    some = np.unique(np.linspace(0, len(sampled.x) - 1, MOST_POINTS).round().astype(int))
    x, mean, error = sampled.x[some], sampled.mean[some], sampled.error[some]
    low, high = mean - ERRORS * error, mean + ERRORS * error
    if panel.log is not None:
        low = np.maximum(low, panel.log.floor)
    gaps: Sequence[Any] = [None] * len(x)
    panel.add(
        {
            "mode": "lines",
            "x": [v for each in zip(x.tolist(), x.tolist(), gaps, strict=True) for v in each],
            "y": [v for each in zip(low.tolist(), high.tolist(), gaps, strict=True) for v in each],
            "line": {"color": panel.scene.colour(tint), "width": 2 * panel.scene.look.scale},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    )
    panel.points(
        "sampled", x.tolist(), mean.tolist(), symbol, 8, tint, showlegend=symbol == "circle"
    )
