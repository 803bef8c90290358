"""The lines of Python that redraw a picture."""

from __future__ import annotations

from collections.abc import Sequence

from collapse_core.loop import ClosedLoop
from collapse_core.topics.experiment import Experiment

__all__ = ["python_code", "shared_python"]


def shared_python(
    experiment: Experiment,
    figure: str,
    lines: Sequence[str],
    arguments: str,
    tick: int,
    *,
    names: Sequence[str] = (),
    first: Sequence[str] = (),
    **given: str,
) -> str:
    """Return about ten lines of Python that redraw a picture.

    Parameters
    ----------
    experiment : Experiment
        What was asked.
    figure : str
        Name of the function that draws, in the topic's room.
    lines : sequence of str
        What is computed from ``experiment``.
    arguments : str
        What the figure is called with, in terms of these lines.
    tick : int
        Where the clock stands.
    names : sequence of str
        What else is taken from the topic's room.
    first : sequence of str
        What comes before the experiment, such as data of the reader's own.
    **given : str
        Fields of the experiment to write in other words.
    """
    kind = type(experiment)
    room = ".".join(kind.__module__.split(".")[:3])
    taken = ", ".join([kind.__name__, figure, *names])
    return "\n".join(
        [
            f"from {room} import {taken}",
            "",
            *first,
            f"experiment = {kind.__name__}({experiment.arguments(**given)})",
            *lines,
            f"figure = {figure}({arguments})",
            f"figure.playable({tick}).show()",
            "",
        ]
    )


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
