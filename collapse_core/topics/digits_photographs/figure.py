"""Digits and photographs on one clock: how they look, and what they still mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.image_grid import grid_panel, grid_picture, picture_on
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene
from collapse_core.measures.image_pair import IMAGE_SETS
from collapse_core.topics.digits_photographs.question import PairStep, course
from collapse_core.topics.digits_photographs.steps import GRID_IMAGES

__all__ = ["digits_photographs_figure", "set_line"]

Array = NDArray[np.float64]

COLUMNS = 5
KEPT_TOP, ENTROPY_TOP = 1.06, 4.8
STYLES = {"digits": ("blue", 1.1, "solid"), "photographs": ("collapse", 1.1, "dash")}
SYMBOLS = {"digits": "circle", "photographs": "square"}


def digits_photographs_figure(
    steps: Sequence[PairStep],
    generations: int,
    *,
    chained: bool = True,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw both sets of images and what is measured in them.

    Parameters
    ----------
    steps : sequence
        The steps of `DigitsPhotographs` that are there so far, at least one.
    generations : int
        How many there will be; the axes show them all.
    chained : bool
        Whether a step is a pass through one model, or a generation that is trained anew.
    look : Look
        Colours and sizes.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words in place of the measures, while the answer is to be guessed.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("digits_photographs", look, words)
    grids = _image_panels(scene)
    turn = "pass" if chained else "generation"
    time = {"range": [-0.3, generations + 0.3], "nticks": 6}
    share = {"range": [-0.02, KEPT_TOP], "tickformat": ".0%", "dtick": 0.25}
    far = 1.1 * max(1.0, *(float(course(steps, name, "error").max()) for name in IMAGE_SETS))
    distance = {"range": [-0.02 * far, far], "nticks": 4}
    entropy = {"range": [-0.05, ENTROPY_TOP], "dtick": 2}
    kept = scene.panel("kept", turn, x=time, y=share, leads=True, hover="%{y:.1%}", hidden=hidden)
    moved = scene.panel("error", turn, x=time, y=distance, hover="%{y:.2f}")
    spread = scene.panel("entropy", turn, x=time, y=entropy, hover="%{y:.2f}")
    if hidden is None:
        _chance(kept, steps, generations)
        _pair(kept, steps, "kept", generations)
        _pair(moved, steps, "error", generations)
        _exact(moved, steps)
        _pair(spread, steps, "entropy", generations)
    kept.guess(guess)
    nowhere = np.full(len(steps), np.nan)
    for panel, top in ((kept, KEPT_TOP), (moved, far), (spread, ENTROPY_TOP)):
        panel.hand(nowhere, (0.0, top), tint="muted")
    pictures = [_pictures(grids, step) for step in steps]
    return scene.figure(alt, clock_name=scene.word(turn).capitalize(), layouts=pictures)


def _image_panels(scene: Scene) -> dict[str, Panel]:
    """Add the panel of the images, both sets side by side, and return its halves by set."""
    first, second = IMAGE_SETS
    size = (GRID_IMAGES, COLUMNS)
    options: dict[str, Any] = {"leads": True, "width": 1.3, "button": "images"}
    left = grid_panel(scene, first, f"{first}_title", *size, across=(0.0, 0.48), **options)
    half: dict[str, Any] = {"within": left, "across": (0.52, 1.0)}
    return {first: left, second: grid_panel(scene, second, f"{second}_title", *size, **half)}


def _pictures(grids: Mapping[str, Panel], step: PairStep) -> dict[str, Any]:
    """Return what changes in the layout at one step: the large images."""
    drawn = {name: grid_picture(step[name].greys, COLUMNS) for name in grids}
    images = [picture_on(grids[name], drawn[name], GRID_IMAGES, COLUMNS) for name in grids]
    return {"images": images}


def set_line(
    panel: Panel,
    name: str,
    x: ArrayLike,
    y: ArrayLike,
    at: int,
    place: str,
    *,
    markers: bool = True,
) -> None:
    """Add the line of one set, with its name beside one of its points.

    Parameters
    ----------
    panel : Panel
        Where.
    name : str
        One of ``IMAGE_SETS``.
    x, y : array_like
        The line.
    at, place : int, str
        Beside which point its name stands, and on which side, in Plotly's words.
    markers : bool
        Whether every point has a marker.
    """
    tint, look = panel.scene.colour(STYLES[name][0]), panel.scene.look
    texts = [panel.scene.word(name) if number == at else "" for number in range(np.size(x))]
    panel.line(
        name,
        y,
        x,
        style=STYLES[name],
        mode="lines+markers+text" if markers else "lines+text",
        text=texts,
        textposition=place,
        textfont={"color": look.words(tint), "size": 12 * look.scale},
        marker={"symbol": SYMBOLS[name], "size": 5 * look.scale, "color": tint},
        cliponaxis=False,
        showlegend=False,
    )


def _pair(panel: Panel, steps: Sequence[PairStep], measure: str, generations: int) -> None:
    """Add the lines of both sets; the higher one has its name above it."""
    values = {name: course(steps, name, measure) for name in IMAGE_SETS}
    last = len(steps) - 1
    at = last // 2 if len(steps) > 0.6 * generations else last
    highest = max(IMAGE_SETS, key=lambda name: values[name][at])
    places = ("top right", "bottom right")
    if at not in (0, last):
        falls = values[highest][-1] < values[highest][0]
        places = ("top right", "bottom left") if falls else ("top left", "bottom right")
    for name in IMAGE_SETS:
        set_line(panel, name, range(len(steps)), values[name], at, places[name != highest])


def _chance(panel: Panel, steps: Sequence[PairStep], generations: int) -> None:
    chance = float(np.mean([course(steps, name, "chance") for name in IMAGE_SETS]))
    look = panel.scene.look
    panel.line(
        "chance",
        [chance, chance],
        [0, generations],
        style=("muted", 0.75, "dot"),
        hover=None,
        mode="lines+text",
        text=[panel.scene.word("chance"), ""],
        textposition="bottom right",
        textfont={"color": look.muted, "size": 11 * look.scale},
        showlegend=False,
    )


def _exact(panel: Panel, steps: Sequence[PairStep]) -> None:
    """Add the exact expectations as ticks over the lines, where they are known."""
    edge = {"width": 2 * panel.scene.look.scale, "color": panel.scene.look.text}
    for name in IMAGE_SETS if len(steps) > 1 else ():
        known = course(steps, name, "expected_error")
        if not np.isnan(known[-1]):
            ticks = np.arange(len(steps), dtype=np.float32)
            exact = known.astype(np.float32)
            mark = ("exact", ticks, exact, "line-ew-open", 9, "text")
            panel.points(*mark, edge=edge, showlegend=False)
