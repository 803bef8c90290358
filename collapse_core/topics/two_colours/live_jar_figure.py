"""One jar that loses a colour, small enough for a front page."""

from __future__ import annotations

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene
from collapse_core.topics.two_colours.jar_panel import blue_places, jar
from collapse_core.trajectory import Trajectory

__all__ = ["live_jar_figure"]


def live_jar_figure(
    paths: Trajectory,
    run: int = 0,
    *,
    look: Look = LIGHT,
    names: tuple[str, str] = ("yellow", "blue"),
    alt: str = "",
) -> MovingFigure:
    """Draw the jar of one run, a frame per generation.

    Parameters
    ----------
    paths : Trajectory
        Runs of a Bernoulli family.
    run : int
        Which run.
    look : Look
        Colours and sizes.
    names : tuple of str
        The common colour and the rare one.
    alt : str
        The picture in one sentence.
    """
    edges = {"l": 0, "r": 0, "t": 4, "b": 4}
    scene = Scene("two_colours", look, height=250, margin=edges, places=[(0.0, 1.0, 0.0, 1.0)])
    jar(scene, "", names, [*map(blue_places, paths.mean[run].tolist())])
    return scene.figure(alt)
