"""Small multiples: the same jar under several policies, on one clock."""

from __future__ import annotations

from collections.abc import Mapping

from collapse_core.figures.arrangement import grid
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene, share_axis
from collapse_core.law import Law
from collapse_core.trajectory import Trajectory

__all__ = ["side_by_side_figure"]

FEWER_RUNS = 16
COLUMNS = 2  # on a phone too


def side_by_side_figure(
    paths: Mapping[str, Trajectory],
    laws: Mapping[str, Law],
    highlighted: int,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the mean parameter of runs under several policies, one panel each.

    Parameters
    ----------
    paths, laws : mapping of str to Trajectory and Law
        By name, in the order of the panels; all of the same length.
    highlighted : int
        Number of the run that is followed in every panel.
    look, words, alt
        Colours and sizes; words instead of the lesson's, those of each panel by its name; the
        picture in one sentence.
    """
    rows = -(-len(paths) // COLUMNS)
    places = grid(len(paths), COLUMNS, 0.05, 0.18 / rows)
    tall = 140 * rows + 90
    scene = Scene("one_real_point", look, words, table="side", height=tall, places=places)
    last_row = len(paths) - COLUMNS
    shares = share_axis(-0.02, 1.02) | {"dtick": 0.5}
    for number, (name, runs) in enumerate(paths.items()):
        lowest, first = number >= last_row, number % COLUMNS == 0
        time = {"range": [0, runs.generations], "nticks": 5, "showticklabels": lowest}
        height = {**shares, "showticklabels": first}
        below = "generation" if lowest else ""
        panel = scene.panel(name, below, x=time, y=height, hover="%{y:.1%}")
        panel.runs(runs.mean[:FEWER_RUNS])
        truth, own = float(runs.loop.family.truth), runs.mean[highlighted]
        panel.line("truth", [truth] * 2, [0, runs.generations], style=("real", 1.0, "dot"))
        panel.lines(highlighted=own, mean=runs.mean.mean(axis=0), exact=laws[name].mean)
        panel.hand(own)
    return scene.figure(alt)
