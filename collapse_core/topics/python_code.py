"""The lines of Python that redraw a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from collapse_core.topics.experiment import Experiment

__all__ = ["redrawn", "shared_python"]


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


def redrawn(
    experiment: Experiment,
    figure: Callable[..., Any],
    maker: Callable[..., Any],
    made: str = "report",
    further: str = "",
) -> Callable[[int], str]:
    """Return what writes the lines, from the tick, where one call makes all that is drawn.

    Parameters
    ----------
    experiment : Experiment
        What was asked.
    figure, maker : callable
        What draws, and what makes the numbers for it from the experiment, in the topic's room.
    made : str
        What these numbers are called.
    further : str
        What the figure is called with besides, as it is written.
    """
    arguments = ", ".join([made, further] if further else [made])
    lines, names = [f"{made} = {maker.__name__}(experiment)"], [maker.__name__]
    return lambda tick: shared_python(
        experiment, figure.__name__, lines, arguments, tick, names=names
    )
