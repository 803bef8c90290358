"""One image on its way through a model, or through those of both sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import SIDE
from collapse_core.figures.image_grid import LARGEST_GREY, plain_axes
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene

__all__ = ["ProbeStop", "image_probe_figure"]

ACROSS, DOWN = SIDE + 4, SIDE + 6  # pixels of a cell, with room for its words
COLUMNS = 4  # on a phone a cell is then as wide as its words
GREY_SCALE = [[0, "#000000"], [1, "#FFFFFF"]]


@dataclass(frozen=True)
class ProbeStop:
    """An image on its way.

    Parameters
    ----------
    number : int
        After how many passes, or generations.
    greys : ndarray of uint8, shape (64,)
        The image, 0 to 16.
    label : str
        How the classifier reads it.
    confidence : float
        How sure it is, 0 to 1.
    """

    number: int
    greys: NDArray[np.uint8]
    label: str
    confidence: float


def image_probe_figure(
    followed: Mapping[str, Sequence[ProbeStop]],
    captions: Mapping[str, Sequence[str]],
    *,
    topic: str,
    look: Look = LIGHT,
    alt: str = "",
) -> MovingFigure:
    """Draw an image after some turns, once for each set's model.

    Parameters
    ----------
    followed : mapping of str to sequence of ProbeStop
        By set.
    captions : mapping of str to sequence of str
        Words under each image, by set.
    look : Look
        Colours and sizes.
    topic : str
        Whose lesson has the words, in its table ``[probe]``.
    alt : str
        The picture in one sentence.
    """
    scene = Scene(topic, look, table="probe", height=290, margin={"b": 8})
    for name in followed:
        _draw_stops(scene, name, followed[name], captions[name])
    return scene.figure(alt)


def _draw_stops(
    scene: Scene, name: str, stops: Sequence[ProbeStop], captions: Sequence[str]
) -> None:
    """Add the panel of one set: the images in rows, each over its words."""
    rows = -(-len(stops) // COLUMNS)
    panel = scene.panel(
        name, **plain_axes(rows * DOWN, COLUMNS * ACROSS), leads=True, bare=True, square=True
    )
    canvas: list[list[int | None]] = [[None] * (COLUMNS * ACROSS) for _ in range(rows * DOWN)]
    for place, (stop, caption) in enumerate(zip(stops, captions, strict=True)):
        row, column = divmod(place, COLUMNS)
        left, top = column * ACROSS + 2, row * DOWN
        for line, greys in enumerate(stop.greys.reshape(SIDE, SIDE).tolist()):
            canvas[top + line][left : left + SIDE] = greys
        middle = {"x": left + SIDE / 2 - 0.5, "y": top + SIDE - 0.3, "yanchor": "top"}
        panel.note(caption, 11.5, "text", xref=panel.x, yref=panel.y, **middle)
    grey = {"zmin": 0, "zmax": LARGEST_GREY, "colorscale": GREY_SCALE, "showscale": False}
    panel.add({"type": "heatmap", "z": canvas, "hoverinfo": "skip", "name": name} | grey)
