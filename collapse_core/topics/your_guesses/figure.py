"""Guesses against answers: on the line a guess is right, above it too high, below it too low."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from collapse_core.figures.look import LIGHT, Look, transparent
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, share_axis
from collapse_core.topics.prediction import CLOSE
from collapse_core.topics.your_guesses.kept import VERDICTS, KeptGuess

__all__ = ["calibration_figure"]

# Of the signs of one guess that are nearer to each other than this, the rightmost has its number.
_ACROSS, _UP = 0.08, 0.05

# A sign and a colour for each verdict.
_SIGNS: Mapping[str, tuple[str, str]] = {
    "close": ("circle", "real"),
    "low": ("triangle-down", "blue"),
    "high": ("triangle-up", "collapse"),
    "wrong": ("x", "text"),
}


def calibration_figure(
    guesses: Sequence[KeptGuess], *, look: Look = LIGHT, alt: str = ""
) -> MovingFigure:
    """Draw every point of every guess against its answer, with the number of its question.

    Parameters
    ----------
    guesses : sequence of KeptGuess
        In the order of their numbers, from 1.
    look : Look
        Colours and sizes.
    alt : str
        The picture in one sentence.
    """
    scene, axis = Scene("your_guesses", look, height=430), share_axis(-0.04, 1.04)
    panel = scene.panel("guess", "truth", x=axis, y=axis, leads=True)
    edges = [0.0, 1.0]
    panel.add(_near(scene, look))
    panel.line("right", edges, edges, style="exact", hover=None)
    for verdict in VERDICTS:
        _points(panel, verdict, [*enumerate(guesses, start=1)])
    return scene.figure(alt)


def _near(scene: Scene, look: Look) -> dict[str, Any]:
    """Return the band in which a guessed share counts as close."""
    return {
        "mode": "lines",
        "x": [0.0, 1.0 - CLOSE, 1.0, 1.0, CLOSE, 0.0, 0.0],
        "y": [CLOSE, 1.0, 1.0, 1.0 - CLOSE, 0.0, 0.0, CLOSE],
        "fill": "toself",
        "fillcolor": transparent(look.text, 0.08),
        "line": {"width": 0, "color": look.text},
        "name": scene.word("near"),
        "hoverinfo": "skip",
    }


def _points(panel: Panel, verdict: str, numbered: Sequence[tuple[int, KeptGuess]]) -> None:
    """Add the points of all guesses of one verdict."""
    points = [
        point
        for number, one in numbered
        if one.verdict == verdict
        for point in _named_once(number, one)
    ]
    if not points:
        return
    x, y, numbers = zip(*points, strict=True)
    symbol, tint = _SIGNS[verdict]
    words: dict[str, Any] = {
        "mode": "markers+text",
        "text": list(numbers),
        "textposition": "middle right",
        "cliponaxis": False,
    }
    panel.points(verdict, list(x), list(y), symbol, 11, tint, hover="%{y:.0%}", **words)


def _named_once(number: int, one: KeptGuess) -> Iterator[tuple[float, float, str]]:
    """Yield answer, guess and number of each point of a guess, from the right.

    The number stands to the right of a sign, and is left out where another sign would cover it.
    """
    righter: list[tuple[float, float]] = []
    for truth, guess in sorted(zip(one.truth, one.guess, strict=True), reverse=True):
        covered = any(x - truth < _ACROSS and abs(y - guess) < _UP for x, y in righter)
        yield truth, guess, "" if covered else str(number)
        righter.append((truth, guess))
