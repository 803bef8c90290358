"""Series of generations for the tests of the monitor."""

import numpy as np

from collapse_core.drift.calibration import SCENARIOS
from collapse_core.streams import generator


def normal(count, columns=3, seed=0):
    return np.random.default_rng(seed).standard_normal((count, columns))


def series(name, generations, seed=0):
    """Return one series of a scenario of the calibration."""
    (found,) = {each.make for each in SCENARIOS if each.name == name}
    return found(generator(seed, 0, f"tests of drift: {name}"), generations)


def covariance(columns, rank=None, seed=0):
    factor = normal(columns, columns if rank is None else rank, seed)
    return factor @ factor.T
