"""One generation in slow motion: draw a sample from the jar, then fill the next jar with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.topics.two_colours.jar_panel import (
    blue_marbles,
    blue_places,
    jar_layout,
    places,
    yellow_marbles,
)
from collapse_core.trajectory import Trajectory

__all__ = ["Fact", "sample_and_refit_figure"]

OLD, TRAY, NEW = Panel(1), Panel(2), Panel(3)
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
    labels: Mapping[str, str] | None = None,
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
    labels : mapping, optional
        Titles of the three panels: ``old``, ``tray``, ``new``, with ``{generation}`` in them.

    Returns
    -------
    figure : MovingFigure
        Its frames are the steps.
    facts : list of Fact
        One per frame.
    """
    share, after = paths.mean[run, generation], paths.mean[run, generation + 1]
    drawn = _drawn(paths, run, generation, after)
    size = 12.0 if look.narrow else 14.0
    traces = []
    for panel in (OLD, TRAY, NEW):
        traces += [yellow_marbles(panel, names[0], look, size)]
        traces += [blue_marbles(panel, names[1], look, size)]
    # The tray and the new jar start empty.
    for index in (2, 4):
        traces[index] = traces[index] | places([], [])
    stops = np.unique(np.linspace(0, drawn.size, min(MOST_STEPS, drawn.size) + 1).astype(int))
    frames, facts = [], []
    values: dict[str, Any] = {
        "common": names[0],
        "rare": names[1],
        "generation": generation,
        "next": generation + 1,
        "share": float(share),
        "after": float(after),
        "total": drawn.size,
    }
    for step, stop in enumerate(stops.tolist()):
        frames.append(_frame(step, share, drawn[:stop], None))
        stage: Any = "ready" if stop == 0 else "sampled" if stop == drawn.size else "sampling"
        facts.append(Fact(stage, {**values, "drawn": stop, "blue": int(drawn[:stop].sum())}))
    frames.append(_frame(len(frames), share, drawn, after))
    facts.append(Fact("refitted", {**values, "drawn": drawn.size, "blue": int(drawn.sum())}))
    layout = _layout(look, labels or {}, generation)
    alt = f"A jar with a share of {share:.3g}, a sample from it, and a new jar with {after:.3g}."
    return MovingFigure(traces, layout, frames, clock_name="Step", alt=alt), facts


def _drawn(paths: Trajectory, run: int, generation: int, after: float) -> NDArray[np.bool_]:
    """Return the training set as marbles in random order, True for blue."""
    recipe = paths.loop.policy.recipe(paths.loop.sample_size)
    points = recipe.synthetic + recipe.fresh + recipe.fixed
    shown = min(points, MOST_SHOWN)
    blue = min(shown, max(0, round(float(after) * shown)))
    order = np.random.default_rng((paths.seed, run, generation)).permutation(shown)
    return np.asarray(order < blue)


def _frame(step: int, share: float, drawn: NDArray[np.bool_], after: float | None) -> Frame:
    cells = np.arange(drawn.size)
    tray = [
        places((cells[kind] % 10).tolist(), (9 - cells[kind] // 10).tolist())
        for kind in (~drawn, drawn)
    ]
    full = blue_places(1.0)
    new = [full, blue_places(after)] if after is not None else [places([], [])] * 2
    return Frame(str(step), (blue_places(share), *tray, *new), (1, 2, 3, 4, 5))


def _layout(look: Look, labels: Mapping[str, str], generation: int) -> dict[str, Any]:
    titles = [
        labels.get(key, default).format(generation=generation, next=generation + 1)
        for key, default in (
            ("old", "Jar of generation {generation}"),
            ("tray", "Sample"),
            ("new", "Jar of generation {next}"),
        )
    ]
    thirds = ([0.0, 0.3], [0.35, 0.65], [0.7, 1.0])
    layout: dict[str, Any] = {
        "height": 190 if look.narrow else 280,
        "margin": {"l": 5, "r": 5, "t": 30, "b": 5},
        "font": {"size": 12 * look.scale, "color": look.text},
        "plot_bgcolor": "rgba(0,0,0,0)",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "annotations": [
            {
                "text": f"<b>{title}</b>",
                "showarrow": False,
                "x": third[0],
                "xanchor": "left",
                "y": 1,
                "xref": "paper",
                "yref": "paper",
                "yanchor": "bottom",
            }
            for title, third in zip(titles, thirds, strict=True)
        ],
    }
    layout["shapes"] = []
    for panel, third in zip((OLD, TRAY, NEW), thirds, strict=True):
        layout |= jar_layout(panel, third, [0.0, 1.0])
        layout["shapes"].append(
            {
                "type": "rect",
                "xref": f"x{panel.suffix} domain",
                "yref": f"y{panel.suffix} domain",
                "x0": 0,
                "x1": 1,
                "y0": 0,
                "y1": 1,
                "line": {"color": look.faint(0.35), "width": 1.5},
            }
        )
    return layout
