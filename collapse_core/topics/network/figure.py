"""A network that listens to itself on one clock: the images, and what is measured in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.image_grid import grid_panel, grid_picture, picture_on
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import rounded
from collapse_core.figures.scene import Scene, plane_axis
from collapse_core.topics.network.beside import BesideChoice, names_of
from collapse_core.topics.network.linear_report import exact_ellipses
from collapse_core.topics.network.measures import MeasureCurves, Other
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.steps import NetworkStep

__all__ = ["network_figure"]

Array = NDArray[np.float64]

GRID, COLUMNS = 25, 5
DRAWN = 80  # codes in the plane
ENLARGED = 4  # pixels for one of an image: there are many passes
LEVELS = 16
CROWDS = (("first_crowd", "blue", "circle"), ("second_crowd", "collapse", "diamond"))


def network_figure(
    asked: ListeningNetwork,
    steps: Sequence[NetworkStep],
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    beside: BesideChoice = "alone",
    others: Sequence[NetworkStep] = (),
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw images on their way through a network, and what is measured in them.

    Parameters
    ----------
    asked : ListeningNetwork
        The settings; the axes show all of their passes.
    steps : sequence of NetworkStep
        What is computed so far, at least the start.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    beside : {"alone", "other_loop", "no_noise"}
        What is drawn over the curves: see `beside_of`.
    others : sequence of NetworkStep
        What is computed so far of that other loop; empty for none.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words over the measures while the answer is to be guessed.
    """
    main, other = names_of(asked, beside)
    scene = Scene("network", look, words)
    images = grid_panel(scene, "images", "images", GRID, COLUMNS, leads=True)
    curves = MeasureCurves(scene, asked, steps, Other(other, others) if others else None, hidden)
    curves.draw_different(main, guess)
    kinds = grid_panel(scene, "kinds", "kinds", GRID, COLUMNS)
    _codes(scene, asked, steps)
    curves.draw_rest()
    sheets = [
        (images, [_greys(step.rows[:GRID]) for step in steps]),
        (kinds, [_greys(step.rows[step.kinds[:GRID]]) for step in steps]),
    ]
    if others:
        panel = grid_panel(scene, "beside", f"images_{other}", GRID, COLUMNS)
        shown = [_greys(step.rows[:GRID]) for step in others[: len(steps)]]
        sheets.append((panel, shown + [_greys(others[0].rows[:0])] * (len(steps) - len(shown))))
    layouts = []
    for number in range(len(steps)):
        pictures = [
            picture_on(panel, grid_picture(greys[number], COLUMNS, ENLARGED), GRID, COLUMNS)
            for panel, greys in sheets
        ]
        layouts.append({"images": pictures})
    return scene.figure(alt, clock_name=scene.word("clock"), layouts=layouts)


def _greys(rows: Array) -> NDArray[np.uint8]:
    """Return images as `grid_picture` takes them, black where there are too few."""
    shown = np.zeros((GRID, rows.shape[1]), dtype=np.uint8)
    shown[: len(rows)] = np.rint(LEVELS * np.clip(rows, 0.0, 1.0))
    return shown


def _codes(scene: Scene, asked: ListeningNetwork, steps: Sequence[NetworkStep]) -> None:
    """Add the panel of the codes as points: along the two main axes of the first ones."""
    network = steps[-1].network
    # Networks that are trained anew have no code in common: then the images are the points.
    coded = network is not None and asked.is_frozen and asked.model != "translators"
    codes = [network.encode(step.rows) if coded and network else step.rows for step in steps]
    middle = codes[0].mean(axis=0)
    axes = np.linalg.svd(codes[0] - middle, full_matrices=False)[2][:2].T
    axes = np.pad(axes, ((0, 0), (0, 2 - axes.shape[1])))
    places = [np.round((rows - middle) @ axes, 2) for rows in codes]
    known = exact_ellipses(asked, steps, middle, axes) if coded else None
    farthest = 0.0 if known is None else float(np.abs(known).max())
    reach = 1.15 * max(float(np.quantile(np.abs(places[0]), 0.99)), 1e-3, farthest)
    axis = plane_axis(reach, scene.look)
    title = "codes" if coded else "plane"
    panel = scene.panel(title, x=axis, y=axis, square=True)
    crowds = asked.crowds()
    for second, (key, tint, symbol) in enumerate(CROWDS):
        chosen = np.flatnonzero(crowds == bool(second))[: DRAWN // 2]
        moves = [{"x": rounded(p[chosen, 0]), "y": rounded(p[chosen, 1])} for p in places]
        panel.points(
            key, moves[0]["x"], moves[0]["y"], symbol, 5.5, tint, hover=None, opacity=0.75,
            changes=moves,
        )  # fmt: skip
    if known is not None:
        moves = [{"x": rounded(each[:, 0]), "y": rounded(each[:, 1])} for each in known]
        panel.line("exact", moves[0]["y"], moves[0]["x"], hover=None, changes=moves)
