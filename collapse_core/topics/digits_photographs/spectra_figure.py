"""How complex two sets of images are: what few numbers miss, and the spectrum."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene
from collapse_core.measures.image_pair import IMAGE_SETS
from collapse_core.topics.digits_photographs.figure import set_line
from collapse_core.topics.digits_photographs.report import SetComplexity

__all__ = ["image_spectra_figure"]

Array = NDArray[np.float64]

MOST_SHOWN, MOST_RANKS = 40, 50
SMALLEST = 1e-4
LABELLED = slice(9, 17)
CLEARLY = 0.05


def image_spectra_figure(
    sets: Mapping[str, SetComplexity], components: int, *, look: Look = LIGHT, alt: str = ""
) -> MovingFigure:
    """Draw what a model misses against the numbers it keeps, and both spectra.

    Parameters
    ----------
    sets : mapping of str to SetComplexity
        By set.
    components : int
        The number that is marked.
    look : Look
        Colours and sizes.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("digits_photographs", look, table="spectrum", height=290, components=components)
    share = {"range": [0, 1.02], "tickformat": ".0%", "dtick": 0.25}
    kept = {"range": [0, MOST_SHOWN]}
    missed = scene.panel(
        "missed_title", "components", x=kept, y=share, leads=True, hover="%{y:.1%}"
    )
    across = {
        "type": "log",
        "range": [0.0, np.log10(MOST_RANKS)],
        "tickvals": [1, 2, 5, 10, 20, 50],
    }
    ends = np.log10([SMALLEST, 1.0]).tolist()
    up = {"type": "log", "range": ends, "tickformat": ".2~%", "dtick": 1}
    spectrum = scene.panel("spectrum_title", "rank", x=across, y=up, leads=True, hover="%{y:.2%}")
    line = {"color": look.muted, "dash": "dot", "width": 1.5 * look.scale}
    place = {"mode": "lines", "x": [components, components], "y": [0, 1], "line": line}
    missed.add(place | {"hoverinfo": "skip", "showlegend": False})
    few = {name: sets[name].missed[: MOST_SHOWN + 1] for name in IMAGE_SETS}
    shares = {name: np.maximum(sets[name].spectrum[:MOST_RANKS], SMALLEST) for name in IMAGE_SETS}
    for panel, first, curves in ((missed, 0, few), (spectrum, 1, shares)):
        for name, values in curves.items():
            at, side = _label_place(curves, name)
            set_line(panel, name, first + np.arange(values.size), values, at, side, markers=False)
    left = components < MOST_SHOWN / 2
    missed.note(
        scene.word("here"),
        11.5,
        x=components,
        y=1.0,
        xref=missed.x,
        yref=missed.y,
        xanchor="left" if left else "right",
        xshift=5 if left else -5,
        yanchor="top",
    )
    return scene.figure(alt)


def _label_place(curves: Mapping[str, Array], name: str) -> tuple[int, str]:
    """Return where a curve is farthest from the other one, and which side is free there."""
    other = next(curves[item] for item in IMAGE_SETS if item != name)
    apart = np.log(np.maximum(curves[name], SMALLEST) / np.maximum(other, SMALLEST))
    inner = apart[LABELLED]
    if inner.max() > CLEARLY:
        return LABELLED.start + int(inner.argmax()), "top right"
    return LABELLED.start + int(inner.argmin()), "bottom left"
