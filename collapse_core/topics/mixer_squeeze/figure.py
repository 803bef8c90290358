"""Four crowds in a loop on one clock: where they are, how far apart, in how many directions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, plane_axis, share_axis, time_axis
from collapse_core.topics.mixer_squeeze.course import CROWDS, Course

__all__ = ["mixer_squeeze_figure"]

Array = NDArray[np.float64]

REACH = 5.0
SIGNS = {"circle": "●", "square": "■", "diamond": "◆", "x": "✖"}  # of the legend
CLOUDS = (("blue", "circle"), ("collapse", "square"), ("real", "diamond"), ("text", "x"))


def mixer_squeeze_figure(
    course: Course,
    *,
    finite: bool = False,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw four crowds, and what is measured in them.

    Parameters
    ----------
    course : Course
        What the crowds do.
    finite : bool
        Whether they walk on states instead of in the plane.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words over the measures while the answer is to be guessed.
    """
    scene = Scene("mixer_squeeze", look, words)
    last = len(course.apart) - 1
    _crowds(scene, course.places, finite)
    time = time_axis(last)
    high = max(1.05, 1.1 * float(max(course.apart.max(), course.exact_apart.max())))
    apart = scene.panel(
        "apart", "step", x=time, y=share_axis(0.0, high), leads=True, hover="%{y:.1%}",
        hidden=hidden,
    )  # fmt: skip
    _measured(apart, course.apart, course.exact_apart, (0.0, high))
    apart.guess(guess)
    top = 1.1 * float(max(course.left.max(), course.exact_left.max(), 1.0))
    left = scene.panel(
        "filled" if finite else "directions", "step", x=time, y={"range": [0.0, top]},
        hover="%{y:.2f}", hidden=hidden,
    )  # fmt: skip
    _measured(left, course.left, course.exact_left, (0.0, top))
    wide = 1.1 * float(max(course.spread.max(), course.exact_spread.max()))
    spread = scene.panel(
        "filled_each" if finite else "spread", "step", x=time,
        y={"range": [0.0, wide]} | ({} if finite else {"tickformat": ".0%"}),
        hover="%{y:.2f}" if finite else "%{y:.1%}", hidden=hidden,
    )  # fmt: skip
    _measured(spread, course.spread, course.exact_spread, (0.0, wide))
    return scene.figure(alt, clock_name=scene.word("clock"))


def _crowds(scene: Scene, places: Array, finite: bool) -> None:
    """Add the points of each crowd, with a colour and a symbol of its own."""
    reach = max(REACH, float(np.quantile(np.abs(places), 0.99)))
    axis = plane_axis(reach, scene.look)
    title = "states" if finite else "cloud"
    panel = scene.panel(title, x=axis, y=axis, square=True, leads=True, width=0.9)
    for crowd in range(CROWDS):
        tint, symbol = CLOUDS[crowd]
        rows = np.round(places[:, crowd], 2)
        moves = [{"x": step[:, 0].tolist(), "y": step[:, 1].tolist()} for step in rows]
        panel.points(
            f"crowd_{crowd + 1}", moves[0]["x"], moves[0]["y"], symbol, 5.5, tint,
            hover=None, opacity=0.75, showlegend=False, changes=moves,
        )  # fmt: skip
    told = enumerate(CLOUDS, start=1)
    names = [(SIGNS[symbol], tint, f"crowd_{place}") for place, (tint, symbol) in told]
    panel.corner(*names, lower=True)


def _measured(panel: Panel, sampled: Array, exact: Array, ends: tuple[float, float]) -> None:
    panel.line("sampled", sampled, style="model")
    panel.line("exact", exact)
    panel.hand(sampled, ends)
