"""Runs and laws of a loop, computed at once; a page has such functions that keep what they made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from collapse_core.law import Law
from collapse_core.loop import ClosedLoop
from collapse_core.trajectory import Trajectory

__all__ = ["Known", "Sampled", "exact_law", "sampled_runs"]

Sampled: TypeAlias = Callable[[ClosedLoop, int, int], Trajectory]
Known: TypeAlias = Callable[[ClosedLoop], Law]


def sampled_runs(loop: ClosedLoop, replicates: int, seed: int) -> Trajectory:
    """Return sampled runs of a loop."""
    return loop.simulate(replicates, seed)


def exact_law(loop: ClosedLoop) -> Law:
    """Return a loop's law, with named approximations where nothing exact is known."""
    return loop.exact(approximate=True)
