"""Who wrote what the web holds: areas that are stacked, human items at the bottom."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import transparent
from collapse_core.figures.panel import rounded
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.topics.polluted_web.report import WebReport

__all__ = ["BANDS", "bands_of", "draw_composition"]

Array = NDArray[np.float64]
BANDS = 3
# A colour, a pattern of Plotly's and the dash of its upper edge: no area is told by colour alone.
STYLES = (
    ("real", "", "solid"),
    ("blue", "/", "dash"),
    ("muted", ".", "dot"),
    ("collapse", "x", "solid"),
)


def bands_of(years: int) -> list[tuple[int, int]]:
    """Return the first and the last model of each band of models, at most three."""
    ends = sorted({-(-years * part // BANDS) for part in range(1, BANDS + 1)})
    return [(first + 1, last) for first, last in zip([0, *ends], ends, strict=False)]


def draw_composition(scene: Scene, report: WebReport) -> None:
    """Draw the shares of the web by generation of birth, in bands of models."""
    years, shares = report.experiment.generations, report.known.web
    ends = (0.0, 1.0)
    panel = scene.panel(
        "composition",
        "year",
        x=time_axis(years),
        y=share_axis(*ends),
        leads=True,
        hover="%{y:.1%}",
    )
    parts: list[tuple[str, dict[str, int], Array]] = [("human", {}, shares[:, 0])]
    for first, last in bands_of(years):
        name = {"first": first, "last": last}
        key = "models" if last > first else "model"
        parts.append((key, name, shares[:, first : last + 1].sum(axis=1)))
    below = np.zeros(years + 1)
    for (key, gaps, part), style in zip(parts, STYLES, strict=False):
        words = scene.word(key, **gaps)
        panel.add(_area(scene, words, part, below, style))
        panel.keep(words, np.arange(years + 1), part)
        below = below + part
    panel.hand(shares[:, 0], ends, tint="real")


def _area(
    scene: Scene, name: str, part: Array, below: Array, style: tuple[str, str, str]
) -> dict[str, Any]:
    """Return an area between what is below it and its upper edge, as one closed outline."""
    tint, pattern, dash = style
    colour, years = scene.colour(tint), np.arange(part.size)
    above = below + part
    return {
        "mode": "lines",
        "x": np.concatenate([years, years[::-1]]).tolist(),
        "y": rounded(np.concatenate([above, below[::-1]])),
        "fill": "toself",
        "fillcolor": transparent(colour, 0.3),
        "fillpattern": {
            "shape": pattern,
            "fgcolor": colour,
            "bgcolor": transparent(colour, 0.22),
            "size": 7,
            "solidity": 0.25,
        },
        "line": {"width": 1.2 * scene.look.scale, "color": colour, "dash": dash},
        "name": name,
        "hoverinfo": "skip",
    }
