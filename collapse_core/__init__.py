"""The closed loop of model collapse: sampled runs and exact laws, side by side.

>>> from collapse_core import Anchors, ClosedLoop, families
>>> loop = ClosedLoop(families.Bernoulli(0.10), Anchors(1), sample_size=100, generations=200)
>>> paths = loop.simulate(replicates=1000, seed=7)
>>> law = loop.exact()
>>> paths.mean.shape, law.mean.shape
((1000, 201), (201,))

Importing this package loads numpy and nothing heavier; scipy and plotly load where they are used.
So does `sweep`, which runs the loop of a page at every cell of a grid of settings.
"""

from importlib import import_module
from typing import Any

from collapse_core import families
from collapse_core.law import Law
from collapse_core.loop import ClosedLoop
from collapse_core.moved_names import answer_old_modules
from collapse_core.params import Param
from collapse_core.policies import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    Filtered,
    Policy,
    Prior,
    Quota,
    RealFraction,
    Replace,
    Verified,
    Weighted,
)
from collapse_core.trajectory import LossTimes, Trajectory

__all__ = [
    "Accumulate",
    "AccumulateSubsample",
    "Anchors",
    "ClosedLoop",
    "Filtered",
    "Law",
    "LossTimes",
    "Param",
    "Policy",
    "Prior",
    "Quota",
    "RealFraction",
    "Replace",
    "Trajectory",
    "Verified",
    "Weighted",
    "families",
    "sweep",
]

answer_old_modules()


def __getattr__(name: str) -> Any:
    """Return `sweep`: what it needs of the pages is loaded when it is first asked for."""
    if name == "sweep":
        return import_module("collapse_core.sweeps").sweep
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
