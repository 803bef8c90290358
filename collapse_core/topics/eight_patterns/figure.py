"""A cloud that turns and crumples on one clock, and three measures of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import rounded
from collapse_core.figures.scene import Scene, plane_axis, time_axis
from collapse_core.topics.eight_patterns.report import MEASURES, CloudReport

__all__ = ["HIGHEST", "LOWEST", "eight_patterns_figure"]

Array = NDArray[np.float64]

LOWEST, HIGHEST = 0.1, 10.0  # ends of the ratios
MARKS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
TURN = 9.0  # degrees per generation
TILT = 24.0
STYLES = {
    "local": ("collapse", "circle", "solid"),
    "effective": ("blue", "square", "dash"),
    "spread": ("real", "diamond", "dot"),
}


def eight_patterns_figure(
    report: CloudReport,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw a cloud over its generations, and how its measures change.

    Parameters
    ----------
    report : CloudReport
        The cloud.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words over the measures while the answer is to be guessed.
    """
    scene = Scene("eight_patterns", look, words)
    _cloud(scene, report)
    last = len(report.shapes) - 1
    powers = {"type": "log", "range": [math.log10(LOWEST), math.log10(HIGHEST)],
              "tickvals": list(MARKS),
              "ticktext": [scene.lesson.numbers.plain(mark, "g") for mark in MARKS]}  # fmt: skip
    labels = [scene.word(f"{name}_short") for name in MEASURES]
    axis = {"range": [0.4, 3.6], "tickvals": [1, 2, 3], "ticktext": labels}
    changes = scene.panel("changes", x=axis, y=powers, leads=True, hover="%{y:.2f}", hidden=hidden)
    _changes(changes, report)
    changes.guess(guess)
    over = scene.panel(
        "course", "generation", x=time_axis(last), y=powers, hover="%{y:.2f}", hidden=hidden
    )
    for number, name in enumerate(MEASURES):
        tint, _, dash = STYLES[name]
        ratio, low, high = report.ratios(number)
        ends, whose = (_inside(low), _inside(high)), scene.word(name)
        over.band(f"{name}_band", *ends, tint, 0.14, of=whose, showlegend=False)
        over.line(name, _inside(ratio), style=(tint, 1.2, dash))
    over.hand(np.full(last + 1, np.nan), (LOWEST, HIGHEST), tint="muted")
    return scene.figure(alt)


def _inside(values: Array) -> Array:
    return np.clip(values, LOWEST, HIGHEST)


def _cloud(scene: Scene, report: CloudReport) -> None:
    """Add the cloud, turned a little further in every generation."""
    reach = 1.15 * max(float(np.quantile(np.abs(report.places), 0.995)), 1e-9)
    axis = plane_axis(reach, scene.look)
    panel = scene.panel("cloud", x=axis, y=axis, square=True, leads=True)
    moves = []
    for number, points in enumerate(report.places):
        across, up = _projected(points, math.radians(TURN * number - 30.0)).T
        moves.append({"x": rounded(across), "y": rounded(up)})
    first = moves[0]
    panel.points("points", first["x"], first["y"], "circle", 4.5, "blue", hover=None,
                 opacity=0.6, showlegend=False, changes=moves)  # fmt: skip


def _projected(points: Array, angle: float) -> Array:
    """Return points as they are seen, from slightly above."""
    tilt = math.radians(TILT)
    x, y, z = points.T
    across = x * math.cos(angle) - y * math.sin(angle)
    deep = x * math.sin(angle) + y * math.cos(angle)
    up = z * math.cos(tilt) + deep * math.sin(tilt)
    return np.stack([across, up], axis=1)


def _changes(panel: Any, report: CloudReport) -> None:
    """Add the three ratios with their intervals, as they are in each generation."""
    panel.line("same", [1.0, 1.0], [0.4, 3.6], style=("muted", 0.8, "dot"), hover=None,
               showlegend=False)  # fmt: skip
    for number, name in enumerate(MEASURES):
        tint, symbol, _ = STYLES[name]
        ratio, low, high = (_inside(values) for values in report.ratios(number))
        place = number + 1
        bars = [
            {"x": [place, place], "y": rounded([below, above])}
            for below, above in zip(low, high, strict=True)
        ]
        panel.line(name, bars[0]["y"], bars[0]["x"], style=(tint, 3.0, "solid"), hover=None,
                   showlegend=False, changes=bars)  # fmt: skip
        dots = [{"x": [place], "y": rounded([value])} for value in ratio]
        panel.points(name, [place], dots[0]["y"], symbol, 12, tint, changes=dots)
