"""One jar that loses a colour, small enough for a front page."""

from __future__ import annotations

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene, Sheet
from collapse_core.topics.two_colours.jar_panel import blue_places, jar
from collapse_core.trajectory import Trajectory

__all__ = ["live_jar_figure"]

SHEET = Sheet(250, [(0.0, 1.0, 0.0, 1.0)], left=0, bottom=4, top=4, right=0)


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
    scene = Scene("two_colours", look, (SHEET, SHEET))
    jar(scene, "", names, 17.0 * look.scale, [*map(blue_places, paths.mean[run].tolist())])
    return scene.figure(alt)
