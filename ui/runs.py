"""Runs and laws of a loop, kept for everyone: a frozen setting goes in, a result comes out.

Runs and laws over few generations are the beginning of longer ones. They are computed to a round
number of generations and cut, so that a step of that slider computes nothing. Do not change what
is returned: it is shared. What only one page computes is in its room, ``ui/topics/<page>/runs.py``;
there, what may take a while is done by `ui.long_run.watched`.
"""

from __future__ import annotations

from collapse_core import ClosedLoop, Law, Trajectory
from ui.kept import SHARED

__all__ = ["exact_law", "sampled_runs"]


def sampled_runs(loop: ClosedLoop, replicates: int, seed: int) -> Trajectory:
    """Return sampled runs of a loop."""
    longest = _long_runs(loop.horizon_of_runs(replicates), replicates, seed)
    return longest.until(loop.generations)


@SHARED.of
def _long_runs(loop: ClosedLoop, replicates: int, seed: int) -> Trajectory:
    return loop.simulate(replicates, seed)


def exact_law(loop: ClosedLoop) -> Law:
    """Return a loop's law, with named approximations where nothing exact is known."""
    return _long_law(loop.horizon_of_law()).until(loop.generations)


@SHARED.of
def _long_law(loop: ClosedLoop) -> Law:
    return loop.exact(approximate=True)
