"""The home page's picture: one jar that is refilled from its own samples, and others like it."""

from __future__ import annotations

import numpy as np

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.law import Law
from collapse_core.topics.two_colours.jar_panel import blue_places, jar
from collapse_core.trajectory import Trajectory

__all__ = ["home_figure"]


def home_figure(paths: Trajectory, law: Law, *, look: Look = LIGHT, alt: str = "") -> MovingFigure:
    """Draw the first jar marble by marble, and the share of blue in all of them, as they grow.

    Parameters
    ----------
    paths : Trajectory
        Runs of a Bernoulli family; the first is the jar that is shown.
    law : Law
        The exact law of the same loop.
    look : Look
        Colours and sizes.
    alt : str
        The picture in one sentence.
    """
    scene, own = Scene("home", look, jars=paths.replicates), paths.mean[0]
    names = scene.word("common"), scene.word("rare")
    jar(scene, "jar", names, [*map(blue_places, own.tolist())], leads=True, width=1.0)
    x, y = time_axis(paths.generations), share_axis()
    share = scene.panel("share", "generation", x=x, y=y, leads=True, hover="%{y:.1%}", width=1.2)
    share.runs(paths.mean)
    share.line("highlighted", own)
    _curtain(share, paths.generations)
    share.law(law, "mean")
    share.hand(own)
    return scene.figure(alt, clock_name=scene.word("clock"))


def _curtain(share: Panel, last: int) -> None:
    """Cover what is still to come: runs of many jars are sent once, not once for each tick."""
    colour = share.scene.look.background
    low, high = share.both_axes()[1]["range"]
    corners = [low, low, high, high, low]
    beyond = last * 1.01
    trace = {
        "mode": "lines",
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "x": [0.0, beyond, beyond, 0.0, 0.0],
        "y": corners,
        "showlegend": False,
        "hoverinfo": "skip",
    }
    places = np.arange(last + 1, dtype=float)
    changes = [{"x": [t, beyond, beyond, t, t], "y": corners} for t in places.tolist()]
    share.add(trace, changes)
