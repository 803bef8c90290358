"""One generation in slow motion: draw a sample from the jar, then fill the next jar with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene
from collapse_core.topics.two_colours.jar_panel import blue_places, jar
from collapse_core.trajectory import Trajectory

__all__ = ["Fact", "sample_and_refit_figure"]

THIRDS = [(0.0, 0.3, 0.0, 1.0), (0.35, 0.65, 0.0, 1.0), (0.7, 1.0, 0.0, 1.0)]
EDGES = {"l": 5, "r": 5, "t": 30, "b": 5}
MOST_SHOWN = 100
MOST_STEPS = 25


@dataclass(frozen=True)
class Fact:
    """What one frame shows: the stage, and the numbers of its sentence."""

    stage: Literal["ready", "sampling", "sampled", "refitted"]
    values: Mapping[str, Any]


def sample_and_refit_figure(
    paths: Trajectory,
    run: int,
    generation: int,
    *,
    look: Look = LIGHT,
    names: tuple[str, str] = ("yellow", "blue"),
    words: Mapping[str, str] | None = None,
) -> tuple[MovingFigure, list[Fact]]:
    """Draw how one jar of a run becomes the next.

    The training set is the run's own: as many blue marbles as its next jar was fitted to. Only
    their order is made up, and every order is equally likely. Of more than 100 marbles, 100 stand
    for all.

    Parameters
    ----------
    paths : Trajectory
        Runs of a Bernoulli family.
    run, generation : int
        Which run, and the generation of the old jar, 0 to ``generations - 1``.
    look : Look
        Colours and sizes.
    names : tuple of str
        The common colour and the rare one.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.

    Returns
    -------
    figure : MovingFigure
        Its frames are the steps.
    facts : list of Fact
        One per frame.
    """
    share, after = paths.mean[run, generation : generation + 2].tolist()
    values: dict[str, Any] = {"common": names[0], "rare": names[1], "share": share, "after": after}
    values |= {"generation": generation, "next": generation + 1}
    drawn = _drawn(paths, run, generation, after)
    values["total"] = drawn.size
    stops = np.unique(np.linspace(0, drawn.size, min(MOST_STEPS, drawn.size) + 1).astype(int))
    facts = _facts(drawn, stops.tolist(), values)
    layout: dict[str, Any] = {"height": 230, "margin": EDGES, "places": THIRDS}
    scene = Scene("two_colours", look, words, table="steps", **layout, **values)
    steps, cells = [*stops.tolist(), drawn.size], np.arange(drawn.size)
    lying = [*zip((cells % 10).tolist(), (9 - cells // 10).tolist(), strict=True)]
    blue, yellow = (
        [[lying[cell] for cell in np.flatnonzero(kind[:stop])] for stop in steps]
        for kind in (drawn, ~drawn)
    )
    empty: list[list[tuple[int, int]]] = [[]] * stops.size
    jar(scene, "old", names, [blue_places(share)] * len(steps))
    jar(scene, "tray", names, blue, yellow)
    jar(scene, "new", names, [*empty, blue_places(after)], [*empty, blue_places(1.0)])
    edge = {"color": look.faint(0.35), "width": 1.5}
    for panel in scene.panels:
        panel.shade(0, 1, "text", 0.0, xref=f"{panel.x} domain", line=edge)
    return scene.figure(scene.word("alt"), clock_name=scene.word("clock")), facts


def _facts(drawn: NDArray[np.bool_], stops: list[int], values: Mapping[str, Any]) -> list[Fact]:
    """Return what each frame shows: the marbles drawn one after another, then the new jar."""
    facts = []
    for stop in stops:
        stage: Any = "ready" if stop == 0 else "sampled" if stop == drawn.size else "sampling"
        facts.append(Fact(stage, {**values, "drawn": stop, "blue": int(drawn[:stop].sum())}))
    return [*facts, Fact("refitted", {**values, "drawn": drawn.size, "blue": int(drawn.sum())})]


def _drawn(paths: Trajectory, run: int, generation: int, after: float) -> NDArray[np.bool_]:
    """Return the training set as marbles in random order, True for blue."""
    recipe = paths.loop.policy.recipe(paths.loop.sample_size)
    points = recipe.synthetic + recipe.fresh + recipe.fixed
    shown = min(points, MOST_SHOWN)
    blue = min(shown, max(0, round(float(after) * shown)))
    order = np.random.default_rng((paths.seed, run, generation)).permutation(shown)
    return np.asarray(order < blue)
