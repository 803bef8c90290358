"""One jar that loses a colour, small enough for a front page."""

from __future__ import annotations

from collapse_core.figures.curves import Panel
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.topics.two_colours.jar_panel import (
    blue_marbles,
    blue_places,
    jar_layout,
    yellow_marbles,
)
from collapse_core.trajectory import Trajectory

__all__ = ["live_jar_figure"]

JAR = Panel(1)


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
    traces = [
        yellow_marbles(JAR, names[0], look, 17.0 * look.scale),
        blue_marbles(JAR, names[1], look, 17.0 * look.scale),
    ]
    frames = [
        Frame(str(generation), (blue_places(share),), (1,))
        for generation, share in enumerate(paths.mean[run].tolist())
    ]
    layout = {
        "height": 250,
        "margin": {"l": 0, "r": 0, "t": 4, "b": 4},
        "plot_bgcolor": "rgba(0,0,0,0)",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "showlegend": False,
        **jar_layout(JAR, [0.0, 1.0], [0.0, 1.0]),
    }
    return MovingFigure(traces, layout, frames, alt=alt)
