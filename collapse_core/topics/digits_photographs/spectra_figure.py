"""How complex two sets of images are: what few numbers miss, and the spectrum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.topics.digits_photographs.figure import set_line
from collapse_core.topics.digits_photographs.image_pair import IMAGE_SETS
from collapse_core.topics.digits_photographs.report import SetComplexity

__all__ = ["image_spectra_figure"]

Array = NDArray[np.float64]

MISSED, SPECTRUM = Panel(1), Panel(2)
MOST_SHOWN, MOST_RANKS = 40, 50
SMALLEST = 1e-4
LABELLED = slice(9, 28)
CLEARLY = 0.05


def image_spectra_figure(
    sets: Mapping[str, SetComplexity],
    components: int,
    labels: Mapping[str, str],
    *,
    look: Look = LIGHT,
    alt: str = "",
) -> MovingFigure:
    """Draw what a model misses against the numbers it keeps, and both spectra.

    Parameters
    ----------
    sets : mapping of str to SetComplexity
        By set.
    components : int
        The number that is marked.
    labels : mapping of str to str
        Words of the figure.
    look : Look
        Colours and sizes.
    alt : str
        The picture in one sentence.
    """
    kept, ranks = np.arange(MOST_SHOWN + 1.0), np.arange(1.0, MOST_RANKS + 1.0)
    traces: list[dict[str, Any]] = [_mark(components, look)]
    missed = {name: sets[name].missed[: MOST_SHOWN + 1] for name in IMAGE_SETS}
    spectra = {name: np.maximum(sets[name].spectrum[:MOST_RANKS], SMALLEST) for name in IMAGE_SETS}
    for panel, x, curves in ((MISSED, kept, missed), (SPECTRUM, ranks, spectra)):
        for name in IMAGE_SETS:
            at, place = _label_place(curves, name)
            style: dict[str, Any] = {"label": labels[name], "place": place, "at": at}
            hover = "%{y:.1%}" if panel is MISSED else "%{y:.2%}"
            y = curves[name]
            traces.append(set_line(panel, name, x, y, look, hover=hover, markers=False, **style))
    layout = _layout(labels, look)
    layout["annotations"].append(_here(components, labels, look))
    return MovingFigure(traces, layout, [], alt=alt)


def _label_place(curves: Mapping[str, Array], name: str) -> tuple[int, str]:
    """Return where a curve is farthest from the other one, and which side is free there."""
    other = next(curves[item] for item in IMAGE_SETS if item != name)
    apart = np.log(np.maximum(curves[name], SMALLEST) / np.maximum(other, SMALLEST))
    inner = apart[LABELLED]
    if inner.max() > CLEARLY:
        return LABELLED.start + int(inner.argmax()), "top right"
    return LABELLED.start + int(inner.argmin()), "bottom left"


def _mark(components: int, look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [components, components],
        "y": [0, 1],
        "line": {"color": look.muted, "dash": "dot", "width": 1.5 * look.scale},
        "hoverinfo": "skip",
        "showlegend": False,
        **MISSED.axes,
    }


def _here(components: int, labels: Mapping[str, str], look: Look) -> dict[str, Any]:
    return {
        "text": labels["here"].format(components=components),
        "showarrow": False,
        "x": components,
        "y": 1.0,
        "xref": "x",
        "yref": "y",
        "xanchor": "left" if components < MOST_SHOWN / 2 else "right",
        "xshift": 5 if components < MOST_SHOWN / 2 else -5,
        "yanchor": "top",
        "font": {"size": 11.5 * look.scale, "color": look.muted},
    }


def _layout(labels: Mapping[str, str], look: Look) -> dict[str, Any]:
    layout = empty_layout(look, 600 if look.narrow else 290, left=50, bottom=46)
    if look.narrow:
        places = (([0.0, 1.0], [0.58, 1.0]), ([0.0, 1.0], [0.0, 0.42]))
    else:
        places = (([0.0, 0.47], [0.0, 1.0]), ([0.55, 1.0], [0.0, 1.0]))
    add_panel(
        layout, MISSED, places[0], look, title=labels["missed_title"], below=labels["components"],
        x={"range": [0, MOST_SHOWN]}, y={"range": [0, 1.02], "tickformat": ".0%", "dtick": 0.25},
    )  # fmt: skip
    ends = np.log10([SMALLEST, 1.0]).tolist()
    add_panel(
        layout, SPECTRUM, places[1], look, title=labels["spectrum_title"], below=labels["rank"],
        x={"type": "log", "range": [0.0, np.log10(MOST_RANKS)], "tickvals": [1, 2, 5, 10, 20, 50]},
        y={"type": "log", "range": ends, "tickformat": ".2~%", "dtick": 1},
    )  # fmt: skip
    return layout
