"""One image on its way through the models of both sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from collapse_core.data.images import SIDE
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene
from collapse_core.topics.digits_photographs.followed import ProbeStop
from collapse_core.topics.digits_photographs.grid import LARGEST_GREY, plain_axes
from collapse_core.topics.digits_photographs.image_pair import IMAGE_SETS

__all__ = ["image_probe_figure"]

ACROSS, DOWN, HEADING = SIDE + 4, SIDE + 6, 2
GREY_SCALE = [[0, "#000000"], [1, "#FFFFFF"]]


def image_probe_figure(
    followed: Mapping[str, Sequence[ProbeStop]],
    captions: Mapping[str, Sequence[str]],
    *,
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
    alt : str
        The picture in one sentence.
    """
    count = len(followed[IMAGE_SETS[0]])
    width, height = count * ACROSS, 2 * DOWN + HEADING
    edges = {"l": 6, "b": 8, "t": 8}
    whole = [(0.0, 1.0, 0.0, 1.0)]
    layout: dict[str, Any] = {"height": 11.5 * height + 20, "margin": edges, "places": whole}
    scene = Scene("digits_photographs", look, table="probe", **layout)
    panel = scene.panel(**plain_axes(height, width), bare=True, square=True)
    canvas: list[list[int | None]] = [[None] * width for _ in range(height)]
    for side, name in enumerate(IMAGE_SETS):
        for place, stop in enumerate(followed[name]):
            left, top = place * ACROSS + 2, side * DOWN + HEADING
            for line, greys in enumerate(stop.greys.reshape(SIDE, SIDE).tolist()):
                canvas[top + line][left : left + SIDE] = greys
            middle = left + SIDE / 2 - 0.5
            on = {"xref": panel.x, "yref": panel.y}
            below = {"x": middle, "y": top + SIDE - 0.3, "yanchor": "top"} | on
            panel.note(captions[name][place], 11.5, "text", **below)
            if place == 0:
                above = {"x": left - 0.5, "xanchor": "left", "y": top - 0.7, "yanchor": "bottom"}
                above |= on
                panel.note(f"<b>{scene.word(name)}</b>", 11.5, "text", **above)
    grey = {"zmin": 0, "zmax": LARGEST_GREY, "colorscale": GREY_SCALE, "showscale": False}
    panel.add({"type": "heatmap", "z": canvas, "hoverinfo": "skip", "name": "probe"} | grey)
    return scene.figure(alt)
