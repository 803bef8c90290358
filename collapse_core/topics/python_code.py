"""The lines of Python that redraw a picture."""

from __future__ import annotations

from collapse_core.loop import ClosedLoop

__all__ = ["python_code"]


def python_code(
    loop: ClosedLoop,
    replicates: int,
    seed: int,
    package: str,
    figure: str,
    arguments: str,
    tick: int,
) -> str:
    """Return about ten lines that run a loop with `collapse_core` and draw it.

    Parameters
    ----------
    loop : ClosedLoop
        What to run.
    replicates, seed : int
        How often, and with which random numbers.
    package, figure : str
        Name of a topic's room, and of a function in it that returns a `MovingFigure`.
    arguments : str
        What it is called with, in terms of ``loop``, ``paths`` and ``law``.
    tick : int
        Where the clock stands.
    """
    policy = type(loop.policy).__name__
    return f"""\
from collapse_core import ClosedLoop, {policy}, families
from {package} import {figure}

truth = families.{loop.family!r}
loop = ClosedLoop(truth, {loop.policy!r}, {loop.sample_size}, {loop.generations}, \
temperature={loop.temperature!r})
paths = loop.simulate(replicates={replicates}, seed={seed})
law = loop.exact(approximate=True)
figure = {figure}({arguments})
figure.playable({tick}).show()
"""
