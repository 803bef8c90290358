"""One image on its way through the models of both sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from collapse_core.data.images import SIDE
from collapse_core.figures.curves import Panel
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panels import empty_layout
from collapse_core.topics.digits_photographs.followed import ProbeStop
from collapse_core.topics.digits_photographs.grid import grid_axes, grid_trace
from collapse_core.topics.digits_photographs.image_pair import IMAGE_SETS

__all__ = ["image_probe_figure"]

PANEL = Panel(1)
ACROSS, DOWN, HEADING = SIDE + 4, SIDE + 6, 2


def image_probe_figure(
    followed: Mapping[str, Sequence[ProbeStop]],
    captions: Mapping[str, Sequence[str]],
    titles: Mapping[str, str],
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
    titles : mapping of str to str
        Words over each row (on a phone: column), by set.
    look : Look
        Colours and sizes.
    alt : str
        The picture in one sentence.
    """
    count = len(followed[IMAGE_SETS[0]])
    columns, rows = (2, count) if look.narrow else (count, 2)
    width, height = columns * ACROSS, rows * DOWN + HEADING
    canvas: list[list[int | None]] = [[None] * width for _ in range(height)]
    notes = []
    for side, name in enumerate(IMAGE_SETS):
        for place, stop in enumerate(followed[name]):
            column, row = (side, place) if look.narrow else (place, side)
            left, top = column * ACROSS + 2, row * DOWN + HEADING
            for line, greys in enumerate(stop.greys.reshape(SIDE, SIDE).tolist()):
                canvas[top + line][left : left + SIDE] = greys
            middle = left + SIDE / 2 - 0.5
            notes.append(_words(captions[name][place], middle, top + SIDE - 0.3, "top", look))
            if place == 0:
                where = middle if look.narrow else left - 0.5
                notes.append(_words(f"<b>{titles[name]}</b>", where, top - 0.7, "bottom", look))
                notes[-1] |= {} if look.narrow else {"xanchor": "left"}
    x, y = grid_axes(PANEL, height, width)
    pixels = (13.5 if look.narrow else 11.5) * height
    layout = empty_layout(look, pixels + 20, left=6, bottom=8, top=8)
    layout |= {"xaxis": x | {"fixedrange": True}, "yaxis": y | {"fixedrange": True}}
    layout["annotations"] = notes
    return MovingFigure([grid_trace(PANEL, canvas, "probe")], layout, [], alt=alt)


def _words(text: str, x: float, y: float, anchor: str, look: Look) -> dict[str, Any]:
    return {
        "text": text,
        "showarrow": False,
        "x": x,
        "y": y,
        "xref": "x",
        "yref": "y",
        "yanchor": anchor,
        "font": {"size": 11.5 * look.scale, "color": look.text},
    }
