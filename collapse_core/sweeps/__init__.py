"""Sweeps: one loop at every cell of a grid of settings, sampled, with its exact law beside it.

>>> from collapse_core import sweep
>>> found = sweep("two_colours", {"anchors": "0:2", "sample_size": [10, 100]}, runs=200)
>>> len(found.cells), found.failed
(6, ())

A cell is the loop of a topic's page at some settings. Every cell has the seed of the settings, so
its runs are those that the page shows, whatever else is swept; cells of different settings are
then not independent of each other, and ``vary={"seed": ...}`` repeats them where that matters.
"""

from collapse_core.sweeps.run import sweep
from collapse_core.sweeps.table import Sweep, read_sweep

__all__ = ["Sweep", "read_sweep", "sweep"]
