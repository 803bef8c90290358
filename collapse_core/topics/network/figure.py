"""A network that listens to itself on one clock: the images, and what is measured in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.image_grid import grid_panel, grid_picture, picture_on
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import rounded
from collapse_core.figures.scene import Scene, plane_axis, share_axis, time_axis
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.steps import NetworkStep, course

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
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words over the measures while the answer is to be guessed.
    """
    scene = Scene("network", look, words)
    images = grid_panel(scene, "images", "images", GRID, COLUMNS, leads=True)
    time = time_axis(asked.generations) | {"range": [-0.3, asked.generations + 0.3]}
    left = scene.panel(
        "different", "pass", x=time, y=share_axis(0.0, 1.04), leads=True, hover="%{y:.1%}",
        hidden=hidden,
    )  # fmt: skip
    left.line("measured", course(steps, "different"), style="model", showlegend=False)
    left.guess(guess)
    left.hand(course(steps, "different"), (0.0, 1.04))
    kinds = grid_panel(scene, "kinds", "kinds", GRID, COLUMNS)
    _codes(scene, asked, steps)
    _shares(scene, steps, time, hidden)
    _dimensions(scene, asked, steps, time, hidden)
    _drift(scene, steps, time, hidden)
    _jacobian(scene, steps, time, hidden)
    layouts = []
    for step in steps:
        shown = [_greys(step.rows[:GRID]), _greys(step.rows[step.kinds[:GRID]])]
        drawn = zip((images, kinds), shown, strict=True)
        layouts.append(
            {
                "images": [
                    picture_on(p, grid_picture(g, COLUMNS, ENLARGED), GRID, COLUMNS)
                    for p, g in drawn
                ]
            }
        )
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
    reach = 1.15 * max(float(np.quantile(np.abs(places[0]), 0.99)), 1e-3)
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


def _shares(
    scene: Scene, steps: Sequence[NetworkStep], time: dict[str, Any], hidden: str | None
) -> None:
    """Add the panel of the crowds' distance and of the meaning kept."""
    apart = np.minimum(course(steps, "apart"), 1.3)
    panel = scene.panel(
        "shares", "pass", x=time, y=share_axis(0.0, 1.34), hover="%{y:.0%}", hidden=hidden
    )
    panel.line("kept", course(steps, "kept"), style=("real", 1.1, "solid"), at_curve=0.7)
    panel.line("apart", apart, style=("collapse", 1.1, "dash"), at_curve=0.4)
    panel.hand(course(steps, "kept"), (0.0, 1.34), tint="real")


def _dimensions(
    scene: Scene,
    asked: ListeningNetwork,
    steps: Sequence[NetworkStep],
    time: dict[str, Any],
    hidden: str | None,
) -> None:
    """Add the panels of the dimensions and of the spread, with what is exact over it."""
    rank, local = course(steps, "rank"), course(steps, "local_dimension")
    top = 1.1 * float(max(rank.max(), local.max(), 1.0))
    panel = scene.panel(
        "dimensions", "pass", x=time, y={"range": [0.0, top]}, hover="%{y:.1f}", hidden=hidden
    )
    panel.line("rank", rank, style="model", at_curve=0.7)
    panel.line("local_dimension", local, style=("collapse", 1.1, "dash"), at_curve=0.4)
    panel.hand(rank, (0.0, top))
    spread = course(steps, "spread")
    exact = exact_spread(asked, steps)
    high = 1.1 * float(max(spread.max(), 1.0))
    panel = scene.panel(
        "spread", "pass", x=time, y={"range": [0.0, high], "tickformat": ".0%"},
        hover="%{y:.1%}", hidden=hidden,
    )  # fmt: skip
    panel.line("measured", spread, style="model")
    panel.line("exact", exact)
    panel.hand(spread, (0.0, high))


def exact_spread(asked: ListeningNetwork, steps: Sequence[NetworkStep]) -> Array | None:
    """Return the expected spread at each step, as a share of the start's, where it is known."""
    network = steps[-1].network
    if network is None or not asked.is_frozen or asked.real:
        return None
    known = network.exact_spread(steps[0].rows, asked.noise, len(steps) - 1)
    return None if known is None else known / known[0]


def _drift(
    scene: Scene, steps: Sequence[NetworkStep], time: dict[str, Any], hidden: str | None
) -> None:
    """Add the panel of local and cumulative drift."""
    panel = scene.panel("drift", "pass", x=time, y=LogAxis(-5, 2), zero="nothing", hidden=hidden)
    cumulative = course(steps, "cumulative")
    panel.line("cumulative", cumulative, style=("collapse", 1.1, "solid"))
    panel.line("local", course(steps, "local"), style=("muted", 1.1, "dash"))
    panel.hand(cumulative, tint="collapse")


def _jacobian(
    scene: Scene, steps: Sequence[NetworkStep], time: dict[str, Any], hidden: str | None
) -> None:
    """Add the panel of what one pass stretches and squeezes."""
    most, least = course(steps, "stretched"), course(steps, "squeezed")
    top = 1.15 * float(np.nanmax([1.2, *most[np.isfinite(most)]]))
    panel = scene.panel(
        "jacobian", "pass", x=time, y={"range": [0.0, top]}, hover="%{y:.2f}", hidden=hidden
    )
    panel.line("stretched", most, style=("collapse", 1.1, "solid"), at_curve=0.7)
    panel.line("squeezed", least, style=("blue", 1.1, "dash"), at_curve=0.7)
    panel.line("one", [1.0, 1.0], [0, time["range"][1]], style=("muted", 0.8, "dot"), hover=None,
               showlegend=False)  # fmt: skip
    panel.hand(most, (0.0, top), tint="collapse")
