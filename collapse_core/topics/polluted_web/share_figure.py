"""What a detector's count stands for, whatever its rate of false positives is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene
from collapse_core.topics.polluted_web.published import DetectorCount
from collapse_core.web import corrected_share

__all__ = ["share_today_figure"]

Array = NDArray[np.float64]

STOPS = 121
REACHES = (0.1, 0.25, 0.5, 0.9)


def share_today_figure(
    count: DetectorCount,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the corrected share against the rate of false positives, with its interval.

    Parameters
    ----------
    count : DetectorCount
        What a detector found.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    """
    scene = Scene("polluted_web", look, words, table="today_figure")
    most = min(next(r for r in REACHES if r >= min(2.0 * count.false_positive, 0.9)), 0.98)
    most = min(most, 0.98 - count.false_negative)
    rates = np.linspace(0.0, most, STOPS)
    found = [
        corrected_share(count.observed, rate, count.false_negative, count.texts) for rate in rates
    ]
    low, middle, high = np.array([(each.low, each.share, each.high) for each in found]).T
    panel = scene.panel(
        "title",
        "below",
        x={"range": [0.0, most], "tickformat": ".0%", "nticks": 6},
        y={"range": _ends(low, high, count.observed), "tickformat": ".0%", "nticks": 6},
        leads=True,
        hover="%{y:.1%}",
    )
    outline = {
        "mode": "lines",
        "x": np.concatenate([rates, rates[::-1]]).astype(np.float32),
        "y": np.concatenate([high, low[::-1]]).astype(np.float32),
        "fill": "toself",
        "fillcolor": look.faint(0.14),
        "line": {"width": 0.7, "color": look.faint(0.35), "dash": "dot"},
        "name": scene.word("interval"),
        "hoverinfo": "skip",
    }
    panel.add(outline)
    panel.line("corrected", middle, rates, style="exact")
    ends = [0.0, most]
    panel.line("seen", [count.observed] * 2, ends, style=("blue", 1.0, "dashdot"), hover=None)
    panel.line("half", [0.5] * 2, ends, style=("muted", 0.9, "dot"), hover=None)
    here = count.corrected().share
    edge = {"width": 1, "color": look.background}
    panel.points("here", [count.false_positive], [here], "diamond", 13, "collapse", edge=edge)
    return scene.figure(alt)


def _ends(low: Array, high: Array, observed: float) -> list[float]:
    """Return the ends of the axis of shares: all of the interval, and one half, in twentieths."""
    seen = [*low, *high, observed, 0.5]
    least = np.floor(20.0 * min(seen) - 0.2) / 20.0
    most = np.ceil(20.0 * max(seen) + 0.2) / 20.0
    return [float(max(least, -0.03)), float(min(most, 1.03))]
