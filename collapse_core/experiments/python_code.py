"""The lines of Python that redraw a picture."""

from __future__ import annotations

from collapse_core.experiments.two_colours import TwoColours

__all__ = ["python_code"]


def python_code(experiment: TwoColours, percentile: float, generation: int) -> str:
    """Return ten lines that run an experiment with `collapse_core` and draw it.

    Parameters
    ----------
    experiment : TwoColours
        What to run.
    percentile : float
        Which run is highlighted.
    generation : int
        Where the clock stands.
    """
    loop = experiment.loop()
    policy = type(loop.policy).__name__
    return f"""\
from collapse_core import {policy}, ClosedLoop, families
from collapse_core.figures import two_colours_figure

truth = families.{loop.family!r}
loop = ClosedLoop(truth, {loop.policy!r}, {loop.sample_size}, {loop.generations}, \
temperature={loop.temperature!r})
paths = loop.simulate(replicates={experiment.runs}, seed={experiment.seed})
law = loop.exact(approximate=True)
figure = two_colours_figure(paths, law, paths.run_nearest({percentile:g}))
figure.playable({generation}).show()
"""
