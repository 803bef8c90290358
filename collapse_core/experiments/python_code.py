"""The lines of Python that redraw a picture."""

from __future__ import annotations

from collapse_core.experiments.exponential_families import ExponentialFamilies
from collapse_core.loop import ClosedLoop

__all__ = ["python_code", "python_code_of_families"]


def python_code(
    loop: ClosedLoop, replicates: int, seed: int, figure: str, arguments: str, tick: int
) -> str:
    """Return about ten lines that run a loop with `collapse_core` and draw it.

    Parameters
    ----------
    loop : ClosedLoop
        What to run.
    replicates, seed : int
        How often, and with which random numbers.
    figure : str
        Name of a function in ``collapse_core.figures`` that returns a `MovingFigure`.
    arguments : str
        What it is called with, in terms of ``loop``, ``paths`` and ``law``.
    tick : int
        Where the clock stands.
    """
    policy = type(loop.policy).__name__
    return f"""\
from collapse_core import ClosedLoop, {policy}, families
from collapse_core.figures import {figure}

truth = families.{loop.family!r}
loop = ClosedLoop(truth, {loop.policy!r}, {loop.sample_size}, {loop.generations}, \
temperature={loop.temperature!r})
paths = loop.simulate(replicates={replicates}, seed={seed})
law = loop.exact(approximate=True)
figure = {figure}({arguments})
figure.playable({tick}).show()
"""


def python_code_of_families(experiment: ExponentialFamilies, percentile: float, tick: int) -> str:
    """Return the lines that run all exponential families and draw them side by side.

    Parameters
    ----------
    experiment : ExponentialFamilies
        What to run; its own family does not matter.
    percentile : float
        Which run of each family is followed.
    tick : int
        Where the clock stands.
    """
    changes = ", ".join(f"{name}={value!r}" for name, value in experiment.changes().items())
    return f"""\
from collapse_core.experiments import ExponentialFamilies
from collapse_core.experiments.exponential_families_report import reports_side_by_side
from collapse_core.figures import exponential_overview_figure

experiment = ExponentialFamilies({changes})
reports = reports_side_by_side(experiment, percentile={percentile!r})
figure = exponential_overview_figure(reports)
figure.playable({tick}).show()
"""
